import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Account, type ExpiringClass, isPermitted, type RetentionPeriod } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { RunsCard } from './RunsCard.tsx';
import {
  changePeriod,
  classWords,
  countText,
  expiringOf,
  loadPeriods,
  periodsKey,
  previewPeriod,
  runsKey,
  serviceWords,
} from './retention.ts';
import '../audit/audit.css';

/** How long each class of data is kept, and what the retention has deleted (PRIV-5). */
export function RetentionPage({ account }: { account: Account }) {
  const periods = useQuery({ queryKey: periodsKey, queryFn: loadPeriods });
  const canChange = isPermitted(account.roles, 'configuration.change');
  return (
    <>
      <h2 className="page-title">Retention</h2>
      <section className="card subject wide" aria-labelledby="periods-title">
        <h3 id="periods-title">How long data are kept</h3>
        <p className="hint">
          What is older is deleted by itself, once an hour. A change takes effect with the next hour’s run.
        </p>
        {periods.isPending && <p role="status">Loading periods…</p>}
        {periods.isError && <Notice tone="error">{periods.error.message}</Notice>}
        <ul className="rows" aria-label="Periods">
          {periods.data?.map((period) => (
            <PeriodRow key={period.class} period={period} canChange={canChange} />
          ))}
        </ul>
      </section>
      <RunsCard />
    </>
  );
}

function PeriodRow({ period, canChange }: { period: RetentionPeriod; canChange: boolean }) {
  const expiring = expiringOf(period);
  return (
    <li className="row" data-class={period.class}>
      <div className="row-text">
        <p className="row-title">
          {classWords[period.class]}{' '}
          <span className="badge">{period.days === null ? 'For ever' : `${period.days} days`}</span>
        </p>
        {period.covers.map(({ service, text }) => (
          <p key={service} className="hint">
            {serviceWords[service]}: {text}
          </p>
        ))}
        {period.changedAt !== null && (
          <p className="hint">
            Changed {momentText(period.changedAt)}, by {period.changedBy}
          </p>
        )}
      </div>
      {expiring !== undefined && (
        <details className="manage">
          <summary>
            {canChange ? 'Change or preview' : 'Preview'}
            <span className="visually-hidden">: {classWords[period.class]}</span>
          </summary>
          <PeriodForm key={period.version} period={period} expiring={expiring} canChange={canChange} />
        </details>
      )}
    </li>
  );
}

/** The preview comes first: only a period whose effect was shown can be saved. */
function PeriodForm(props: { period: RetentionPeriod; expiring: ExpiringClass; canChange: boolean }) {
  const { period, expiring, canChange } = props;
  const queryClient = useQueryClient();
  const [days, setDays] = useState(String(period.days));
  const preview = useMutation({ mutationFn: (asked: number) => previewPeriod(expiring, asked) });
  const save = useMutation({
    mutationFn: (chosen: number) => changePeriod(expiring, { days: chosen, version: period.version }),
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: periodsKey });
      await queryClient.invalidateQueries({ queryKey: runsKey });
    },
  });
  const shown = preview.data?.days === Number(days) ? preview.data : undefined;
  const isChanged = shown !== undefined && shown.days !== period.days;
  return (
    <section className="rule-form preview" aria-label="Period">
      <ActionForm
        action="Preview"
        isBusy={preview.isPending}
        error={preview.error}
        onSubmit={(text) => {
          setDays(text('days'));
          preview.mutate(Number(text('days')));
        }}
      >
        <Field
          name="days"
          label={`Days, from ${period.leastDays} to ${period.mostDays} (${period.defaultDays} as it comes)`}
          type="number"
          defaultValue={days}
          min={period.leastDays ?? 1}
          max={period.mostDays ?? 1}
        />
      </ActionForm>
      {shown && (
        <div role="status">
          <p>With {shown.days} days, the next run deletes:</p>
          <ul>
            {shown.items.map((rows) => (
              <li key={`${rows.service} ${rows.what}`}>
                {serviceWords[rows.service]}: {countText(rows)}
                {rows.oldestAt !== null && `, the oldest of ${momentText(rows.oldestAt)}`}
              </li>
            ))}
          </ul>
        </div>
      )}
      {canChange && isChanged && (
        <button type="button" className="button" onClick={() => save.mutate(shown.days)} disabled={save.isPending}>
          Keep for {shown.days} days
          <span className="visually-hidden">: {classWords[period.class]}</span>
        </button>
      )}
      {save.isError && <Notice tone="error">{save.error.message}</Notice>}
    </section>
  );
}
