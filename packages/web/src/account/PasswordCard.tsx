import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '../api/client.ts';
import { checkedPassword, passwordHint } from '../session/password.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Card } from './Card.tsx';
import { sessionsKey } from './sessions.ts';

/** Changes the password; all other sessions end with the old one (AUTH-9). */
export function PasswordCard() {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: async (passwords: { currentPassword: string; newPassword: string }) => {
      checkedPassword(passwords.newPassword);
      await send('PUT', '/auth/password', { body: passwords });
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsKey }),
  });
  return (
    <Card title="Password">
      <ActionForm
        action="Change password"
        isBusy={change.isPending}
        error={change.error}
        onSubmit={(text, form) =>
          change.mutate(
            { currentPassword: text('currentPassword'), newPassword: text('newPassword') },
            { onSuccess: () => form.reset() },
          )
        }
      >
        <Field
          name="currentPassword"
          label="Current password"
          type="password"
          autoComplete="current-password"
          maxLength={200}
        />
        <Field
          name="newPassword"
          label="New password"
          type="password"
          autoComplete="new-password"
          maxLength={200}
          hint={passwordHint}
        />
        {change.isSuccess && <Notice tone="info">Your password is changed, and all other sessions have ended.</Notice>}
      </ActionForm>
    </Card>
  );
}
