import {
  type AuditEntry,
  auditedActSchema,
  auditPersonalFieldSchema,
  inclusionProofSchema,
} from '@todo-chatbot/contracts';
import { z } from 'zod';
import { fetchJson } from '../api/client.ts';
import { checkLog } from './checkLog.ts';
import { bytesOfBase64 } from './hashes.ts';
import { checkInclusionProof } from './inclusionProof.ts';
import { recallLog } from './rememberedLog.ts';

const bodySchema = z.looseObject({
  id: z.string(),
  time: z.iso.datetime(),
  event: auditedActSchema,
  sealed: z.array(z.looseObject({ field: auditPersonalFieldSchema })),
});

/** What the log holds of an entry: sealed fields are empty. */
interface LoggedEntry extends Omit<AuditEntry, 'sealed'> {
  readonly sealedFields: readonly string[];
}

/** What checking an entry found out. `entry` is what was checked; null when its body is gone or not for this person. */
export type EntryVerdict =
  | {
      readonly isValid: true;
      readonly treeSize: number;
      readonly rootHash: string;
      readonly isSigned: boolean;
      readonly entry: AuditEntry | null;
    }
  | {
      readonly isValid: false;
      readonly reason: string;
      /** It is the log itself that is not what this browser remembers. */
      readonly isOfLog: boolean;
    };

/**
 * Fetches the proof of an entry and checks it here, in the browser: the entry, its place in the tree, the checkpoint, the log.
 * @param listed what the person sees of the entry already: the proof has to be of that, and not of something else that is in the log too.
 */
export async function verifyEntry(index: number, listed?: AuditEntry): Promise<EntryVerdict> {
  const before = recallLog();
  const proof = await fetchJson(inclusionProofSchema, 'GET', `/audit/entries/${index}/proof`);
  const entry = listed ?? proof.entry;
  if (proof.index !== index || (entry && proof.leafHash !== entry.leafHash)) {
    return { isValid: false, reason: 'The proof is of another entry.', isOfLog: false };
  }
  const found = await checkInclusionProof(proof);
  if (!found.isValid) return { ...found, isOfLog: false };
  const { treeSize, rootHash } = found;
  const log = await checkLog({ note: proof.checkpoint, treeSize, rootHash }, before);
  if (!log.isSound) return { isValid: false, reason: log.reason, isOfLog: true };
  const body = proof.body === null ? null : readBody(proof.body, proof);
  if (entry && body && saidBy(asInLog(entry)) !== saidBy(body)) {
    return { isValid: false, reason: 'The log holds something else than what is shown.', isOfLog: false };
  }
  return { isValid: true, treeSize, rootHash, isSigned: log.isSigned, entry: body && entry };
}

/** Both went through the same schema, which puts fields in one order; names of `input` are sorted in the log. */
function saidBy({ eventId, time, event, sealedFields }: LoggedEntry): string {
  return JSON.stringify([eventId, time, event, sealedFields]);
}

/**
 * What is shown as the log has it: sealed fields are empty there. Their keys are not for browsers, so that what they say is the service's
 * word; which fields these are, and all others, is not.
 */
function asInLog({ sealed, ...shown }: AuditEntry): LoggedEntry {
  const sealedFields = sealed.map(({ field }) => field);
  const { metadata, input } = shown.event;
  const userAgent = sealedFields.includes('metadata.userAgent') ? null : metadata.userAgent;
  const plain = Object.entries(input).map(([name, value]) => [
    name,
    sealedFields.includes(`input.${name}`) ? null : value,
  ]);
  const event = { ...shown.event, metadata: { ...metadata, userAgent }, input: Object.fromEntries(plain) };
  return { ...shown, event, sealedFields };
}

function readBody(
  base64: string,
  { index, leafHash }: { readonly index: number; readonly leafHash: string },
): LoggedEntry {
  const { id, time, event, sealed } = bodySchema.parse(JSON.parse(new TextDecoder().decode(bytesOfBase64(base64))));
  return { index, eventId: id, time, leafHash, event, sealedFields: sealed.map(({ field }) => field) };
}
