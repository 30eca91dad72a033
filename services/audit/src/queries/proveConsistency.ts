import type { ConsistencyProof } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import { consistencyRanges, verifyConsistency } from '@todo-chatbot/transparency-log';
import type { LogReader } from '../ports/logReader.ts';
import { hashesOfRanges } from './hashesOfRanges.ts';

/**
 * Proof that the log of one size begins with the log of another; there has to be a checkpoint of each.
 * @param sizes.to the newest tree when unset.
 * @throws ProblemError `audit.range-invalid`.
 */
export async function proveConsistency(
  reader: LogReader,
  sizes: { readonly from: number; readonly to: number | undefined },
): Promise<ConsistencyProof> {
  const [earlier, later] = await Promise.all([reader.checkpoint(sizes.from), reader.checkpoint(sizes.to)]);
  if (!earlier || !later || earlier.treeSize > later.treeSize) throw new ProblemError('audit.range-invalid');
  const [from, to] = [earlier.treeSize, later.treeSize];
  const path = await hashesOfRanges(reader, consistencyRanges(from, to), to);
  const roots = { earlierRoot: earlier.rootHash, laterRoot: later.rootHash };
  // A proof that does not hold must not leave the house: it would say that the log is damaged, which is for us to find out.
  if (!verifyConsistency({ earlierSize: from, laterSize: to, ...roots, path })) {
    throw new Error('the stored tree does not prove that it continues its own past');
  }
  return { from, to, path: path.map((hash) => hash.toString('hex')), checkpoints: [earlier.note, later.note] };
}
