import { type ApiKey, type createApiKeyRequestSchema, newId } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { apiKeyHintOf, createApiKeyText, mayGrant } from '../domain/apiKey.ts';
import type { ApiKeyStore } from '../ports/apiKeyStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import { audited } from './audited.ts';

export type CreateApiKey = ReturnType<typeof createCreateApiKey>;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Makes an API key of the signed-in person (AUTH-12). The key itself is in the answer and nowhere else.
 * @throws ProblemError `access.permission-denied` for a scope beyond the person's own roles, `auth.api-key-limit`
 */
export function createCreateApiKey(options: {
  readonly apiKeys: Pick<ApiKeyStore, 'create'>;
  readonly keyedHash: KeyedHash;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { apiKeys, keyedHash, auditTrail, clock } = options;
  return (
    { userId, roles }: SignedInUser,
    { name, scopes, expiresInDays }: z.output<typeof createApiKeyRequestSchema>,
  ): Promise<{ readonly apiKey: ApiKey; readonly key: string }> =>
    audited(
      { auditTrail, action: 'auth.create-api-key', input: { scopes: [...scopes], expiresInDays } },
      async (attempt) => {
        if (!mayGrant(scopes, roles)) throw new ProblemError('access.permission-denied');
        const now = clock.now();
        const key = createApiKeyText();
        const apiKey: ApiKey = {
          id: newId('apiKey'),
          name,
          hint: apiKeyHintOf(key),
          scopes: [...new Set(scopes)],
          createdAt: now.toISOString(),
          expiresAt: new Date(now.getTime() + expiresInDays * dayMs).toISOString(),
          lastUsedAt: null,
        };
        attempt.isAbout({ type: 'api-key', id: apiKey.id });
        const keyHash = keyedHash('api-key', key);
        const outcome = await apiKeys.create({ userId, apiKey, keyHash, events: [attempt.succeeded()] });
        if (outcome === 'not-active') throw new ProblemError('auth.token-invalid');
        if (outcome === 'limit-reached') throw new ProblemError('auth.api-key-limit');
        return { apiKey, key };
      },
    );
}
