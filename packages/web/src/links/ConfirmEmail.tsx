import { useMutation } from '@tanstack/react-query';
import { send } from '../api/client.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ToApp } from './ToApp.tsx';

/** Confirms an address. It waits for a click: programs that open mailed links to look for danger must not confirm anything. */
export function ConfirmEmail({ token }: { token: string }) {
  const confirm = useMutation({ mutationFn: () => send('POST', '/auth/email/confirm', { body: { token } }) });
  if (confirm.isSuccess) {
    return (
      <>
        <Notice tone="info">Your address is confirmed.</Notice>
        <ToApp />
      </>
    );
  }
  return (
    <ActionForm
      action="Confirm this address"
      isBusy={confirm.isPending}
      error={confirm.error}
      onSubmit={() => confirm.mutate()}
    >
      <p>You were sent this link to show that mail to this address reaches you.</p>
    </ActionForm>
  );
}
