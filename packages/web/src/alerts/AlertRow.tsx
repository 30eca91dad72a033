import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Alert, alertResolutions } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { Choice } from '../ui/Choice.tsx';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { acknowledge, alertsKey, resolutionWords, severityWords } from './alerts.ts';
import { EntryLinks } from './EntryLinks.tsx';

/** One alert: how grave, what, how often, which entries; an open one may be acknowledged. */
export function AlertRow({ alert, canAcknowledge }: { alert: Alert; canAcknowledge: boolean }) {
  const { severity, title, group, count, firstAt, lastAt, state, resolution, acknowledgedAt } = alert;
  return (
    <li className="row row-alert" data-rule={alert.ruleId}>
      <div className="row-text">
        <p className="row-title">
          <span className={`badge severity-${severity}`}>{severityWords[severity]}</span> {title}
        </p>
        <p className="hint">
          {group !== null && <>{group}, </>}
          {count === 1
            ? `once, ${momentText(firstAt)}`
            : `${count} times, ${momentText(firstAt)} to ${momentText(lastAt)}`}
        </p>
        {state === 'acknowledged' && resolution !== null && acknowledgedAt !== null && (
          <p className="hint">
            {resolutionWords[resolution]}, {momentText(acknowledgedAt)}, by {alert.acknowledgedBy}
          </p>
        )}
        <EntryLinks indexes={alert.entryIndexes} />
      </div>
      {state === 'open' && canAcknowledge && <Acknowledge alert={alert} />}
    </li>
  );
}

function Acknowledge({ alert }: { alert: Alert }) {
  const queryClient = useQueryClient();
  const [resolution, setResolution] = useState<(typeof alertResolutions)[number]>('handled');
  const act = useMutation({
    mutationFn: () => acknowledge(alert.id, resolution),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: alertsKey }),
  });
  return (
    <div className="acknowledge">
      <Choice
        name="resolution"
        label="Resolution"
        options={alertResolutions.map((one) => [one, resolutionWords[one]])}
        onChange={(chosen) => setResolution(alertResolutions.find((one) => one === chosen) ?? 'handled')}
      />
      <button type="button" className="button" onClick={() => act.mutate()} disabled={act.isPending}>
        Acknowledge<span className="visually-hidden">: {alert.title}</span>
      </button>
      {act.isError && <Notice tone="error">{act.error.message}</Notice>}
    </div>
  );
}
