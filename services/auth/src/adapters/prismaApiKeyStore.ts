import { type ApiKey, apiKeyLimit, apiKeySchema, apiKeyScopes } from '@todo-chatbot/contracts';
import type { PersonBox, PersonBoxes } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PrismaClient, ApiKey as StoredApiKey } from '../../generated/prisma/client.ts';
import type { ApiKeyStore } from '../ports/apiKeyStore.ts';
import { isLockedWhileActive } from './activeAccount.ts';
import type { NoticeIn } from './noticesIn.ts';
import { recordEventsIn } from './recordEvents.ts';

const usedRowsSchema = z
  .array(
    z.strictObject({
      id: z.string(),
      user_id: z.string(),
      scopes: z.array(z.enum(apiKeyScopes)),
      expires_at: z.date(),
      access_version: z.int(),
    }),
  )
  .max(1);

/** API keys in PostgreSQL; their owner is told by mail of each new one. */
export function createPrismaApiKeyStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
  readonly noticeIn: NoticeIn;
}): ApiKeyStore {
  const { prisma, boxes, noticeIn } = options;
  return {
    async create({ userId, apiKey, keyHash, events }) {
      const box = await boxes.of(userId);
      return prisma.$transaction(async (transaction) => {
        // One after the other for one person, so that the count of the next statement is true until the end.
        if (!(await isLockedWhileActive(transaction, userId))) return 'not-active';
        const { id, hint, scopes, createdAt, expiresAt } = apiKey;
        const name = box.seal(apiKeyName(id), apiKey.name);
        const inserted = await transaction.$executeRaw`
          INSERT INTO api_keys (id, user_id, key_hash, hint, name, scopes, created_at, expires_at)
          SELECT ${id}, ${userId}, ${keyHash}, ${hint}, ${name}, ${scopes}, ${new Date(createdAt)}, ${new Date(expiresAt)}
          WHERE ${apiKeyLimit}::integer > (
            SELECT count(*) FROM api_keys
            WHERE user_id = ${userId} AND revoked_at IS NULL AND expires_at > ${new Date(createdAt)}
          )`;
        if (inserted === 0) return 'limit-reached';
        await recordEventsIn(transaction, events);
        await noticeIn(transaction, 'api-key-created', userId);
        return 'created';
      });
    },
    async list({ userId, now }) {
      const found = await prisma.apiKey.findMany({
        where: { userId, revokedAt: null, expiresAt: { gt: now } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: apiKeyLimit,
      });
      if (found.length === 0) return [];
      const box = await boxes.of(userId);
      return found.map((stored) => apiKeyOf(box, stored));
    },
    revoke: ({ keyId, userId, now, eventsFor }) =>
      prisma.$transaction(async (transaction) => {
        const [revoked] = await transaction.apiKey.updateManyAndReturn({
          where: { id: keyId, userId, revokedAt: null },
          data: { revokedAt: now },
          select: { lastUsedAt: true },
        });
        if (!revoked) return false;
        await recordEventsIn(transaction, eventsFor(revoked.lastUsedAt));
        return true;
      }),
    use: ({ keyHash, now, events }) =>
      prisma.$transaction(async (transaction) => {
        const rows = await transaction.$queryRaw`
          UPDATE api_keys SET last_used_at = ${now}
          FROM users
          WHERE api_keys.key_hash = ${keyHash} AND api_keys.revoked_at IS NULL AND api_keys.expires_at > ${now}
            AND users.id = api_keys.user_id AND users.status = 'active'
          RETURNING api_keys.id, api_keys.user_id, api_keys.scopes, api_keys.expires_at, users.access_version`;
        const [row] = usedRowsSchema.parse(rows);
        if (!row) return null;
        const owner = { keyId: row.id, userId: row.user_id };
        await recordEventsIn(transaction, events(owner));
        return { ...owner, scopes: row.scopes, expiresAt: row.expires_at, accessVersion: row.access_version };
      }),
    async find(keyHash) {
      const found = await prisma.apiKey.findUnique({ where: { keyHash }, select: { id: true, userId: true } });
      return found && { keyId: found.id, userId: found.userId };
    },
  };
}

/** Where the name of a key is sealed. */
export const apiKeyName = (id: string) => ({ field: 'api_keys.name', row: id });

function apiKeyOf(box: PersonBox, { id, name, hint, scopes, createdAt, expiresAt, lastUsedAt }: StoredApiKey): ApiKey {
  return apiKeySchema.parse({
    id,
    name: box.open(apiKeyName(id), name),
    hint,
    scopes,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  });
}
