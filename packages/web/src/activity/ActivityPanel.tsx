import { useMutation, useQuery } from '@tanstack/react-query';
import type { AuditEntry } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { Notice } from '../ui/Notice.tsx';
import { actionText } from './actionText.ts';
import { entriesKey, loadEntries, verifyEntry } from './entries.ts';

/** The person's own audit trail; each entry can be proven. */
export function ActivityPanel() {
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
          What was done in your name, from the tamper-evident log. Your browser checks each proof itself.
        </p>
        <label className="option">
          <input type="checkbox" checked={showsReads} onChange={(event) => setShowsReads(event.target.checked)} />
          Show reads too
        </label>
        {entries.isPending && <p role="status">Loading the log…</p>}
        {entries.isError && <Notice tone="error">{entries.error.message}</Notice>}
        <ul className="entries">
          {shown?.map((entry) => (
            <EntryRow key={entry.index} entry={entry} />
          ))}
        </ul>
      </div>
    </section>
  );
}

function EntryRow({ entry }: { entry: AuditEntry }) {
  const verify = useMutation({ mutationFn: () => verifyEntry(entry.index) });
  const { action, success, reason } = entry.event;
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
        <button type="button" className="link" onClick={() => verify.mutate()} disabled={verify.isPending}>
          Verify<span className="visually-hidden"> entry {entry.index}</span>
        </button>
      </div>
      <div className="entry-facts">
        <time dateTime={entry.time}>{new Date(entry.time).toLocaleTimeString()}</time>
        <span>№ {entry.index}</span>
        <code title={entry.leafHash}>{entry.leafHash.slice(0, 12)}…</code>
      </div>
      <div aria-live="polite">
        {verify.data?.isValid === true && (
          <p className="proof proof-good">
            Proven: in the log of {verify.data.treeSize} entries with root{' '}
            <code>{verify.data.rootHash.slice(0, 16)}…</code>
          </p>
        )}
        {verify.data?.isValid === false && <Notice tone="error">Not proven. {verify.data.reason}</Notice>}
        {verify.isError && <Notice tone="error">{verify.error.message}</Notice>}
      </div>
    </li>
  );
}
