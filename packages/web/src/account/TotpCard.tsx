import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { recoveryCodesSchema, totpEnrolmentSchema } from '@todo-chatbot/contracts';
import { useState } from 'react';
import { fetchJson, send } from '../api/client.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { dayText } from '../ui/time.ts';
import { Card } from './Card.tsx';
import { factorsKey, loadFactors } from './factors.ts';
import { QrCode } from './QrCode.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';

/** Codes of an authenticator app, and the recovery codes that stand in for it (AUTH-8). */
export function TotpCard() {
  const factors = useQuery({ queryKey: factorsKey, queryFn: loadFactors });
  const queryClient = useQueryClient();
  const [codes, setCodes] = useState<readonly string[]>();
  const reload = () => queryClient.invalidateQueries({ queryKey: factorsKey });
  const show = (shown: readonly string[]) => {
    setCodes(shown);
    void reload();
  };
  const renew = async () => {
    show((await fetchJson(recoveryCodesSchema, 'POST', '/auth/factors/recovery-codes')).recoveryCodes);
  };
  const remove = async () => {
    await send('DELETE', '/auth/factors/totp');
    await reload();
  };
  return (
    <Card title="Authenticator app">
      {factors.isPending && <p role="status">Loading…</p>}
      {factors.isError && <Notice tone="error">{factors.error.message}</Notice>}
      {factors.data?.totp === null && <Enrolment onCodes={show} />}
      {factors.data?.totp && (
        <>
          <p className="fact">
            <span className="fact-text">In use since {dayText(factors.data.totp.enabledAt)}</span>
            <span className="badge badge-good">On</span>
          </p>
          <p className="hint">
            {factors.data.recoveryCodesLeft} of 10 recovery codes left.
            {factors.data.recoveryCodesLeft < 3 && ' Make new ones before they run out.'}
          </p>
          <div className="buttons">
            <ConfirmButton label="New recovery codes" act={renew}>
              The codes that you have now will stop working.
            </ConfirmButton>
            <ConfirmButton label="Turn off" about="the authenticator app" act={remove}>
              Your account will be easier to take over: a stolen password may then be enough. Your recovery codes go as
              well.
            </ConfirmButton>
          </div>
        </>
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </Card>
  );
}

function Enrolment({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const begin = useMutation({ mutationFn: () => fetchJson(totpEnrolmentSchema, 'POST', '/auth/factors/totp') });
  const confirm = useMutation({
    mutationFn: (oneTimeCode: string) =>
      fetchJson(recoveryCodesSchema, 'POST', '/auth/factors/totp/confirm', { body: { oneTimeCode } }),
    onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
  });
  if (begin.data === undefined) {
    return (
      <>
        <p className="hint">
          A code from your phone at each sign-in, so that your password alone opens nothing. Any authenticator app will
          do.
        </p>
        {begin.isError && <Notice tone="error">{begin.error.message}</Notice>}
        <div className="buttons">
          <button type="button" className="button" onClick={() => begin.mutate()} disabled={begin.isPending}>
            Set up
          </button>
        </div>
      </>
    );
  }
  const { secret, otpauthUri } = begin.data;
  return (
    <>
      <p>Scan this with your authenticator app, then type the code that it shows.</p>
      <QrCode text={otpauthUri} label="QR code for your authenticator app" />
      <details>
        <summary>I cannot scan it</summary>
        <p className="hint">Type this key into the app instead:</p>
        <p className="secret">
          <code>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
        <div className="buttons">
          <CopyButton text={secret} label="Copy the key" />
        </div>
      </details>
      <ActionForm
        action="Turn on"
        isBusy={confirm.isPending}
        error={confirm.error}
        onSubmit={(text) => confirm.mutate(text('oneTimeCode'))}
        aside={
          <button type="button" className="button" onClick={() => begin.reset()}>
            Cancel
          </button>
        }
      >
        <Field
          name="oneTimeCode"
          label="Code of the app"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={20}
        />
      </ActionForm>
    </>
  );
}
