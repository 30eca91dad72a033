import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const setName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/;

/** Folders of the sets, newest first. What is no set, a draft among others, is not there. */
export async function listBackups(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => setName.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/** Removes all but the newest sets. @returns what was removed. @throws RangeError for fewer than one */
export async function rotateBackups(folder: string, keep: number): Promise<string[]> {
  if (!Number.isInteger(keep) || keep < 1) throw new RangeError('at least one backup is kept');
  const old = (await listBackups(folder)).slice(keep);
  for (const set of old) await rm(set, { recursive: true });
  return old;
}
