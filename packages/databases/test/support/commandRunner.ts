import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A folder with secrets as Kubernetes mounts them. */
export interface SecretsFolder {
  readonly folder: string;
  /** Writes `<secret>/<key>`. */
  put(path: string, value: string): Promise<void>;
  remove(): Promise<void>;
}

/** Makes an empty {@link SecretsFolder}. */
export async function makeSecretsFolder(): Promise<SecretsFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-secrets-'));
  return {
    folder,
    async put(path, value) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), value);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a command printed and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command of this package, such as `migrateCommand`, with nothing in its environment but what is given. */
export async function runOwnCommand(name: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const script = fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output: Buffer.concat(printed).toString() };
}
