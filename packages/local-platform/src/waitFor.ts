import { setTimeout as delay } from 'node:timers/promises';

const intervalMs = 20;

/**
 * Asks until the answer is neither `undefined` nor `false`, and gives it back. A throw counts as not yet.
 * @throws after the deadline, with what was waited for and the last throw as its cause.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  deadlineMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + deadlineMs;
  let fault: unknown;
  do {
    try {
      const found = await probe();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      fault = error;
    }
    await delay(intervalMs);
  } while (Date.now() < deadline);
  throw new Error(`waited ${deadlineMs} ms in vain for ${what}`, { cause: fault });
}
