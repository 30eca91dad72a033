import { hash } from 'node:crypto';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { LogFiles, LogPosition } from '../ports/watchStores.ts';

/** Files beyond these are left out; our own platform has about forty, older pieces included. */
const maxFiles = 500;
/** A file is told from others by so many bytes at its beginning, or by all when it has fewer: they hold a time. */
const maxPrefixBytes = 256;
/** Bytes in memory at a time; a longer line is read in pieces. */
const bytesPerRead = 65_536;
const lineFeed = 0x0a;

/** The services' log files in a folder on this machine, as the scan for personal data reads them. Links are left out: they may lead anywhere. */
export function createServiceLogFiles(folder: string): LogFiles {
  return {
    async names() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
        .slice(0, maxFiles);
    },
    async readNewLines({ name, known, maxBytes, isFinal = false, onLine }) {
      const file = await openIfPresent(join(folder, name));
      if (!file) return undefined;
      try {
        const { size } = await file.stat();
        const prefix = await readAt(file, 0, Math.min(size, maxPrefixBytes));
        if (prefix.length === 0) return undefined;
        const from = startOf({ name, prefix, size, known });
        const end = Math.min(size, from + maxBytes);
        let offset = from;
        while (offset < end) {
          const chunk = await readAt(file, offset, Math.min(bytesPerRead, end - offset));
          const taken = lengthOfLines(chunk, isFinal && offset + chunk.length >= size);
          if (taken === 0) break;
          for (const line of chunk.toString('utf8', 0, taken).split('\n')) onLine(line);
          offset += taken;
        }
        const position = { name, prefixLength: prefix.length, prefixHash: hash('sha256', prefix), nextOffset: offset };
        return { position, bytes: offset - from };
      } finally {
        await file.close();
      }
    },
  };
}

/** Where to go on: as far as a file with the same beginning was scanned. Rotated by renaming or by copying, it is the same file. */
function startOf(file: {
  readonly name: string;
  readonly prefix: Buffer;
  readonly size: number;
  readonly known: readonly LogPosition[];
}): number {
  const { name, prefix, size, known } = file;
  const same = known.filter(
    ({ prefixLength, prefixHash, nextOffset }) =>
      nextOffset <= size &&
      prefixLength <= prefix.length &&
      hash('sha256', prefix.subarray(0, prefixLength)) === prefixHash,
  );
  const best = same.find((position) => position.name === name) ?? same[0];
  return best?.nextOffset ?? 0;
}

/** Bytes up to the last line feed; all of them when there is none to wait for. */
function lengthOfLines(chunk: Buffer, isEnd: boolean): number {
  if (isEnd) return chunk.length;
  const last = chunk.lastIndexOf(lineFeed);
  if (last >= 0) return last + 1;
  return chunk.length === bytesPerRead ? chunk.length : 0;
}

/** A file may go between the listing and the reading. */
async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
