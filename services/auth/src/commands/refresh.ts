import type { refreshCommandSchema, TokenGrant } from '@todo-chatbot/contracts';
import { type Clock, newAuditEvent, ProblemError, prepareAuditBox } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { judgeReplay, refreshTokenExpiresAt } from '../domain/session.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { SessionClient, SessionOwner, SessionStore, SessionWithAccount } from '../ports/sessionStore.ts';
import type { RefreshTokens } from '../ports/tokens.ts';
import { type Attempt, audited } from './audited.ts';
import { sessionRevoked } from './sessionRevoked.ts';
import type { GrantTokens } from './tokenGrant.ts';

export type Refresh = ReturnType<typeof createRefresh>;

interface Continuation {
  readonly found: SessionWithAccount;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
}

/**
 * Rotates a refresh token (AUTH-3). A used one gives the newest token of its chain to a tab that lost the race, and ends
 * the whole session when anybody else, or anybody later, comes with it.
 */
export function createRefresh(options: {
  readonly sessions: Pick<SessionStore, 'rotate' | 'findUsed' | 'revoke' | 'findWithAccount'>;
  readonly grantTokens: GrantTokens;
  readonly refreshTokens: RefreshTokens;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { sessions, grantTokens, refreshTokens, auditTrail, clock } = options;

  async function rotate(
    token: string,
    client: string,
    from: SessionClient,
    now: Date,
    attempt: Attempt,
  ): Promise<Continuation | null> {
    const successor = refreshTokens.successorOf(token);
    const expiresAt = refreshTokenExpiresAt(now);
    const found = await sessions.rotate({
      tokenHash: refreshTokens.hash(token),
      successor: { hash: refreshTokens.hash(successor), expiresAt },
      client,
      from,
      now,
      eventsFor: (owner) => [attempt.succeeded(owner)],
    });
    return found && { found, refreshToken: successor, refreshExpiresAt: expiresAt };
  }

  async function replay(token: string, client: string, now: Date, attempt: Attempt): Promise<Continuation | null> {
    const used = await sessions.findUsed(refreshTokens.hash(token));
    if (!used) return null;
    attempt.isAbout({ type: 'session', id: used.sessionId });
    await prepareAuditBox(used.userId);
    const verdict = judgeReplay({ chain: used.chain, client, now });
    if (verdict.kind === 'replay') {
      await revokeFamily(used, now);
      return null;
    }
    const found = await sessions.findWithAccount(used.sessionId);
    if (!found) return null;
    await auditTrail.record([attempt.succeeded(used)]);
    let newest = token;
    for (let rotation = 0; rotation < verdict.rotations; rotation += 1) newest = refreshTokens.successorOf(newest);
    return { found, refreshToken: newest, refreshExpiresAt: verdict.expiresAt };
  }

  async function revokeFamily(session: SessionOwner, now: Date): Promise<void> {
    const alarm = newAuditEvent({
      action: 'auth.revoke-session',
      category: 'security',
      success: true,
      // About the account, so that its owner finds it in their own trail.
      object: { type: 'user', id: session.userId },
      input: { sessionId: session.sessionId },
      reason: 'refresh-token-replayed',
      retentionClass: 'security',
    });
    const events = [sessionRevoked({ session, now }), alarm];
    // A thief who has the session's cookie may have that of the device as well.
    await sessions.revoke({ session, forgetsDevice: true, now, events });
  }

  return (
    { refreshToken, deviceToken }: z.infer<typeof refreshCommandSchema>,
    from: SessionClient,
  ): Promise<TokenGrant> =>
    audited({ auditTrail, action: 'auth.refresh', input: {} }, async (attempt) => {
      const now = clock.now();
      const client = refreshTokens.clientOf({ userAgent: from.userAgent, deviceToken });
      const continuation =
        (await rotate(refreshToken, client, from, now, attempt)) ?? (await replay(refreshToken, client, now, attempt));
      if (!continuation) throw new ProblemError('auth.refresh-invalid');
      const { found, refreshToken: newest, refreshExpiresAt } = continuation;
      const { session, record, ...proof } = found;
      return grantTokens({
        record,
        sessionId: session.sessionId,
        proof,
        refreshToken: newest,
        refreshExpiresAt,
        now,
      });
    });
}
