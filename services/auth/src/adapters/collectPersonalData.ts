import type { CollectPersonalData, PersonalRecord } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { AccountStore } from '../ports/accountStore.ts';
import type { SecondFactorReader } from '../ports/secondFactorStores.ts';

/** Rows in memory at a time. */
const pageSize = 200;

/** Reads the rows of one kind after an id, in the order of their ids, at most {@link pageSize}. */
type ReadPage<R extends { readonly id: string }> = (page: {
  readonly where: { readonly userId: string; readonly id: { readonly gt: string } };
  readonly orderBy: { readonly id: 'asc' };
  readonly take: number;
}) => Promise<readonly R[]>;

/**
 * What `auth` holds of a person, for their export (PRIV-3): the account, the ways to sign in by name and time, sessions, devices, API keys
 * and exports. No password, secret, token, code or key, and no hash of one.
 */
export function createCollectPersonalData(options: {
  readonly prisma: Pick<PrismaClient, 'session' | 'device' | 'apiKey' | 'export'>;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly secondFactors: SecondFactorReader;
}): CollectPersonalData {
  const { prisma, accounts, secondFactors } = options;
  return async function* (userId): AsyncGenerator<PersonalRecord> {
    const found = await accounts.find(userId);
    if (found) yield recordOf('account', { ...found.account, status: found.status });
    const { totpEnabledAt, recoveryCodesLeft, passkeys } = await secondFactors.find(userId);
    if (totpEnabledAt) yield recordOf('authenticator-app', { enabledAt: totpEnabledAt });
    if (recoveryCodesLeft > 0) yield recordOf('recovery-codes', { left: recoveryCodesLeft });
    for (const { id, name, isBackedUp, createdAt, lastUsedAt } of passkeys) {
      yield recordOf('passkey', { id, name, isBackedUp, createdAt, lastUsedAt });
    }
    for await (const { deviceId, id, createdAt, lastUsedAt, revokedAt, methods, userAgent, address } of pagesOf(
      userId,
      (page) => prisma.session.findMany(page),
    )) {
      yield recordOf('session', {
        id,
        createdAt,
        lastUsedAt,
        endedAt: revokedAt,
        methods,
        userAgent,
        address,
        deviceId,
      });
    }
    for await (const { id, createdAt, lastUsedAt } of pagesOf(userId, (page) => prisma.device.findMany(page))) {
      yield recordOf('device', { id, createdAt, lastUsedAt });
    }
    for await (const { id, name, hint, scopes, createdAt, expiresAt, revokedAt, lastUsedAt } of pagesOf(
      userId,
      (page) => prisma.apiKey.findMany(page),
    )) {
      yield recordOf('api-key', { id, name, hint, scopes, createdAt, expiresAt, revokedAt, lastUsedAt });
    }
    for await (const { id, state, requestedAt, endedAt, expiresAt } of pagesOf(userId, (page) =>
      prisma.export.findMany(page),
    )) {
      yield recordOf('export', { id, state, requestedAt, endedAt, expiresAt });
    }
  };
}

/** Moments become ISO 8601 when the record is written as JSON. */
function recordOf(kind: string, record: PersonalRecord['record']): PersonalRecord {
  return { kind, record };
}

async function* pagesOf<R extends { readonly id: string }>(userId: string, read: ReadPage<R>): AsyncGenerator<R> {
  for (let after = ''; ; ) {
    const rows = await read({ where: { userId, id: { gt: after } }, orderBy: { id: 'asc' }, take: pageSize });
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    after = last.id;
  }
}
