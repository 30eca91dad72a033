import { useQuery } from '@tanstack/react-query';
import { type ConsentState, consentPurposes, type PrivacyNotice } from '@todo-chatbot/contracts';
import { useId } from 'react';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { consentsQuery, noticeQuery, useChangeConsents } from './consents.ts';
import { NoticeText } from './NoticeText.tsx';
import './privacy.css';

const introductions: Readonly<Record<Exclude<ConsentState, 'given'>, string>> = {
  never: 'Before your first message: what becomes of what you write, in a minute.',
  withdrawn: 'You have withdrawn your consent, so nothing can be written. You may agree again at any time.',
  outdated: 'The privacy notice has changed since you agreed to it. Read it and choose again.',
};

/** Where the assistant's purpose stands; `undefined` while that is not known. */
export function useAssistantConsent(): ConsentState | undefined {
  const { data } = useQuery(consentsQuery);
  return data?.purposes.find(({ purpose }) => purpose === 'assistant')?.state;
}

/** The privacy notice in the place of the conversation's next message, until its reader agrees to what the assistant does (PRIV-2). */
export function ConsentRequest({ state }: { state: Exclude<ConsentState, 'given'> }) {
  const titleId = useId();
  const notice = useQuery(noticeQuery);
  return (
    <section className="card consent-request" aria-labelledby={titleId}>
      <h3 id={titleId}>Your privacy</h3>
      <p>{introductions[state]}</p>
      {notice.isPending && <p role="status">Loading the notice…</p>}
      {notice.isError && <Notice tone="error">{notice.error.message}</Notice>}
      {notice.data && (
        <>
          <NoticeText notice={notice.data} />
          <Choices notice={notice.data} />
        </>
      )}
    </section>
  );
}

function Choices({ notice: { version, purposes } }: { notice: PrivacyNotice }) {
  const change = useChangeConsents();
  return (
    <ActionForm
      action="Agree to what is ticked"
      isBusy={change.isPending}
      error={change.error}
      onSubmit={(text) => {
        const ticked = consentPurposes.filter((purpose) => text(purpose) === 'on');
        // What is not ticked is left as it is: nobody withdraws by saying nothing.
        if (ticked.length > 0) {
          change.mutate({
            noticeVersion: version,
            agrees: Object.fromEntries(ticked.map((purpose) => [purpose, true] as const)),
          });
        }
      }}
    >
      <fieldset className="choices">
        <legend>What do you agree to?</legend>
        {purposes.map((purpose) => (
          <Tick key={purpose.purpose} purpose={purpose} />
        ))}
      </fieldset>
      <p className="hint">
        All of it is up to you. Without any of it you can read, take along and delete what there is, here and under
        Privacy.
      </p>
    </ActionForm>
  );
}

function Tick({ purpose: { purpose, title, text } }: { purpose: PrivacyNotice['purposes'][number] }) {
  const id = useId();
  return (
    <div className="consent">
      <label className="consent-label">
        <input type="checkbox" name={purpose} aria-describedby={id} />
        {title}
      </label>
      <p id={id} className="hint">
        {text}
      </p>
    </div>
  );
}
