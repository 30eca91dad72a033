import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Command lines of all processes of the machine, arguments parted by spaces. */
export function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    });
}

/** True while a process with this pid lives; one that waits to be reaped counts as gone. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Asks until the answer is not `undefined`; throws with `what` after the deadline. */
export async function waitFor<T>(what: string, probe: () => Promise<T | undefined>, deadlineMs = 60_000): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  let fault: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined) return found;
    } catch (error) {
      fault = error;
    }
    await delay(50);
  } while (Date.now() < deadline);
  throw new Error(`waited ${deadlineMs} ms in vain for ${what}`, { cause: fault });
}
