import { useQuery } from '@tanstack/react-query';
import type { RetentionRun } from '@todo-chatbot/contracts';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { classWords, countText, loadRuns, outcomeWords, runsKey, serviceWords } from './retention.ts';

/** What the last runs deleted, newest first. */
export function RunsCard() {
  const runs = useQuery({ queryKey: runsKey, queryFn: loadRuns });
  return (
    <section className="card subject wide" aria-labelledby="runs-title">
      <h3 id="runs-title">Last runs</h3>
      <p className="hint">A run that found nothing is listed once a day.</p>
      {runs.isPending && <p role="status">Loading runs…</p>}
      {runs.isError && <Notice tone="error">{runs.error.message}</Notice>}
      {runs.data && runs.data.missing.length > 0 && (
        <Notice tone="error">
          These do not answer, so their runs are missing: {runs.data.missing.map((one) => serviceWords[one]).join(', ')}
          .
        </Notice>
      )}
      {runs.data?.items.length === 0 && <p>No run yet.</p>}
      <ul className="rows" aria-label="Runs">
        {runs.data?.items.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </ul>
    </section>
  );
}

function RunRow({ run }: { run: RetentionRun }) {
  const isBad = run.outcome === 'failed' || run.outcome === 'interrupted';
  return (
    <li className="row">
      <div className="row-text">
        <p className="row-title">
          <span className={isBad ? 'badge badge-bad' : 'badge'}>{outcomeWords[run.outcome]}</span>{' '}
          {serviceWords[run.service]}: {classWords[run.class]}
        </p>
        <p className="hint">
          {momentText(run.startedAt)}, older than {run.days} days:{' '}
          {run.deleted.length === 0 ? 'nothing was due' : run.deleted.map(countText).join(', ')}
        </p>
      </div>
    </li>
  );
}
