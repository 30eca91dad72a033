import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type ApiKey,
  type ApiKeyScope,
  apiKeyMaximumDays,
  apiKeyScopes,
  apiKeysSchema,
  createdApiKeySchema,
} from '@todo-chatbot/contracts';
import { useState } from 'react';
import { fetchJson, send } from '../api/client.ts';
import { ActionForm } from '../ui/ActionForm.tsx';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { dayText, momentText } from '../ui/time.ts';
import { Card } from './Card.tsx';

const apiKeysKey = ['api-keys'] as const;
const loadKeys = async () => (await fetchJson(apiKeysSchema, 'GET', '/auth/api-keys')).items;

const scopeWords: Readonly<Record<ApiKeyScope, string>> = {
  'task.own.read': 'Read my tasks',
  'task.own.change': 'Change my tasks',
  'booking.own.read': 'Read my bookings',
  'booking.own.change': 'Book appointments',
  'chat.own.use': 'Talk to the assistant',
  'audit.own.read': 'Read my activity',
};

/** Keys for programs that act for the person (AUTH-12). */
export function ApiKeysCard() {
  const keys = useQuery({ queryKey: apiKeysKey, queryFn: loadKeys });
  const [isCreating, setIsCreating] = useState(false);
  const [created, setCreated] = useState<string>();
  const queryClient = useQueryClient();
  const reload = () => queryClient.invalidateQueries({ queryKey: apiKeysKey });
  const revoke = async (id: string) => {
    await send('DELETE', `/auth/api-keys/${id}`);
    await reload();
  };
  const take = (key: string) => {
    setIsCreating(false);
    setCreated(key);
    void reload();
  };
  return (
    <Card title="API keys">
      <p className="hint">For programs that act for you. A key may do what you allow it and nothing else.</p>
      {keys.isError && <Notice tone="error">{keys.error.message}</Notice>}
      <ul className="rows" aria-label="API keys">
        {keys.data?.map((apiKey) => (
          <KeyRow key={apiKey.id} apiKey={apiKey} onRevoke={() => revoke(apiKey.id)} />
        ))}
      </ul>
      {isCreating ? (
        <NewKey onCreated={take} onCancel={() => setIsCreating(false)} />
      ) : (
        <div className="buttons">
          <button type="button" className="button" onClick={() => setIsCreating(true)}>
            New API key
          </button>
        </div>
      )}
      {created !== undefined && (
        <Dialog title="Your new API key">
          <p>Copy it now: it is not shown again. Whoever has it can act for you, so treat it as a password.</p>
          <p className="secret">
            <code>{created}</code>
          </p>
          <div className="buttons">
            <button type="button" className="button button-main" onClick={() => setCreated(undefined)}>
              I have kept it
            </button>
            <CopyButton text={created} />
          </div>
        </Dialog>
      )}
    </Card>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => Promise<void> }) {
  const { name, hint, scopes, expiresAt, lastUsedAt } = apiKey;
  return (
    <li className="row">
      <div className="row-text">
        <p className="row-title">
          {name} <code className="hint">{hint}…</code>
        </p>
        <p className="hint">{scopes.map((scope) => scopeWords[scope]).join(', ')}</p>
        <p className="hint">
          Until {dayText(expiresAt)}, {lastUsedAt === null ? 'not used yet' : `last used ${momentText(lastUsedAt)}`}
        </p>
      </div>
      <ConfirmButton label="Revoke" about={`API key ${name}`} act={onRevoke}>
        Programs that use “{name}” will be refused at once.
      </ConfirmButton>
    </li>
  );
}

function NewKey({ onCreated, onCancel }: { onCreated: (key: string) => void; onCancel: () => void }) {
  const [scopes, setScopes] = useState<readonly ApiKeyScope[]>([]);
  const create = useMutation({
    mutationFn: async (details: { name: string; expiresInDays: number }) => {
      if (scopes.length === 0) throw new Error('Choose at least one thing that the key may do.');
      return fetchJson(createdApiKeySchema, 'POST', '/auth/api-keys', { body: { ...details, scopes } });
    },
    onSuccess: ({ key }) => onCreated(key),
  });
  const toggle = (scope: ApiKeyScope) => {
    create.reset();
    setScopes((chosen) => (chosen.includes(scope) ? chosen.filter((other) => other !== scope) : [...chosen, scope]));
  };
  return (
    <ActionForm
      action="Create the key"
      isBusy={create.isPending}
      error={create.error}
      onSubmit={(text) => create.mutate({ name: text('keyName'), expiresInDays: Number(text('expiresInDays')) })}
      aside={
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
      }
    >
      <Field name="keyName" label="Name of the key" maxLength={50} hint="What it is for, such as “calendar”." />
      <fieldset className="choices">
        <legend>What the key may do</legend>
        {apiKeyScopes.map((scope) => (
          <label key={scope} className="option">
            <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} />
            {scopeWords[scope]}
          </label>
        ))}
      </fieldset>
      <Field
        name="expiresInDays"
        label="Days until it expires"
        type="number"
        defaultValue="90"
        hint={`At most ${apiKeyMaximumDays}.`}
        min={1}
        max={apiKeyMaximumDays}
      />
    </ActionForm>
  );
}
