import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import { apiKeyTokensExpireAt } from '../domain/apiKey.ts';
import type { ApiKeyStore } from '../ports/apiKeyStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import { audited } from './audited.ts';
import { sessionRevoked } from './sessionRevoked.ts';

export type RevokeApiKey = ReturnType<typeof createRevokeApiKey>;

/**
 * Revokes a key of the signed-in person; access tokens that it was exchanged for are refused like those of a session that ended.
 * @throws ProblemError `auth.api-key-not-found`, also for somebody else's key
 */
export function createRevokeApiKey(options: {
  readonly apiKeys: Pick<ApiKeyStore, 'revoke'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { apiKeys, auditTrail, clock } = options;
  return ({ userId }: SignedInUser, keyId: string): Promise<void> =>
    audited({ auditTrail, action: 'auth.revoke-api-key', input: {} }, async (attempt) => {
      attempt.isAbout({ type: 'api-key', id: keyId });
      const now = clock.now();
      const session = { userId, sessionId: keyId };
      const isRevokedNow = await apiKeys.revoke({
        keyId,
        userId,
        now,
        // Denials are kept by every service, and a key costs its maker nothing: one is made only where a token may be about, and for its life.
        eventsFor: (lastUsedAt) => {
          const expireAt = lastUsedAt && apiKeyTokensExpireAt(lastUsedAt);
          const denials = expireAt && expireAt > now ? [sessionRevoked({ session, now, expireAt })] : [];
          return [...denials, attempt.succeeded()];
        },
      });
      if (!isRevokedNow) throw new ProblemError('auth.api-key-not-found');
    });
}
