import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Mode of the store: nobody else has to read it, and nobody else may write it. */
export const storeMode = 0o600;

/** One small text that is replaced whole, or not at all, whenever the power goes. */
export interface CheckpointStore {
  /** What it holds. */
  read(): Promise<string>;
  /** Kept when the new text is on the disk. Throws when it no longer holds what it is said to hold. */
  replace(current: string, next: string): Promise<void>;
}

/** Thrown when somebody else wrote the store: another witness on the same file, or whoever wants a witness to forget. */
class StoreChangedError extends Error {
  override readonly name = 'StoreChangedError';
}

/** A store in one file, which has to exist. */
export function createCheckpointStore(file: string): CheckpointStore {
  const read = () => readFile(file, 'utf8');
  return {
    read,
    async replace(current, next) {
      if ((await read()) !== current) throw new StoreChangedError('the store was changed by somebody else');
      const temporary = `${file}.tmp`;
      const written = await open(temporary, 'w', storeMode);
      try {
        await written.writeFile(next);
        await written.sync();
      } finally {
        await written.close();
      }
      await rename(temporary, file);
      await syncDirectory(dirname(file));
    },
  };
}

/** Until then the new name of a file in it may be lost in a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
