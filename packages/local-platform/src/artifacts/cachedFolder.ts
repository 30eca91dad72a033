import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { withFileLock } from './fileLock.ts';

export interface CachedFolder {
  /** Absolute; the name carries the version, so a folder that is complete never changes. */
  folder: string;
  isComplete: () => boolean;
  /** Fills an empty folder that takes its final name only when this has succeeded. */
  fill: (draft: string) => Promise<void>;
  detail: (text: string) => void;
}

/** Returns at once when the folder is complete. Otherwise one process fills it and puts it in place in one step. */
export async function ensureCachedFolder(options: CachedFolder): Promise<string> {
  const { folder, isComplete, fill, detail } = options;
  if (isComplete()) return folder;

  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await withFileLock(
    { path: `${folder}.lock`, onWait: (pid) => detail(`waiting for process ${pid}, which is at it already`) },
    async () => {
      if (isComplete()) return;
      await removeDrafts(parent, folder);
      const draft = join(parent, `${basename(folder)}.draft-${randomUUID()}`);
      try {
        await mkdir(draft);
        await chmod(draft, 0o755);
        await fill(draft);
        // What stands there is damaged, or it would have counted as complete.
        await rm(folder, { recursive: true, force: true });
        await rename(draft, folder);
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
    },
  );
  return folder;
}

/** Drafts of processes that were killed. The lock is ours, so nobody is at work on one. */
async function removeDrafts(parent: string, folder: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(`${basename(folder)}.draft-`)) await rm(join(parent, name), { recursive: true, force: true });
  }
}
