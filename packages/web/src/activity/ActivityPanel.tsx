import { useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { ProofOutcome, useProofCheck } from '../proof/ProofCheck.tsx';
import { Notice } from '../ui/Notice.tsx';
import { actionText, whoText } from './actionText.ts';
import { entriesKey, loadEntries } from './entries.ts';

/** The person's own audit trail: what they did, and what was done to their account. Each entry can be proven. */
export function ActivityPanel({ userId }: { userId: string }) {
  const entries = useQuery({ queryKey: entriesKey, queryFn: loadEntries, refetchOnWindowFocus: false });
  const [showsReads, setShowsReads] = useState(false);
  const shown = entries.data?.filter((entry) => showsReads || entry.event.category !== 'data-access');
  return (
    <section className="panel panel-activity" aria-labelledby="activity-title">
      <h2 id="activity-title" className="panel-title">
        Activity
      </h2>
      <div className="panel-body">
        <p className="hint">
          What was done in your name and to your account, from the tamper-evident log. Your browser checks each proof
          itself.
        </p>
        <label className="option">
          <input type="checkbox" checked={showsReads} onChange={(event) => setShowsReads(event.target.checked)} />
          Show reads too
        </label>
        {entries.isPending && <p role="status">Loading the log…</p>}
        {entries.isError && <Notice tone="error">{entries.error.message}</Notice>}
        <ul className="entries">
          {shown?.map((entry) => (
            <EntryRow key={entry.index} entry={entry} userId={userId} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function EntryRow({ entry, userId }: { entry: AuditEntry; userId: string }) {
  const check = useProofCheck(entry);
  const { action, success, reason, actor } = entry.event;
  return (
    <li className="entry" data-action={action}>
      <div className="entry-line">
        <span className={success ? 'mark mark-good' : 'mark mark-bad'} aria-hidden="true">
          {success ? '✓' : '✕'}
        </span>
        <span className="entry-what">
          {actionText(action)}
          {!success && <span className="entry-reason"> refused{reason === null ? '' : `: ${reason}`}</span>}
        </span>
        <button type="button" className="link" onClick={() => check.mutate()} disabled={check.isPending}>
          Verify<span className="visually-hidden"> entry {entry.index}</span>
        </button>
      </div>
      <div className="entry-facts">
        <time dateTime={entry.time}>{new Date(entry.time).toLocaleString()}</time>
        {actor.id !== userId && <strong>{whoText(actor)}</strong>}
        <span>№ {entry.index}</span>
        <code title={entry.leafHash}>{entry.leafHash.slice(0, 12)}…</code>
      </div>
      <ProofOutcome verdict={check.data} error={check.error} again={check.mutate} />
    </li>
  );
}
