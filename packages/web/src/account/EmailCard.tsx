import { useMutation } from '@tanstack/react-query';
import type { Account } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { send } from '../api/client.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Card } from './Card.tsx';

/** The address of the account, whether it is confirmed, and how to change it (AUTH-13). */
export function EmailCard({ account }: { account: Account }) {
  const [isChanging, setIsChanging] = useState(false);
  const resend = useMutation({ mutationFn: () => send('POST', '/auth/email/verification') });
  const change = useMutation({
    mutationFn: (email: string) => send('POST', '/auth/email/change', { body: { email } }),
    onSuccess: () => setIsChanging(false),
  });
  return (
    <Card title="E-mail address">
      <p className="fact">
        <span className="fact-text">{account.email}</span>
        <span className={account.emailVerified ? 'badge badge-good' : 'badge badge-bad'}>
          {account.emailVerified ? 'Confirmed' : 'Not confirmed'}
        </span>
      </p>
      {resend.isSuccess && <Notice tone="info">A link is on its way to {account.email}.</Notice>}
      {resend.isError && <Notice tone="error">{resend.error.message}</Notice>}
      {change.isSuccess && (
        <Notice tone="info">A link is on its way to the new address. It takes effect once you open that link.</Notice>
      )}
      {isChanging ? (
        <ActionForm
          action="Change address"
          isBusy={change.isPending}
          error={change.error}
          onSubmit={(text) => change.mutate(text('email'))}
          aside={
            <button type="button" className="button" onClick={() => setIsChanging(false)}>
              Cancel
            </button>
          }
        >
          <Field name="email" label="New e-mail address" type="email" autoComplete="email" maxLength={254} />
        </ActionForm>
      ) : (
        <div className="buttons">
          {!account.emailVerified && (
            <button type="button" className="button" onClick={() => resend.mutate()} disabled={resend.isPending}>
              Send the link again
            </button>
          )}
          <button
            type="button"
            className="button"
            onClick={() => {
              change.reset();
              setIsChanging(true);
            }}
          >
            Use another address
          </button>
        </div>
      )}
    </Card>
  );
}
