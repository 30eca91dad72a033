import { constants, type FileHandle, mkdir, open, opendir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { draftSuffix } from '../domain/logLayout.ts';
import { type LogFolder, maxLogFileBytes, maxLogLineBytes } from '../ports/logFolder.ts';

/** Bytes of a long file that are gathered before they are written. */
const writeBufferBytes = 1024 * 1024;

/** A folder of the file system; it need not be there yet. Links are not followed: whose folder it is may not be trusted. */
export function createFileLogFolder(root: string): LogFolder {
  const inside = (path: string) => join(root, ...path.split('/'));

  async function openFile(path: string): Promise<FileHandle | undefined> {
    try {
      const file = await open(inside(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      if ((await file.stat()).isFile()) return file;
      await file.close();
      return undefined;
    } catch (error) {
      if (isOneOf(error, ['ENOENT', 'ENOTDIR', 'ELOOP'])) return undefined;
      throw error;
    }
  }

  return {
    async read(path) {
      const file = await openFile(path);
      if (!file) return undefined;
      try {
        if ((await file.stat()).size > maxLogFileBytes) throw new RangeError(`${path} is too long for a file of a log`);
        return await file.readFile();
      } finally {
        await file.close();
      }
    },

    async *lines(path) {
      const file = await openFile(path);
      if (!file) return;
      yield* linesOf(file.createReadStream({ encoding: 'latin1' }));
    },

    async *paths() {
      yield* filesBelow(root, root);
    },

    async write(path, bytes) {
      await mkdir(dirname(inside(path)), { recursive: true });
      await writeFile(inside(`${path}${draftSuffix}`), bytes);
      await rename(inside(`${path}${draftSuffix}`), inside(path));
    },

    async begin(path) {
      await mkdir(dirname(inside(path)), { recursive: true });
      const draft = inside(`${path}${draftSuffix}`);
      await rm(draft, { force: true });
      const file = await open(draft, 'wx', 0o600);
      let waiting = '';
      let isOpen = true;
      const flush = async () => {
        await file.writeFile(waiting);
        waiting = '';
      };
      const end = async () => {
        isOpen = false;
        await file.close();
      };
      return {
        async append(text) {
          waiting += text;
          if (waiting.length >= writeBufferBytes) await flush();
        },
        async commit() {
          await flush();
          await end();
          await rename(draft, inside(path));
        },
        async close() {
          if (!isOpen) return;
          await end();
          await rm(draft, { force: true });
        },
      };
    },

    async remove(path) {
      await rm(inside(path), { force: true });
    },
  };
}

async function* filesBelow(root: string, folder: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) yield* filesBelow(root, path);
      else yield relative(root, path).split(sep).join('/');
    }
  } catch (error) {
    if (folder !== root || !isOneOf(error, ['ENOENT'])) throw error;
  }
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield `${line}\n`;
    if (rest.length <= maxLogLineBytes) continue;
    yield rest;
    rest = '';
  }
  if (rest !== '') yield rest;
}

function isOneOf(error: unknown, codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
