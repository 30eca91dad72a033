import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { passkeyCeremonySchema, passkeyLimit, passkeySchema } from '@todo-chatbot/contracts';
import { fetchJson, send } from '../api/client.ts';
import { browserSupportsWebAuthn, makePasskey } from '../session/webAuthn.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { dayText, momentText } from '../ui/time.ts';
import { Card } from './Card.tsx';
import { factorsKey, loadFactors } from './factors.ts';

async function addPasskey(name: string) {
  const { ticket, options } = await fetchJson(passkeyCeremonySchema, 'POST', '/auth/factors/passkey-options');
  const body = { ticket, name, response: await makePasskey(options) };
  return fetchJson(passkeySchema, 'POST', '/auth/factors/passkeys', { body });
}

/** Passkeys of the account (AUTH-8). */
export function PasskeysCard() {
  const factors = useQuery({ queryKey: factorsKey, queryFn: loadFactors });
  const queryClient = useQueryClient();
  const reload = () => queryClient.invalidateQueries({ queryKey: factorsKey });
  const add = useMutation({ mutationFn: addPasskey, onSuccess: reload });
  const remove = async (id: string) => {
    await send('DELETE', `/auth/factors/passkeys/${id}`);
    await reload();
  };
  const passkeys = factors.data?.passkeys ?? [];
  return (
    <Card title="Passkeys">
      <p className="hint">
        A passkey signs you in by itself, with the fingerprint, face or code that unlocks your device. No page but this
        one can ask for it.
      </p>
      {factors.isError && <Notice tone="error">{factors.error.message}</Notice>}
      <ul className="rows" aria-label="Passkeys">
        {passkeys.map(({ id, name, createdAt, lastUsedAt, isBackedUp }) => (
          <li key={id} className="row">
            <div className="row-text">
              <p className="row-title">{name}</p>
              <p className="hint">
                Added {dayText(createdAt)},{' '}
                {lastUsedAt === null ? 'not used yet' : `last used ${momentText(lastUsedAt)}`}
                {isBackedUp ? ', synchronised' : ', on one device only'}
              </p>
            </div>
            <ConfirmButton label="Remove" about={`passkey ${name}`} act={() => remove(id)}>
              “{name}” will no longer sign you in.
            </ConfirmButton>
          </li>
        ))}
      </ul>
      {!browserSupportsWebAuthn() && <p className="hint">This browser knows no passkeys.</p>}
      {browserSupportsWebAuthn() && passkeys.length < passkeyLimit && (
        <ActionForm
          action="Add a passkey"
          isBusy={add.isPending}
          error={add.error}
          onSubmit={(text, form) => add.mutate(text('passkeyName'), { onSuccess: () => form.reset() })}
        >
          <Field
            name="passkeyName"
            label="Name of the passkey"
            maxLength={50}
            hint="So that you know it again, such as “my phone”."
          />
        </ActionForm>
      )}
    </Card>
  );
}
