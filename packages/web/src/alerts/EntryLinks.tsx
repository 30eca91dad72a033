import { useState } from 'react';
import { EntryDialog } from '../audit/EntryDialog.tsx';

/** The entries of the log that led to something, each to be opened and proven. */
export function EntryLinks({ indexes }: { indexes: readonly number[] }) {
  const [shown, setShown] = useState<number>();
  if (indexes.length === 0) return null;
  return (
    <p className="entry-links">
      Entries{' '}
      {indexes.map((index) => (
        <button key={index} type="button" className="link" onClick={() => setShown(index)}>
          № {index}
        </button>
      ))}
      {shown !== undefined && <EntryDialog index={shown} onClose={() => setShown(undefined)} />}
    </p>
  );
}
