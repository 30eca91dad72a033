import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AuthenticationMethod, sessionSchema } from '@todo-chatbot/contracts';
import type { z } from 'zod';
import { send } from '../api/client.ts';
import { forgetPerson } from '../session/session.ts';
import { ConfirmButton } from '../ui/ConfirmButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { momentText } from '../ui/time.ts';
import { Card } from './Card.tsx';
import { clientName, loadSessions, sessionsKey } from './sessions.ts';

const methodWords: Readonly<Record<AuthenticationMethod, string>> = {
  password: 'password',
  totp: 'authenticator app',
  'recovery-code': 'recovery code',
  passkey: 'passkey',
};

/** Where the person is signed in; ends one session, all others, or all (AUTH-9). */
export function SessionsCard() {
  const sessions = useQuery({ queryKey: sessionsKey, queryFn: loadSessions });
  const queryClient = useQueryClient();
  const others = useMutation({
    mutationFn: () => send('DELETE', '/auth/sessions?which=others'),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsKey }),
  });
  const endAll = async () => {
    await send('DELETE', '/auth/sessions?which=all');
    forgetPerson(queryClient);
  };
  return (
    <Card title="Sessions">
      {sessions.isPending && <p role="status">Loading sessions…</p>}
      {sessions.isError && <Notice tone="error">{sessions.error.message}</Notice>}
      <ul className="rows" aria-label="Sessions">
        {sessions.data?.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {others.isError && <Notice tone="error">{others.error.message}</Notice>}
      {others.isSuccess && <Notice tone="info">All other sessions have ended.</Notice>}
      <div className="buttons">
        <button type="button" className="button" onClick={() => others.mutate()} disabled={others.isPending}>
          End all other sessions
        </button>
        <ConfirmButton label="End every session" act={endAll}>
          You will be signed out everywhere, here too.
        </ConfirmButton>
      </div>
    </Card>
  );
}

function SessionRow({ session }: { session: z.infer<typeof sessionSchema> }) {
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => send('DELETE', `/auth/sessions/${session.id}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsKey }),
  });
  const name = clientName(session.userAgent);
  return (
    <li className="row">
      <div className="row-text">
        <p className="row-title" title={session.userAgent ?? undefined}>
          {name} {session.isCurrent && <span className="badge badge-good">This session</span>}
        </p>
        <p className="hint">
          Last used {momentText(session.lastUsedAt)}
          {session.address !== null && ` from ${session.address}`}, signed in {momentText(session.createdAt)} with{' '}
          {session.methods.map((method) => methodWords[method]).join(' and ')}
        </p>
        {end.isError && <Notice tone="error">{end.error.message}</Notice>}
      </div>
      {!session.isCurrent && (
        <button type="button" className="button" onClick={() => end.mutate()} disabled={end.isPending}>
          End<span className="visually-hidden"> the session of {name}</span>
        </button>
      )}
    </li>
  );
}
