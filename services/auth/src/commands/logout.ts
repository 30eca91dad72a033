import type { Clock, SignedInUser } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { SessionStore } from '../ports/sessionStore.ts';
import { audited } from './audited.ts';
import { sessionRevoked } from './sessionRevoked.ts';

export type Logout = ReturnType<typeof createLogout>;

/** Ends the session of the access token. To end it a second time changes nothing and is no error. */
export function createLogout(options: {
  readonly sessions: Pick<SessionStore, 'revoke'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { sessions, auditTrail, clock } = options;
  return ({ userId, sessionId }: SignedInUser): Promise<void> =>
    audited({ auditTrail, action: 'auth.logout', input: {} }, async (attempt) => {
      const now = clock.now();
      const session = { userId, sessionId };
      const event = attempt.succeeded(session);
      const isRevokedNow = await sessions.revoke({ session, now, events: [sessionRevoked({ session, now }), event] });
      if (!isRevokedNow) await auditTrail.record([event]);
    });
}
