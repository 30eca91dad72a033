import { useMutation } from '@tanstack/react-query';
import type { AuditEntry, AuditFilter } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { actionText } from '../activity/actionText.ts';
import { ProofOutcome, useProofCheck } from '../proof/ProofCheck.tsx';
import { Notice } from '../ui/Notice.tsx';
import { EntryFacts } from './EntryFacts.tsx';
import { saveProof } from './trail.ts';

interface TrailEntryProps {
  readonly entry: AuditEntry;
  readonly onFilter: (filter: AuditFilter) => void;
}

/** An entry of the log: what, who, when; opened, everything it says and its proof. */
export function TrailEntry({ entry, onFilter }: TrailEntryProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { action, success, reason, actor, service } = entry.event;
  return (
    <li className="entry" data-action={action}>
      <details className="entry-details" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>
          <span className={success ? 'mark mark-good' : 'mark mark-bad'} aria-hidden="true">
            {success ? '✓' : '✕'}
          </span>{' '}
          <span className="entry-what">
            {actionText(action)}
            {!success && <span className="entry-reason"> refused{reason === null ? '' : `: ${reason}`}</span>}
          </span>
          <span className="entry-facts">
            <time dateTime={entry.time}>{new Date(entry.time).toLocaleString()}</time>
            <span>{service}</span>
            <span className="entry-actor">{actor.id ?? actor.type}</span>
            <span>№ {entry.index}</span>
          </span>
        </summary>
        {isOpen && (
          <>
            <EntryFacts entry={entry} onFilter={onFilter} />
            <EntryProof entry={entry} />
          </>
        )}
      </details>
    </li>
  );
}

function EntryProof({ entry }: { entry: AuditEntry }) {
  const { index } = entry;
  const check = useProofCheck(entry);
  const keep = useMutation({ mutationFn: () => saveProof(index) });
  return (
    <>
      <div className="buttons">
        <button type="button" className="button" onClick={() => check.mutate()} disabled={check.isPending}>
          Verify<span className="visually-hidden"> entry {index}</span>
        </button>
        <button type="button" className="button" onClick={() => keep.mutate()} disabled={keep.isPending}>
          Save the proof<span className="visually-hidden"> of entry {index}</span>
        </button>
      </div>
      <ProofOutcome verdict={check.data} error={check.error} again={check.mutate} />
      {keep.isError && <Notice tone="error">{keep.error.message}</Notice>}
    </>
  );
}
