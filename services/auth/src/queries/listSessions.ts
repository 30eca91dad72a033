import type { sessionsSchema } from '@todo-chatbot/contracts';
import type { Clock, SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { SessionStore } from '../ports/sessionStore.ts';

export type ListSessions = ReturnType<typeof createListSessions>;

/** The live sessions of the person who asks, the last used first (AUTH-9). */
export function createListSessions(options: { readonly sessions: Pick<SessionStore, 'list'>; readonly clock: Clock }) {
  const { sessions, clock } = options;
  return async ({ userId, sessionId }: SignedInUser): Promise<z.input<typeof sessionsSchema>> => {
    const live = await sessions.list(userId, clock.now());
    return {
      items: live.map(({ createdAt, lastUsedAt, methods, ...session }) => ({
        ...session,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
        methods: [...methods],
        isCurrent: session.id === sessionId,
      })),
    };
  };
}
