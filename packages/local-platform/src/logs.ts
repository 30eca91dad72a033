import { copyFile, open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isMissing } from './files.ts';

/** Each log keeps at most this and one older piece of the same size: under 400 MB for the whole platform. */
const longestLogBytes = 10_000_000;
const rotationPollMs = 5_000;
const followPollMs = 200;
/** What is shown of a log when a process failed. */
const tailBytes = 4_000;

/**
 * Keeps the logs of a folder bounded, until aborted. Processes write to their log file directly, so it is copied and emptied in
 * place; they append, so they go on at the new end.
 */
export async function rotateLogs(directory: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const name of await readdir(directory)) {
      const path = join(directory, name);
      if (!name.endsWith('.log') || (await stat(path)).size < longestLogBytes) continue;
      await copyFile(path, `${path}.1`);
      await truncate(path);
    }
    await delay(rotationPollMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** The last lines of a log. */
export async function tailOf(path: string): Promise<string> {
  return (await readFrom(path, Math.max(0, (await sizeOf(path)) - tailBytes))).text;
}

/** Hands over the whole log, and with `follow` all that is added, until aborted. */
export async function streamLog(
  path: string,
  options: { follow: boolean; signal: AbortSignal; onText: (text: string) => void },
): Promise<void> {
  let position = 0;
  do {
    if ((await sizeOf(path)) < position) position = 0;
    const { text, end } = await readFrom(path, position);
    position = end;
    if (text !== '') options.onText(text);
    if (options.follow) await delay(followPollMs, undefined, { signal: options.signal }).catch(() => undefined);
  } while (options.follow && !options.signal.aborted);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

async function readFrom(path: string, start: number): Promise<{ text: string; end: number }> {
  if ((await sizeOf(path)) <= start) return { text: '', end: start };
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    let end = start;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, end);
      if (bytesRead === 0) return { text: Buffer.concat(chunks).toString(), end };
      chunks.push(buffer.subarray(0, bytesRead));
      end += bytesRead;
    }
  } finally {
    await file.close();
  }
}
