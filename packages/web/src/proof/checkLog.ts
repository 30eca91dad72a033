import { consistencyProofSchema } from '@todo-chatbot/contracts';
import { fetchJson, send } from '../api/client.ts';
import { RequestFailed } from '../api/problem.ts';
import { isConsistent } from './consistencyProof.ts';
import { type RememberedLog, rememberLog } from './rememberedLog.ts';
import { checkSignature } from './signedCheckpoint.ts';

/** What checking a checkpoint found out; `isSigned` false where the browser cannot check signatures. */
export type LogVerdict =
  | { readonly isSound: true; readonly isSigned: boolean }
  | { readonly isSound: false; readonly reason: string };

/**
 * Checks a checkpoint as one who has seen the log before: its key is the same, its signature is genuine, and the log of then is the
 * beginning of the log of now. Only then is it remembered, so that no later visit can be shown another history.
 * @param before what was remembered when the checkpoint was asked for: another answer may have come in between with a newer one.
 */
export async function checkLog(
  seen: Omit<RememberedLog, 'verifierKey'> & { readonly note: string },
  before: RememberedLog | undefined,
): Promise<LogVerdict> {
  const { note, treeSize, rootHash } = seen;
  const verifierKey = (await (await send('GET', '/audit/log/log.vkey', { accept: 'text/plain' })).text()).trim();
  if (before && before.verifierKey !== verifierKey) {
    return { isSound: false, reason: 'The log has another key than this browser has seen before.' };
  }
  const signature = await checkSignature(note, verifierKey);
  if (signature === 'invalid') return { isSound: false, reason: 'The checkpoint is not signed by the log’s key.' };
  const fault = before && (await faultSince(before, { treeSize, rootHash }));
  if (fault !== undefined) return { isSound: false, reason: fault };
  rememberLog({ verifierKey, treeSize, rootHash });
  return { isSound: true, isSigned: signature === 'valid' };
}

/**
 * Why the log of now and the log of then are not one. A smaller tree is no fault by itself, for an entry may be proven in the newest
 * published one while a newer one is signed; but a log that was cut has no proof that leads from it to what was seen.
 */
async function faultSince(
  before: RememberedLog,
  now: Pick<RememberedLog, 'treeSize' | 'rootHash'>,
): Promise<string | undefined> {
  const [earlier, later] = now.treeSize < before.treeSize ? [now, before] : [before, now];
  const sizes = { from: earlier.treeSize, to: later.treeSize };
  const path = sizes.from === sizes.to ? [] : await consistencyPath(sizes);
  if (path && (await isConsistent({ ...sizes, path }, { from: earlier.rootHash, to: later.rootHash })))
    return undefined;
  return now.treeSize < before.treeSize
    ? 'The log is shorter than this browser has seen it before, or has another history.'
    : 'The log does not continue the history that this browser has seen before.';
}

/** Undefined when the log has no such sizes. */
async function consistencyPath({ from, to }: { readonly from: number; readonly to: number }) {
  try {
    return (await fetchJson(consistencyProofSchema, 'GET', `/audit/log/consistency?from=${from}&to=${to}`)).path;
  } catch (error) {
    if (error instanceof RequestFailed && error.code === 'audit.range-invalid') return undefined;
    throw error;
  }
}
