import { type BegunErasure, newId } from '@todo-chatbot/contracts';
import { type InvokeRequest, ProblemError } from '@todo-chatbot/service-kit';

/** Stands for the erasures and legal holds of `auth`; every erasure has begun a moment ago. */
export function createFakeErasures() {
  const begun = new Map<string, BegunErasure>();
  const at = '2026-12-01T09:00:00.000Z';

  /** As `auth` does: an erasure is shown to whoever has its secret. */
  function statusOf({ path, headers }: InvokeRequest) {
    const erasure = begun.get(path.split('/').at(-1) ?? '');
    if (!erasure || headers?.['x-erasure-token'] !== erasure.token) throw new ProblemError('erasure.not-found');
    const { id, state, deadlineAt } = erasure;
    return { id, state, requestedAt: at, deadlineAt, completedAt: null, services: [], certificateId: null };
  }

  return {
    begun,
    answer(request: InvokeRequest, ownerOf: (request: InvokeRequest) => unknown): unknown {
      const { method, path } = request;
      if (method === 'GET' && path.startsWith('/v1/erasures/')) return statusOf(request);
      ownerOf(request);
      if (path === '/v1/erasures' && method === 'GET') return { items: [], nextCursor: null };
      if (path === '/v1/erasures') {
        const erasure: BegunErasure = {
          id: newId('erasure'),
          state: 'under-way',
          token: 'e'.repeat(43),
          deadlineAt: '2026-12-02T09:00:00.000Z',
        };
        begun.set(erasure.id, erasure);
        return erasure;
      }
      if (method === 'GET') throw new ProblemError('hold.not-found');
      const userId = path.split('/').at(-1);
      return method === 'DELETE' ? undefined : { userId, reason: 'case 4711', placedBy: userId, placedAt: at };
    },
  };
}
