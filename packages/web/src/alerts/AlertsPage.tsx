import { useInfiniteQuery } from '@tanstack/react-query';
import { type Account, alertSeverities, isPermitted } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { byCursor } from '../api/byCursor.ts';
import { Choice } from '../ui/Choice.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ShowMore } from '../ui/ShowMore.tsx';
import { AlertRow } from './AlertRow.tsx';
import { type AlertChoice, alertsKey, loadAlerts, severityWords } from './alerts.ts';
import { RulesCard } from './RulesCard.tsx';
import '../audit/audit.css';

/** What the security monitoring found, and what it looks for (OBS-3). */
export function AlertsPage({ account }: { account: Account }) {
  return (
    <>
      <h2 className="page-title">Alerts</h2>
      <AlertsCard canAcknowledge={isPermitted(account.roles, 'alert.acknowledge')} />
      <RulesCard canChange={isPermitted(account.roles, 'configuration.change')} />
    </>
  );
}

const severities = [
  ['', 'Any'],
  ...alertSeverities.toReversed().map((one) => [one, severityWords[one]] as const),
] as const;

function AlertsCard({ canAcknowledge }: { canAcknowledge: boolean }) {
  const [choice, setChoice] = useState<AlertChoice>({ state: 'open', severity: undefined });
  const alerts = useInfiniteQuery({
    queryKey: [...alertsKey, choice],
    queryFn: ({ pageParam }) => loadAlerts(choice, pageParam),
    ...byCursor,
  });
  const found = alerts.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="card subject wide" aria-label="Alerts">
      <div className="search">
        <Choice
          name="state"
          label="State"
          options={[
            ['open', 'Open'],
            ['acknowledged', 'Acknowledged'],
            ['', 'All'],
          ]}
          defaultValue="open"
          onChange={(value) =>
            setChoice({ ...choice, state: value === 'open' || value === 'acknowledged' ? value : undefined })
          }
        />
        <Choice
          name="severity"
          label="Severity"
          options={severities}
          onChange={(value) => setChoice({ ...choice, severity: alertSeverities.find((one) => one === value) })}
        />
      </div>
      {alerts.isPending && <p role="status">Loading alerts…</p>}
      {alerts.isError && <Notice tone="error">{alerts.error.message}</Notice>}
      {alerts.isSuccess && found.length === 0 && (
        <p role="status">{choice.state === 'open' ? 'Nothing needs attention.' : 'No such alerts.'}</p>
      )}
      <ul className="rows" aria-label="Alerts">
        {found.map((alert) => (
          <AlertRow key={alert.id} alert={alert} canAcknowledge={canAcknowledge} />
        ))}
      </ul>
      <ShowMore pages={alerts} />
    </section>
  );
}
