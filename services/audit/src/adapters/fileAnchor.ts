import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anchor, Anchored } from '../ports/anchors.ts';

/** Name of this anchor's files: one for each month, `2026-11.jsonl`. */
export const anchorFilePattern = /^\d{4}-\d{2}\.jsonl$/;

const newline = Buffer.from('\n');

/**
 * An anchor in a folder outside of the database: each published checkpoint a line `{"note": …, "publishedAt": …}` at the end of the
 * month's file. Nothing in there is ever changed or removed by us; the folder belongs on another disk, or better another machine.
 */
export function createFileAnchor(folder: string): Anchor {
  return {
    name: 'file',
    async write({ note, publishedAt }: Anchored) {
      const day = publishedAt.toISOString();
      const file = await open(join(folder, `${day.slice(0, 7)}.jsonl`), 'a+', 0o600);
      try {
        const line = `${JSON.stringify({ note, publishedAt: day })}\n`;
        const { size } = await file.stat();
        // A power cut may have left half a line, which must not spoil this one.
        await file.appendFile((await endsInNewline(file, size)) ? line : `\n${line}`);
        await file.sync();
        if (size === 0) await syncFolder(folder);
      } finally {
        await file.close();
      }
    },
    close: async () => undefined,
  };
}

async function endsInNewline(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer.equals(newline);
}

/** Until then a power cut may take a new file's name away. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
