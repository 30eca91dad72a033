import {
  type AuditEntry,
  type AuditEventData,
  auditEventDataSchema,
  inclusionProofSchema,
} from '@todo-chatbot/contracts';
import { z } from 'zod';
import { fetchJson } from '../api/client.ts';
import { checkLog } from './checkLog.ts';
import { bytesOfBase64 } from './hashes.ts';
import { checkInclusionProof } from './inclusionProof.ts';
import { recallLog } from './rememberedLog.ts';

const bodySchema = z.looseObject({ id: z.string(), time: z.iso.datetime(), event: auditEventDataSchema });

/** What an entry says. */
export interface EntryBody {
  readonly index: number;
  readonly eventId: string;
  readonly time: string;
  readonly leafHash: string;
  readonly event: AuditEventData;
}

/** What checking an entry found out. `body` is null when it is gone or not for this person. */
export type EntryVerdict =
  | {
      readonly isValid: true;
      readonly treeSize: number;
      readonly rootHash: string;
      readonly isSigned: boolean;
      readonly body: EntryBody | null;
    }
  | {
      readonly isValid: false;
      readonly reason: string;
      /** It is the log itself that is not what this browser remembers. */
      readonly isOfLog: boolean;
    };

/**
 * Fetches the proof of an entry and checks it here, in the browser: the entry, its place in the tree, the checkpoint, the log.
 * @param shown what the person sees of the entry: the proof has to be of that, and not of something else that is in the log too.
 */
export async function verifyEntry(index: number, shown?: AuditEntry): Promise<EntryVerdict> {
  const before = recallLog();
  const proof = await fetchJson(inclusionProofSchema, 'GET', `/audit/entries/${index}/proof`);
  if (proof.index !== index || (shown && proof.leafHash !== shown.leafHash)) {
    return { isValid: false, reason: 'The proof is of another entry.', isOfLog: false };
  }
  const found = await checkInclusionProof(proof);
  if (!found.isValid) return { ...found, isOfLog: false };
  const { treeSize, rootHash } = found;
  const log = await checkLog({ note: proof.checkpoint, treeSize, rootHash }, before);
  if (!log.isSound) return { isValid: false, reason: log.reason, isOfLog: true };
  const body = proof.body === null ? null : readBody(proof.body, proof);
  if (shown && body && saidBy(shown) !== saidBy(body)) {
    return { isValid: false, reason: 'The log holds something else than what is shown.', isOfLog: false };
  }
  return { isValid: true, treeSize, rootHash, isSigned: log.isSigned, body };
}

/** Both went through the same schema, which puts fields in one order; names of `input` are sorted in the log. */
function saidBy({ eventId, time, event }: EntryBody): string {
  return JSON.stringify([eventId, time, event]);
}

function readBody(
  base64: string,
  { index, leafHash }: { readonly index: number; readonly leafHash: string },
): EntryBody {
  const { id, time, event } = bodySchema.parse(JSON.parse(new TextDecoder().decode(bytesOfBase64(base64))));
  return { index, eventId: id, time, leafHash, event };
}
