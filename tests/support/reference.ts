import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ensureGoPrograms } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';

/** Some hundred questions take less than a second. */
const timeoutMs = 60_000;

/** What `tests/reference/main.go` is asked of the first `size` leaves; hashes are base64, the paths are claims. */
export interface TreeQuestion {
  readonly size: number;
  readonly index: number;
  /** Of an earlier tree. */
  readonly from: number;
  readonly claimedIndex: number;
  readonly claimedSize: number;
  readonly inclusion: readonly string[];
  readonly consistency: readonly string[];
}

// An empty list is null in what Go writes.
const pathSchema = z
  .array(z.string())
  .nullable()
  .transform((path) => path ?? []);
const answersSchema = z.array(
  z.strictObject({
    root: z.string(),
    fromRoot: z.string(),
    inclusion: pathSchema,
    consistency: pathSchema,
    includes: z.boolean(),
    isExtended: z.boolean(),
  }),
);

/** What the reference says of trees whose leaf i is the text `leaf i`, in the order of the questions. */
export async function askReference(questions: readonly TreeQuestion[]): Promise<z.infer<typeof answersSchema>> {
  const { reference } = await referencePrograms();
  const child = spawn(reference, { timeout: timeoutMs, stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(questions));
  return answersSchema.parse(JSON.parse(await text(child.stdout)));
}

/** The programs of `tests/reference`, which judge the log by code that nobody of ours wrote: paths of `fsck` and `reference`. */
export async function referencePrograms(): Promise<{ readonly fsck: string; readonly reference: string }> {
  const folder = await ensureGoPrograms({
    sourceDir: join(import.meta.dirname, '..', 'reference'),
    name: 'log-reference',
    targets: { 'github.com/transparency-dev/tessera/cmd/fsck': 'fsck', '.': 'reference' },
  });
  return { fsck: join(folder, 'fsck'), reference: join(folder, 'reference') };
}
