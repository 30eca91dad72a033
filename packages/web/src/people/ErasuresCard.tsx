import { useInfiniteQuery } from '@tanstack/react-query';
import { type ErasureSummary, erasuresSchema } from '@todo-chatbot/contracts';
import { Card } from '../account/Card.tsx';
import { byCursor } from '../api/byCursor.ts';
import { fetchJson } from '../api/client.ts';
import { Notice } from '../ui/Notice.tsx';
import { ShowMore } from '../ui/ShowMore.tsx';
import { momentText } from '../ui/time.ts';

async function loadErasures(cursor: string | null) {
  const query = new URLSearchParams({ limit: '20' });
  if (cursor !== null) query.set('cursor', cursor);
  return fetchJson(erasuresSchema, 'GET', `/admin/erasures?${query}`);
}

/** Erasures of persons, newest first, and what they wait for (PRIV-4). */
export function ErasuresCard() {
  const erasures = useInfiniteQuery({
    queryKey: ['erasures'],
    queryFn: ({ pageParam }) => loadErasures(pageParam),
    ...byCursor,
  });
  const found = erasures.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title="Erasures">
      {erasures.isPending && <p role="status">Loading erasures…</p>}
      {erasures.isError && <Notice tone="error">{erasures.error.message}</Notice>}
      {erasures.isSuccess && found.length === 0 && <p className="hint">Nobody was erased yet.</p>}
      <ul className="rows" aria-label="Erasures">
        {found.map((erasure) => (
          <li key={erasure.id} className="row">
            <div className="row-text">
              <p className="row-title">
                {erasure.userId} <span className="badge">{stateWords[erasure.state]}</span>
                {erasure.isOverdue && erasure.completedAt === null && <span className="badge badge-bad">Overdue</span>}
              </p>
              <p className="hint">{detailsOf(erasure)}</p>
            </div>
          </li>
        ))}
      </ul>
      <ShowMore pages={erasures} />
    </Card>
  );
}

const stateWords = { held: 'On hold', 'under-way': 'Under way', complete: 'Complete' } as const;

function detailsOf({ requestedBy, requestedAt, deadlineAt, completedAt, waitingFor }: ErasureSummary): string {
  const asked = `Asked for by ${requestedBy === 'person' ? 'the person' : 'an administrator'}, ${momentText(requestedAt)}`;
  if (completedAt !== null) return `${asked}; complete ${momentText(completedAt)}`;
  if (deadlineAt === null) return `${asked}; waits for the end of the legal hold`;
  return `${asked}; due ${momentText(deadlineAt)}; waits for ${waitingFor.length === 0 ? 'its last step' : waitingFor.join(', ')}`;
}
