import type { CloudEvent } from '@todo-chatbot/contracts';
import { newEvent } from '@todo-chatbot/service-kit';
import { accessTokensExpireAt } from '../domain/session.ts';
import type { SessionOwner } from '../ports/sessionStore.ts';

/** The event that makes every service refuse the session's access tokens (AUTH-11). */
export function sessionRevoked(options: {
  readonly session: SessionOwner;
  readonly now: Date;
  /** When its last access token has expired, where that is not told by `now`. */
  readonly expireAt?: Date;
}): CloudEvent {
  const { userId, sessionId } = options.session;
  const expireAt = options.expireAt ?? accessTokensExpireAt(options.now);
  return newEvent({
    type: 'auth.session_revoked.v1',
    source: 'auth',
    subject: userId,
    data: { userId, sessionId, accessTokensExpireAt: expireAt.toISOString() },
  });
}
