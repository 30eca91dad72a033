import { useMutation } from '@tanstack/react-query';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { requestPasswordReset } from './session.ts';

/** Asks for a link to choose a new password. */
export function ForgottenPassword({ onBack }: { onBack: () => void }) {
  const ask = useMutation({ mutationFn: requestPasswordReset });
  const back = (
    <button type="button" className="button button-quiet" onClick={onBack}>
      Back to sign-in
    </button>
  );
  return (
    <>
      <h2>A new password</h2>
      {ask.isSuccess ? (
        <>
          <Notice tone="info">
            If there is an account with this address, a link is on its way to it. It is good for a short time and once.
          </Notice>
          <div className="buttons">{back}</div>
        </>
      ) : (
        <ActionForm
          action="Send me a link"
          isBusy={ask.isPending}
          error={ask.error}
          onSubmit={(text) => ask.mutate(text('email'))}
          aside={back}
        >
          <Field name="email" label="E-mail" type="email" autoComplete="username" maxLength={254} />
        </ActionForm>
      )}
    </>
  );
}
