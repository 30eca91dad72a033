import { useMutation } from '@tanstack/react-query';
import type { AuditEntry } from '@todo-chatbot/contracts';
import { Notice } from '../ui/Notice.tsx';
import { forgetLog } from './rememberedLog.ts';
import { type EntryVerdict, verifyEntry } from './verifyEntry.ts';

/** The check of one entry as it is shown: its state, and how to start it. */
export function useProofCheck(entry: AuditEntry) {
  return useMutation({ mutationFn: () => verifyEntry(entry.index, entry) });
}

/** Said of a proof where the browser knows no Ed25519. */
export const unsigned = '; this browser cannot check the signature of the log';

/** What the check of an entry found out. */
export function ProofOutcome({
  verdict,
  error,
  again,
}: {
  readonly verdict: EntryVerdict | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}) {
  return (
    <div aria-live="polite">
      {verdict?.isValid === true && (
        <p className="proof proof-good">
          Proven: in the {verdict.isSigned ? 'signed ' : ''}log of {verdict.treeSize} entries with root{' '}
          <code>{verdict.rootHash.slice(0, 16)}…</code>
          {verdict.entry === null && '; that the entry is there, not what it says'}
          {!verdict.isSigned && unsigned}
        </p>
      )}
      {verdict?.isValid === false && (
        <Notice tone="error">
          Not proven. {verdict.reason}{' '}
          {verdict.isOfLog && (
            <button
              type="button"
              className="link"
              onClick={() => {
                forgetLog();
                again();
              }}
            >
              Trust the log as it is now
            </button>
          )}
        </Notice>
      )}
      {error && <Notice tone="error">{error.message}</Notice>}
    </div>
  );
}
