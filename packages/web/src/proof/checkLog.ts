import { consistencyProofSchema } from '@todo-chatbot/contracts';
import { fetchJson, send } from '../api/client.ts';
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

/** Why the log of now is no continuation of the log of then. */
async function faultSince(
  before: RememberedLog,
  now: Pick<RememberedLog, 'treeSize' | 'rootHash'>,
): Promise<string | undefined> {
  if (now.treeSize < before.treeSize) return 'The log is shorter than this browser has seen it before.';
  const sizes = { from: before.treeSize, to: now.treeSize };
  const path =
    sizes.from === sizes.to
      ? []
      : (await fetchJson(consistencyProofSchema, 'GET', `/audit/log/consistency?from=${sizes.from}&to=${sizes.to}`))
          .path;
  const isContinued = await isConsistent({ ...sizes, path }, { from: before.rootHash, to: now.rootHash });
  return isContinued ? undefined : 'The log does not continue the history that this browser has seen before.';
}
