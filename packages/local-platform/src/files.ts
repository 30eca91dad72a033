import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';

/** Mode of every file that may hold a secret. */
export const privateFileMode = 0o600;
/** Mode of every folder of the state. */
export const privateDirectoryMode = 0o700;

/** Makes a folder that only its owner may enter, also when it was there with a wider mode. */
export async function ensurePrivateDirectory(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: privateDirectoryMode });
  await chmod(path, privateDirectoryMode);
  return path;
}

/** Makes a state folder. The folders above it keep the usual mode: PostgreSQL's account may have to pass through them. */
export async function ensureStateDirectory(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await ensurePrivateDirectory(path);
}

/** Writes a file that only its owner may read, whole or not at all: a power cut leaves the old or the new content. */
export async function writePrivateFile(path: string, content: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.tmp`);
  await writeFile(temporary, content, { mode: privateFileMode, flag: 'wx', flush: true });
  await rename(temporary, path);
}

/** True for the error of a missing file or folder. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** The file's text, or `undefined` when there is none. */
export async function readTextIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The parsed file, or `undefined` when there is none. Faults name the file and never its content. */
export async function readJsonIfPresent<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S> | undefined> {
  const text = await readTextIfPresent(path);
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new Error(`${path} is damaged: move it away, or run "npm run reset" to begin anew.`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
