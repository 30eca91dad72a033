import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AlertRule, alertSeverities } from '@todo-chatbot/contracts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Choice } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { fromLocalInput, toLocalInput } from '../ui/localTime.ts';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { changeRule, loadRules, rulesKey, severityWords, type Trial, tryRule } from './alerts.ts';
import { EntryLinks } from './EntryLinks.tsx';

/** The rules with their numbers; whoever may change the configuration changes them, everybody here may try them on the past. */
export function RulesCard({ canChange }: { canChange: boolean }) {
  const rules = useQuery({ queryKey: rulesKey, queryFn: loadRules });
  return (
    <section className="card subject wide" aria-labelledby="rules-title">
      <h3 id="rules-title">Rules</h3>
      {rules.isPending && <p role="status">Loading rules…</p>}
      {rules.isError && <Notice tone="error">{rules.error.message}</Notice>}
      <ul className="rows" aria-label="Rules">
        {rules.data?.map((rule) => (
          <RuleRow key={rule.id} rule={rule} canChange={canChange} />
        ))}
      </ul>
    </section>
  );
}

function RuleRow({ rule, canChange }: { rule: AlertRule; canChange: boolean }) {
  return (
    <li className="row" data-rule={rule.id}>
      <div className="row-text">
        <p className="row-title">
          <span className={`badge severity-${rule.severity}`}>{severityWords[rule.severity]}</span> {rule.title}
          {!rule.enabled && <span className="badge">Off</span>}
        </p>
        <p className="hint">{numbersText(rule)}</p>
      </div>
      <details className="manage">
        <summary>
          {canChange ? 'Change or try' : 'Try'}
          <span className="visually-hidden">: {rule.title}</span>
        </summary>
        {canChange && <ChangeForm key={rule.version} rule={rule} />}
        {rule.kind !== 'signal' && <TrialForm rule={rule} />}
      </details>
    </li>
  );
}

function numbersText({ threshold, windowSeconds, groupBy, changedAt }: AlertRule): string {
  const times = threshold === 1 ? 'The first time' : `${threshold} times`;
  const apart = groupBy === 'none' ? '' : `, counted by ${groupBy}`;
  return `${times} in ${durationText(windowSeconds)}${apart}${changedAt === null ? '' : `; changed ${momentText(changedAt)}`}`;
}

function durationText(seconds: number): string {
  for (const [unit, size] of units) {
    if (seconds % size === 0) return seconds === size ? `one ${unit}` : `${seconds / size} ${unit}s`;
  }
  return `${seconds} seconds`;
}

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function ChangeForm({ rule }: { rule: AlertRule }) {
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (change: Parameters<typeof changeRule>[1]) => changeRule(rule.id, change),
    onSettled: () => queryClient.invalidateQueries({ queryKey: rulesKey }),
  });
  return (
    <section className="rule-form" aria-label="Change the rule">
      <h4>Change</h4>
      <ActionForm
        action="Save the rule"
        isBusy={save.isPending}
        error={save.error}
        onSubmit={(text) =>
          save.mutate({
            enabled: text('enabled') === 'on',
            severity: alertSeverities.find((one) => one === text('severity')) ?? rule.severity,
            threshold: Number(text('threshold')),
            windowSeconds: Number(text('windowSeconds')),
            version: rule.version,
          })
        }
      >
        <label className="option">
          <input type="checkbox" name="enabled" defaultChecked={rule.enabled} />
          Raises alerts
        </label>
        <div className="filters">
          <Choice
            name="severity"
            label="Severity"
            options={alertSeverities.map((one) => [one, severityWords[one]])}
            defaultValue={rule.severity}
          />
          <Numbers rule={rule} />
        </div>
      </ActionForm>
    </section>
  );
}

function Numbers({ rule }: { rule: AlertRule }) {
  return (
    <>
      <Field name="threshold" label="Times" type="number" defaultValue={String(rule.threshold)} min={1} max={1_000} />
      <Field
        name="windowSeconds"
        label="Within seconds"
        type="number"
        defaultValue={String(rule.windowSeconds)}
        min={1}
        max={31_536_000}
      />
    </>
  );
}

/** What a trial looks at by default. */
const trialDays = 7;

function TrialForm({ rule }: { rule: AlertRule }) {
  const trial = useMutation({
    mutationFn: (asked: Parameters<typeof tryRule>[1]) => tryRule(rule.id, asked),
  });
  const now = new Date();
  const from = new Date(now.getTime() - trialDays * 86_400_000).toISOString();
  return (
    <section className="rule-form" aria-label="Try the rule">
      <h4>Try on past events, without raising anything</h4>
      <ActionForm
        action="Try on the past"
        isBusy={trial.isPending}
        error={trial.error}
        onSubmit={(text) =>
          trial.mutate({
            from: fromLocalInput(text('from')) ?? from,
            to: fromLocalInput(text('to')) ?? now.toISOString(),
            threshold: Number(text('threshold')),
            windowSeconds: Number(text('windowSeconds')),
          })
        }
      >
        <div className="filters">
          <Field name="from" label="From" type="datetime-local" defaultValue={toLocalInput(from)} />
          <Field name="to" label="Until (empty: now)" type="datetime-local" isOptional />
          <Numbers rule={rule} />
        </div>
      </ActionForm>
      {trial.data && <TrialOutcome trial={trial.data} />}
    </section>
  );
}

function TrialOutcome({ trial: { alerts, examined, isPartial } }: { trial: Trial }) {
  return (
    <div role="status">
      <p>
        {alerts.length === 0 ? 'No alert' : alerts.length === 1 ? 'One alert' : `${alerts.length} alerts`} from{' '}
        {examined} events{isPartial && '; there was more than a trial looks at'}.
      </p>
      <ul className="rows">
        {alerts.map((alert) => (
          <li key={`${alert.group} ${alert.firstAt}`} className="row">
            <div className="row-text">
              <p>
                {alert.group ?? 'Everybody'}: {alert.count} {alert.count === 1 ? 'time' : 'times'},{' '}
                {momentText(alert.firstAt)}
              </p>
              <EntryLinks indexes={alert.entryIndexes} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
