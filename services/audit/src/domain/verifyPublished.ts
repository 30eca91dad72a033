import {
  type Checkpoint,
  type CosignatureVerifier,
  cosignatureTime,
  NoteError,
  type NoteVerifier,
  textOfNote,
} from '@todo-chatbot/transparency-log';
import { LogFaultError, type StoredLog, type Verdict, verdictOf, verifyLog } from './verifyLog.ts';

/** A published checkpoint as it is stored, beside the signed one of its size. */
export interface StoredPublication {
  readonly treeSize: number;
  /** With the cosignature. */
  readonly note: string;
  /** Null when no checkpoint of this size is stored. */
  readonly signedNote: string | null;
}

/** What a log says that it has published. */
export interface PublishedLog {
  /** In the order of their tree size. */
  publishedCheckpoints(): AsyncIterable<StoredPublication>;
}

/** {@link verifyLog}, and each published checkpoint besides. */
export async function verifyLogAndPublished(
  log: StoredLog & PublishedLog,
  options: {
    readonly verifier: NoteVerifier;
    readonly witness: CosignatureVerifier;
    readonly earlier: readonly Checkpoint[];
  },
): Promise<Verdict> {
  return await verdictOf(async () => {
    const verdict = await verifyLog(log, options);
    if (verdict.ok) await verifyPublished(log, options.witness);
    return verdict;
  });
}

/** Holds each published checkpoint against the signed one, which {@link verifyLog} has found sound. @throws LogFaultError. */
async function verifyPublished(log: PublishedLog, witness: CosignatureVerifier): Promise<void> {
  for await (const { treeSize, note, signedNote } of log.publishedCheckpoints()) {
    const fail = (detail: string) => {
      const place = `the published checkpoint of size ${treeSize}`;
      return new LogFaultError('checkpoint-not-signed', Math.max(treeSize - 1, 0), `${place} ${detail}`);
    };
    if (signedNote === null) throw fail('is not one that the log has signed');
    try {
      cosignatureTime(note, witness);
      if (!note.startsWith(signedNote) || textOfNote(note) !== textOfNote(signedNote)) {
        throw fail('is not the one that the log has signed');
      }
    } catch (error) {
      if (error instanceof NoteError) throw fail(`carries no cosignature of the witness: ${error.message}`);
      throw error;
    }
  }
}
