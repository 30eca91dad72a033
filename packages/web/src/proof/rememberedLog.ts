import { z } from 'zod';

const rememberedLogSchema = z.object({
  /** C2SP verifier key. */
  verifierKey: z.string(),
  treeSize: z.int().min(1),
  /** Hex. */
  rootHash: z.string(),
});
/** What this browser has seen of the log: nothing personal, and the same for everybody. */
export type RememberedLog = z.infer<typeof rememberedLogSchema>;

const storageKey = 'audit-log';

/** The log as this browser saw it last; undefined when it never did. */
export function recallLog(): RememberedLog | undefined {
  try {
    return rememberedLogSchema.parse(JSON.parse(localStorage.getItem(storageKey) ?? ''));
  } catch {
    // Nothing there, or nothing of ours.
    return undefined;
  }
}

/** Keeps what was seen, unless more was seen already. A browser that keeps nothing checks each time as if it were the first. */
export function rememberLog(log: RememberedLog): void {
  const known = recallLog();
  if (known && known.treeSize >= log.treeSize) return;
  try {
    localStorage.setItem(storageKey, JSON.stringify(log));
  } catch {
    // Storage may be full or forbidden.
  }
}

/** Takes the log from now on as it is, whatever was seen before. */
export function forgetLog(): void {
  localStorage.removeItem(storageKey);
}
