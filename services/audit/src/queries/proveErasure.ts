import { ProblemError } from '@todo-chatbot/service-kit';
import { encodeEntryProof } from '@todo-chatbot/transparency-log';
import { decodeBody } from '../domain/entry.ts';
import type { ActOnObject, LogReader } from '../ports/logReader.ts';
import { proofOf } from './proveInclusion.ts';

/**
 * The proof that an erasure was completed, as a file to keep (C2SP tlog-proof): of the entry by which `auth` said so, and by the newest
 * published checkpoint. Whoever was erased has no account any more, so it is for everybody who knows the erasure's id; what it says are
 * ids, counts and times.
 * @throws ProblemError `audit.entry-not-found`, also for an entry that is not published yet
 */
export async function proveErasure(reader: LogReader, erasureId: string): Promise<string> {
  const act = { service: 'auth', action: 'privacy.complete-erasure', objectType: 'erasure', objectId: erasureId };
  const [entry, checkpoint] = await Promise.all([reader.entryOf(act), reader.publishedCheckpoint()]);
  const isPublished = entry && checkpoint && entry.index < checkpoint.treeSize;
  if (!isPublished || !entry.body || !isRecordOf(act, entry.body)) throw new ProblemError('audit.entry-not-found');
  return encodeEntryProof(await proofOf(reader, entry, checkpoint));
}

/** Columns only repeat what the body says, and it is the body that leaves the house: it must be of that act, and of nobody's device. */
function isRecordOf({ service, action, objectType, objectId }: ActOnObject, body: Buffer): boolean {
  const { event, sealed } = decodeBody(body);
  const isOfAct =
    event.service === service &&
    event.action === action &&
    event.success &&
    event.object?.type === objectType &&
    event.object.id === objectId;
  return isOfAct && event.metadata.address === null && sealed.length === 0;
}
