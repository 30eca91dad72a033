import type { Clock } from '@todo-chatbot/service-kit';
import {
  addCosignature,
  type CosignatureVerifier,
  consistencyRanges,
  NoteError,
  type SignedCheckpoint,
} from '@todo-chatbot/transparency-log';
import type { Publication, PublicationStore, PublicationTransaction } from '../ports/publicationStore.ts';
import type { Witness, WitnessAnswer } from '../ports/witness.ts';
import { hashesOfRanges } from '../queries/hashesOfRanges.ts';

/**
 * A log that does not grow has its newest checkpoint cosigned again after this time: readers see that nothing newer is kept from
 * them, and a witness that is gone is missed on a quiet log, too.
 */
const refreshMs = 60_000;

/** Why a witness was of no use. `refused`: it knows of another history, or not of this log; everything else may pass by itself. */
export type WitnessFailure = 'refused' | 'unreachable' | 'not-genuine';

/** What a round came to. `another`: another process publishes at the moment. */
export type Round =
  | { readonly outcome: 'another' }
  | { readonly outcome: 'nothing-new'; readonly unpublished: number }
  | { readonly outcome: 'published'; readonly publication: Publication; readonly publishedBefore: number }
  | {
      readonly outcome: 'failed';
      readonly failure: WitnessFailure;
      readonly cause: unknown;
      readonly unpublished: number;
    };

/** Thrown inside a round when the witness did not cosign. */
class WitnessFailedError extends Error {
  override readonly name = 'WitnessFailedError';
  readonly failure: WitnessFailure;

  constructor(failure: WitnessFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.failure = failure;
  }
}

/**
 * Has the witness cosign the newest checkpoint, and stores it as published. Everything in one transaction that only one process
 * is in, so that two replicas do not ask for different checkpoints; when its end is lost after the witness has cosigned, the next
 * round learns the witness's size from it and goes on from there.
 * @throws what the database throws.
 */
export async function publishNewestCheckpoint(options: {
  readonly store: PublicationStore;
  readonly witness: Witness;
  readonly witnessKey: CosignatureVerifier;
  readonly clock: Clock;
}): Promise<Round> {
  const { store, clock } = options;
  const round = await store.asOnlyPublisher(async (transaction): Promise<Round> => {
    const signed = await transaction.signed();
    const published = await transaction.published();
    if (!signed) return { outcome: 'nothing-new', unpublished: 0 };
    const publishedBefore = published?.treeSize ?? 0;
    const unpublished = signed.treeSize - publishedBefore;
    const age = published ? clock.now().getTime() - published.publishedAt.getTime() : Number.POSITIVE_INFINITY;
    if (unpublished === 0 && age < refreshMs) return { outcome: 'nothing-new', unpublished };
    try {
      const note = await cosigned(transaction, { ...options, signed, publishedBefore });
      const publication = { treeSize: signed.treeSize, note, publishedAt: clock.now() };
      await transaction.add(publication);
      return { outcome: 'published', publication, publishedBefore };
    } catch (error) {
      if (!(error instanceof WitnessFailedError)) throw error;
      return { outcome: 'failed', failure: error.failure, cause: error, unpublished };
    }
  });
  return round ?? { outcome: 'another' };
}

async function cosigned(
  transaction: PublicationTransaction,
  options: {
    readonly witness: Witness;
    readonly witnessKey: CosignatureVerifier;
    readonly signed: SignedCheckpoint;
    readonly publishedBefore: number;
  },
): Promise<string> {
  const { signed, witnessKey, publishedBefore } = options;
  if (publishedBefore > signed.treeSize) {
    const detail = `${publishedBefore} entries were published, the log has ${signed.treeSize}`;
    throw new WitnessFailedError('refused', detail);
  }
  const askFrom = (oldSize: number) => ask(transaction, { ...options, oldSize });
  let answer = await askFrom(publishedBefore);
  if (answer.outcome === 'conflict' && answer.treeSize !== publishedBefore) {
    // It has cosigned what we do not know to be published: our last transaction was lost, or the log was set back.
    if (answer.treeSize > signed.treeSize) {
      const detail = `the witness remembers ${answer.treeSize} entries, the log has ${signed.treeSize}`;
      throw new WitnessFailedError('refused', detail);
    }
    answer = await askFrom(answer.treeSize);
  }
  switch (answer.outcome) {
    case 'cosigned':
      try {
        return addCosignature(signed.note, answer.lines, witnessKey).note;
      } catch (error) {
        if (!(error instanceof NoteError)) throw error;
        throw new WitnessFailedError('not-genuine', 'the answer of the witness is no cosignature of its key', error);
      }
    case 'conflict':
      throw new WitnessFailedError('refused', `the witness remembers another tree of ${answer.treeSize} entries`);
    case 'refused':
      throw new WitnessFailedError('refused', `the witness refuses with status ${answer.status}`);
  }
}

async function ask(
  transaction: PublicationTransaction,
  {
    witness,
    signed,
    oldSize,
  }: { readonly witness: Witness; readonly signed: SignedCheckpoint; readonly oldSize: number },
): Promise<WitnessAnswer> {
  // From the empty tree there is nothing to prove.
  const ranges = oldSize === 0 ? [] : consistencyRanges(oldSize, signed.treeSize);
  const proof = await hashesOfRanges(transaction, ranges, signed.treeSize);
  try {
    return await witness.addCheckpoint({ oldSize, proof, note: signed.note });
  } catch (error) {
    throw new WitnessFailedError('unreachable', 'the witness does not answer', error);
  }
}
