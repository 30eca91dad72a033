import { useMutation } from '@tanstack/react-query';
import { send } from '../api/client.ts';
import { checkedPassword, passwordHint } from '../session/password.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ToApp } from './ToApp.tsx';

/** Chooses a new password by mailed link. */
export function ResetPassword({ token }: { token: string }) {
  const reset = useMutation({
    mutationFn: async (password: string) => {
      const body = { token, newPassword: checkedPassword(password) };
      await send('POST', '/auth/password/reset', { body });
    },
  });
  if (reset.isSuccess) {
    return (
      <>
        <Notice tone="info">Your new password is set. Every session has ended: sign in with it.</Notice>
        <ToApp />
      </>
    );
  }
  return (
    <ActionForm
      action="Set this password"
      isBusy={reset.isPending}
      error={reset.error}
      onSubmit={(text) => reset.mutate(text('newPassword'))}
    >
      <Field
        name="newPassword"
        label="New password"
        type="password"
        autoComplete="new-password"
        maxLength={200}
        hint={passwordHint}
      />
    </ActionForm>
  );
}
