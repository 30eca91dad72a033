import type { InclusionProof } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import { inclusionRanges, type SignedCheckpoint, verifyInclusion } from '@todo-chatbot/transparency-log';
import { decodeBody, isPublicLeaf } from '../domain/entry.ts';
import { isActOfAnother, isInTrailOf } from '../domain/ownTrail.ts';
import type { LoggedEntry, LogReader } from '../ports/logReader.ts';
import { hashesOfRanges } from './hashesOfRanges.ts';

/** A proof without what its body says to somebody. */
export type EntryProof = Omit<InclusionProof, 'entry'>;

/**
 * Proof that an entry is in the log of a size; there has to be a checkpoint of that size. By default it is the newest published one,
 * and for an entry that is newer still the newest signed one, so that nobody has to wait for the witness.
 * Without the body where it says more than this person may see: the leaf tells nothing.
 * @param reading.actorId whose trail may be seen; null for all.
 * @throws ProblemError `audit.entry-not-found` for an entry that is not there or may not be seen, `audit.range-invalid`.
 */
export async function proveInclusion(
  reader: LogReader,
  reading: { readonly index: number; readonly treeSize: number | undefined; readonly actorId: string | null },
): Promise<EntryProof> {
  const { index, actorId } = reading;
  const entry = await reader.entry(index);
  const seen = entry && seenBy(actorId, entry);
  if (!entry || !seen) throw new ProblemError('audit.entry-not-found');
  const checkpoint = await checkpointFor(reader, reading);
  if (!checkpoint || index >= checkpoint.treeSize) throw new ProblemError('audit.range-invalid');
  return await proofOf(reader, { ...entry, body: seen.body }, checkpoint);
}

/** Proof that an entry is in the tree of a checkpoint, which is larger than the entry's index. */
export async function proofOf(
  reader: Pick<LogReader, 'tiles'>,
  entry: LoggedEntry,
  { treeSize, rootHash, note }: SignedCheckpoint,
): Promise<EntryProof> {
  const { index } = entry;
  const path = await hashesOfRanges(reader, inclusionRanges(index, treeSize), treeSize);
  // A proof that does not hold must not leave the house: it would say that the log is damaged, which is for us to find out.
  if (!verifyInclusion({ index, treeSize, leafHash: entry.leafHash, rootHash, path })) {
    throw new Error('the stored tree does not prove its own entry');
  }
  return {
    index,
    treeSize,
    leaf: entry.leaf.toString('base64'),
    body: entry.body?.toString('base64') ?? null,
    leafHash: entry.leafHash.toString('hex'),
    rootHash: rootHash.toString('hex'),
    path: path.map((hash) => hash.toString('hex')),
    checkpoint: note,
  };
}

async function checkpointFor(
  reader: LogReader,
  { index, treeSize }: { readonly index: number; readonly treeSize: number | undefined },
): Promise<SignedCheckpoint | undefined> {
  const found = await reader.checkpoint(treeSize);
  return treeSize === undefined && found && index >= found.treeSize ? await reader.signedCheckpoint() : found;
}

/** What of an entry a person may see; undefined: not even that it is there. Without its body nothing tells any more whose it is. */
function seenBy(personId: string | null, { body, leaf }: LoggedEntry): { readonly body: Buffer | null } | undefined {
  if (personId === null) return { body };
  if (body === null) return undefined;
  const { event } = decodeBody(body);
  if (!isInTrailOf(personId, event)) return undefined;
  if (!isActOfAnother(personId, event)) return { body };
  // A leaf of version 1 is the body itself, so that leaving the body out would hide nothing.
  return isPublicLeaf(leaf) ? { body: null } : undefined;
}
