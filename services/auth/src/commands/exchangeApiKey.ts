import type { AccessGrant } from '@todo-chatbot/contracts';
import { type Clock, ProblemError } from '@todo-chatbot/service-kit';
import { apiKeyTokenTtl, permissionsOfScopes, rolesOfApiKeys } from '../domain/apiKey.ts';
import type { ApiKeyOwner, ApiKeyStore } from '../ports/apiKeyStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { AccessTokenIssuer } from '../ports/tokens.ts';
import { audited } from './audited.ts';

export type ExchangeApiKey = ReturnType<typeof createExchangeApiKey>;

/**
 * A short access token for an API key, which is a session of its own. It carries the role `user` alone and is limited to the key's
 * scopes (AUTH-12).
 * @throws ProblemError `auth.token-invalid`, the same for a key that is unknown, revoked, expired, or whose owner is not active
 */
export function createExchangeApiKey(options: {
  readonly apiKeys: Pick<ApiKeyStore, 'use' | 'find'>;
  readonly accessTokens: Pick<AccessTokenIssuer, 'issue'>;
  readonly keyedHash: KeyedHash;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { apiKeys, accessTokens, keyedHash, auditTrail, clock } = options;
  return (key: string): Promise<AccessGrant> =>
    audited({ auditTrail, action: 'auth.exchange-api-key', input: {} }, async (attempt) => {
      const now = clock.now();
      const keyHash = keyedHash('api-key', key);
      const isAbout = ({ keyId }: ApiKeyOwner) => attempt.isAbout({ type: 'api-key', id: keyId });
      const used = await apiKeys.use({
        keyHash,
        now,
        events: (owner) => {
          isAbout(owner);
          return [attempt.succeeded({ userId: owner.userId, sessionId: owner.keyId })];
        },
      });
      if (!used) {
        const known = await apiKeys.find(keyHash);
        if (known) isAbout(known);
        throw new ProblemError('auth.token-invalid');
      }
      const ttlSeconds = apiKeyTokenTtl({ now, expiresAt: used.expiresAt });
      const accessToken = await accessTokens.issue(
        {
          userId: used.userId,
          sessionId: used.keyId,
          roles: [...rolesOfApiKeys],
          accessVersion: used.accessVersion,
          authenticatedAt: null,
          scopes: permissionsOfScopes(used.scopes),
        },
        { now, ttlSeconds },
      );
      return { accessToken, expiresIn: ttlSeconds, sessionId: used.keyId };
    });
}
