import { useMutation, useQuery } from '@tanstack/react-query';
import { type ErasureStatus, erasureStatusSchema } from '@todo-chatbot/contracts';
import { fetchJson, send } from '../api/client.ts';
import { ToApp } from '../links/ToApp.tsx';
import { Entrance } from '../session/Entrance.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { saveFile } from '../ui/saveFile.ts';
import { momentText } from '../ui/time.ts';
import './erasure.css';
import type { OpenedErasure } from './openedErasure.ts';

/** A service that is up replies within seconds. */
const refreshMs = 3_000;

/** How far the erasure of somebody is, for whoever has the link: there is no account any more to sign in to (PRIV-4). */
export function ErasurePage({ erasure: { id, token } }: { erasure: OpenedErasure }) {
  return (
    <Entrance label="Erasure">
      <h2>The erasure of your data</h2>
      {token === null ? (
        <Notice tone="error">This link is not whole. Open it once more from your mail.</Notice>
      ) : (
        <Progress id={id} token={token} />
      )}
      <ToApp />
    </Entrance>
  );
}

function Progress({ id, token }: { id: string; token: string }) {
  const headers = { 'x-erasure-token': token };
  const status = useQuery({
    queryKey: ['erasure', id],
    queryFn: () => fetchJson(erasureStatusSchema, 'GET', `/privacy/erasures/${id}`, { headers }),
    refetchInterval: ({ state }) => (state.data?.state === 'complete' ? false : refreshMs),
  });
  if (status.isPending) return <p role="status">Loading…</p>;
  if (status.data === undefined) return <Notice tone="error">{status.error?.message}</Notice>;
  return (
    <div className="erasure">
      <Notice tone="info">{summaryOf(status.data)}</Notice>
      <ul className="rows" aria-label="Services">
        {status.data.services.map(({ service, erasedAt }) => (
          <li key={service} className="erasure-service">
            <span>{service}</span>
            <span className={erasedAt === null ? 'badge' : 'badge badge-good'}>
              {erasedAt === null ? 'Waiting' : `Erased ${momentText(erasedAt)}`}
            </span>
          </li>
        ))}
      </ul>
      {status.data.state === 'complete' ? (
        <Certificate status={status.data} headers={headers} />
      ) : (
        <>
          <p className="hint">Keep the link to this page: it cannot be sent again.</p>
          <CopyButton text={location.href} />
        </>
      )}
    </div>
  );
}

function summaryOf({ state, deadlineAt, completedAt }: ErasureStatus): string {
  switch (state) {
    case 'held':
      return 'Your account is closed. The law forbids us for now to erase its data; the erasure begins as soon as it may.';
    case 'under-way':
      return `Your account is closed, and your data are being erased, by ${deadlineAt === null ? 'soon' : momentText(deadlineAt)} at the latest.`;
    case 'complete':
      return `Everything was erased, and your key destroyed, on ${completedAt === null ? '' : momentText(completedAt)}.`;
  }
}

/** What stays provable for ever: what each service said, and the place of it in the public log. */
function Certificate({ status, headers }: { status: ErasureStatus; headers: Record<string, string> }) {
  const proof = useMutation({
    mutationFn: async () => {
      const response = await send('GET', `/privacy/erasures/${status.id}/proof-file`, {
        headers,
        accept: 'text/plain',
      });
      saveFile('erasure.tlog-proof', 'text/plain', await response.text());
    },
  });
  return (
    <>
      <p className="hint">
        The certificate says what each service erased and when. The proof shows that it is in the public audit log;
        anybody can check it with the command audit:verify.
      </p>
      <div className="buttons">
        <button
          type="button"
          className="button"
          onClick={() => saveFile('erasure.json', 'application/json', JSON.stringify(status, null, 2))}
        >
          Save the certificate
        </button>
        <button type="button" className="button" onClick={() => proof.mutate()} disabled={proof.isPending}>
          {proof.isPending ? 'One moment…' : 'Save its proof'}
        </button>
      </div>
      {proof.isError && <Notice tone="error">The proof is not published yet. Try again in a minute.</Notice>}
    </>
  );
}
