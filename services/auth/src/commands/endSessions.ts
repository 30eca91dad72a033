import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { SessionStore, SessionsToEnd } from '../ports/sessionStore.ts';
import { accessChanged } from './accessChanged.ts';
import { audited } from './audited.ts';
import { sessionRevoked } from './sessionRevoked.ts';

export type EndSessions = ReturnType<typeof createEndSessions>;

/**
 * Ends one, all other, or all sessions of the person who asks (AUTH-9).
 * @throws ProblemError `auth.session-not-found`: there is none, it has ended, or it is somebody else's.
 */
export function createEndSessions(options: {
  readonly sessions: Pick<SessionStore, 'end'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { sessions, auditTrail, clock } = options;
  return ({ userId, sessionId }: SignedInUser, toEnd: SessionsToEnd): Promise<void> =>
    audited({ auditTrail, action: 'auth.end-sessions', input: { which: toEnd.which } }, async (attempt) => {
      attempt.isAbout(toEnd.which === 'one' ? { type: 'session', id: toEnd.sessionId } : { type: 'user', id: userId });
      const now = clock.now();
      const asking = { userId, sessionId };
      const isEnded = await sessions.end({
        asking,
        toEnd,
        now,
        eventsFor: (ended, accessVersion) => [
          ...ended.map((session) => sessionRevoked({ session, now })),
          ...(accessVersion === null ? [] : [accessChanged({ userId, minimumVersion: accessVersion, now })]),
          attempt.succeeded(asking),
        ],
      });
      if (!isEnded) throw new ProblemError('auth.session-not-found');
    });
}
