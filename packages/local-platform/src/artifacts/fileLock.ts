import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ArtifactError } from './runCommand.ts';

const POLL_MS = 250;
/** Longer than the slowest cold build that was ever seen, by far. */
const WAIT_LIMIT_SECONDS = 3600;

/**
 * Runs `work` while holding the lock file, so that two starts at the same time do not do the same work twice. The lock of a
 * process that is gone is taken over at once. It only saves work: what it guards is put in place by an atomic rename,
 * and would come out right without it.
 */
export async function withFileLock<T>(
  options: { path: string; onWait: (holderPid: number) => void },
  work: () => Promise<T>,
): Promise<T> {
  const mine = `${process.pid} ${await startTimeOf(process.pid)} ${randomUUID()}\n`;
  await acquire({ ...options, mine });
  try {
    return await work();
  } finally {
    if ((await readLock(options.path)) === mine) await rm(options.path, { force: true });
  }
}

async function acquire(options: { path: string; mine: string; onWait: (holderPid: number) => void }): Promise<void> {
  const { path, mine, onWait } = options;
  const deadline = Date.now() + WAIT_LIMIT_SECONDS * 1000;
  while (Date.now() < deadline) {
    if (await createOnce(path, mine)) return;
    const holder = await readLock(path);
    if (holder === null) continue;
    if (await isHeld(holder)) {
      onWait(pidOf(holder));
      await delay(POLL_MS);
    } else {
      await setAside(path, holder);
    }
  }
  throw new ArtifactError({
    attempt: `Waiting for ${path}`,
    reason: `another process has held it for ${WAIT_LIMIT_SECONDS / 60} minutes`,
    advice: 'end that process (its id is in the file) or delete the file, then start again.',
  });
}

/** The file appears with its content at once: an empty lock would look like one whose holder is gone. */
async function createOnce(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes a lock whose holder is gone. Whoever took it over in between gets it back. */
async function setAside(path: string, stale: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await readLock(aside)) !== stale) {
    await link(aside, path).catch((error: unknown) => {
      if (!isErrorCode(error, 'EEXIST')) throw error;
    });
  }
  await rm(aside, { force: true });
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function pidOf(lock: string): number {
  return Number.parseInt(lock, 10);
}

/** A process id comes round again, so its start time has to agree too (where the system tells it). */
async function isHeld(lock: string): Promise<boolean> {
  const pid = pidOf(lock);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    if (!isErrorCode(error, 'EPERM')) return false;
  }
  return lock.split(' ')[1] === (await startTimeOf(pid));
}

/** Field 22 of /proc/<pid>/stat, in clock ticks since boot; 'unknown' where there is no /proc. */
async function startTimeOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command in field 2 is in brackets and may hold spaces and brackets itself.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

export function isErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
