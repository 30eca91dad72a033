import { useQuery } from '@tanstack/react-query';
import type { ConsentEntry, ConsentState, PrivacyNotice } from '@todo-chatbot/contracts';
import { useId } from 'react';
import { Card } from '../account/Card.tsx';
import { Notice } from '../ui/Notice.tsx';
import { dayText, momentText } from '../ui/time.ts';
import { consentsQuery, noticeQuery, useChangeConsents } from './consents.ts';
import { NoticeText } from './NoticeText.tsx';

/** The privacy notice, a switch for each purpose that needs consent, and how they came to stand as they do (PRIV-2). */
export function ConsentSection() {
  const notice = useQuery(noticeQuery);
  const consents = useQuery(consentsQuery);
  const error = notice.error ?? consents.error;
  return (
    <>
      <Card title="Privacy notice">
        {notice.isPending && <p role="status">Loading the notice…</p>}
        {error && <Notice tone="error">{error.message}</Notice>}
        {notice.data && <NoticeText notice={notice.data} />}
      </Card>
      {notice.data && consents.data && (
        <>
          <Card title="What you agree to">
            <p className="hint">Each is off until you turn it on, and you may turn it off again just so.</p>
            {notice.data.purposes.map((purpose) => (
              <PurposeSwitch
                key={purpose.purpose}
                purpose={purpose}
                noticeVersion={notice.data.version}
                state={consents.data.purposes.find((one) => one.purpose === purpose.purpose)?.state ?? 'never'}
              />
            ))}
          </Card>
          <Card title="Your earlier choices">
            <History entries={consents.data.history} notice={notice.data} />
          </Card>
        </>
      )}
    </>
  );
}

interface PurposeSwitchProps {
  readonly purpose: PrivacyNotice['purposes'][number];
  readonly noticeVersion: string;
  readonly state: ConsentState;
}

function PurposeSwitch({ purpose: { purpose, title, text }, noticeVersion, state }: PurposeSwitchProps) {
  const id = useId();
  const change = useChangeConsents();
  const toggle = (agrees: boolean) => change.mutate({ noticeVersion, agrees: { [purpose]: agrees } });
  return (
    <div className="consent">
      <label className="consent-label">
        <input
          type="checkbox"
          role="switch"
          checked={state === 'given'}
          aria-checked={state === 'given'}
          disabled={change.isPending}
          onChange={({ target }) => toggle(target.checked)}
          aria-describedby={id}
        />
        {title}
      </label>
      <p id={id} className="hint">
        {text}
      </p>
      {state === 'outdated' && (
        <Notice tone="info">The notice has changed since you agreed: turn it on again if you still do.</Notice>
      )}
      {change.isError && <Notice tone="error">{change.error.message}</Notice>}
    </div>
  );
}

function History({ entries, notice }: { entries: readonly ConsentEntry[]; notice: PrivacyNotice }) {
  const titleOf = (entry: ConsentEntry) =>
    notice.purposes.find(({ purpose }) => purpose === entry.purpose)?.title ?? entry.purpose;
  if (entries.length === 0) return <p className="hint">You have not agreed to anything yet.</p>;
  return (
    <ul className="rows" aria-label="Your earlier choices">
      {entries.map((entry) => (
        <li key={`${entry.at} ${entry.purpose}`} className="row">
          <div className="row-text">
            <p className="row-title">
              {titleOf(entry)}: {entry.act}
            </p>
            <p className="hint">
              {momentText(entry.at)}, notice of {dayText(entry.noticeVersion)}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
