import type { InclusionProof } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import { hashOfRange, inclusionRanges, nodesOfRange, verifyInclusion } from '../domain/merkleTree.ts';
import type { LogReader } from '../ports/logReader.ts';

/**
 * Proof that an entry is in the log of a size, by default the newest; there has to be a checkpoint of that size.
 * @param reading.actorId whose entries may be seen; null for all.
 * @throws ProblemError `audit.entry-not-found` for an entry that is not there or may not be seen, `audit.range-invalid`.
 */
export async function proveInclusion(
  reader: LogReader,
  reading: { readonly index: number; readonly treeSize: number | undefined; readonly actorId: string | null },
): Promise<InclusionProof> {
  const { index, actorId } = reading;
  const entry = await reader.entry(index);
  const isVisible = entry && (actorId === null || entry.actorId === actorId);
  if (!isVisible) throw new ProblemError('audit.entry-not-found');
  const checkpoint = await reader.checkpoint(reading.treeSize);
  if (!checkpoint || index >= checkpoint.treeSize) throw new ProblemError('audit.range-invalid');
  const { treeSize, rootHash, note } = checkpoint;

  const ranges = inclusionRanges(index, treeSize).map(nodesOfRange);
  const hashes = [...(await reader.hashesOf(ranges.flat()))];
  const path = ranges.map((nodes) => hashOfRange(hashes.splice(0, nodes.length)));
  // A proof that does not hold must not leave the house: it would say that the log is damaged, which is for us to find out.
  if (!verifyInclusion({ index, treeSize, leafHash: entry.leafHash, rootHash, path })) {
    throw new Error('the stored tree does not prove its own entry');
  }
  return {
    index,
    treeSize,
    entry: entry.leaf.toString('base64'),
    leafHash: entry.leafHash.toString('hex'),
    rootHash: rootHash.toString('hex'),
    path: path.map((hash) => hash.toString('hex')),
    checkpoint: note,
  };
}
