import { useQuery } from '@tanstack/react-query';
import { unsigned } from '../proof/ProofCheck.tsx';
import { verifyEntry } from '../proof/verifyEntry.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Notice } from '../ui/Notice.tsx';
import { EntryFacts } from './EntryFacts.tsx';

/** One entry by its number, read from its proof: what is shown is proven to be in the log. */
export function EntryDialog({ index, onClose }: { index: number; onClose: () => void }) {
  const entry = useQuery({
    queryKey: ['proven-entry', index],
    queryFn: () => verifyEntry(index),
    refetchOnWindowFocus: false,
    retry: false,
  });
  return (
    <Dialog title={`Entry № ${index}`} onClose={onClose}>
      {entry.isPending && <p role="status">Checking the entry…</p>}
      {entry.isError && <Notice tone="error">{entry.error.message}</Notice>}
      {entry.data?.isValid === false && <Notice tone="error">Not proven. {entry.data.reason}</Notice>}
      {entry.data?.isValid === true && (
        <>
          <p className="proof-good" role="status">
            Proven to be in the {entry.data.isSigned ? 'signed ' : ''}log of {entry.data.treeSize} entries
            {!entry.data.isSigned && unsigned}.
          </p>
          {entry.data.entry === null ? (
            <p className="hint">What it said was removed when its time was over.</p>
          ) : (
            <EntryFacts entry={entry.data.entry} />
          )}
        </>
      )}
      <div className="buttons">
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
