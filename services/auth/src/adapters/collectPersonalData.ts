import {
  type CollectPersonalData,
  inPages,
  type PersonalRecord,
  type PersonBox,
  type PersonBoxes,
} from '@todo-chatbot/service-kit';
import type { ApiKey, Consent, Device, Export, PrismaClient, Session } from '../../generated/prisma/client.ts';
import type { AccountStore } from '../ports/accountStore.ts';
import type { SecondFactorReader } from '../ports/secondFactorStores.ts';
import { openLinkEmail } from './emailLinkRows.ts';
import { apiKeyName } from './prismaApiKeyStore.ts';
import { openClient } from './prismaSessionStore.ts';

/** The rows of a person after another one, in the order of their ids. */
function pageAfter<I>(userId: string, after: { readonly id: I } | undefined, limit: number) {
  return { where: { userId, ...(after && { id: { gt: after.id } }) }, orderBy: { id: 'asc' as const }, take: limit };
}

/**
 * What `auth` holds of a person, for their export (PRIV-3): the account, the ways to sign in by name and time, sessions, devices, API keys,
 * mailed links that are open, consents and exports. No password, secret, token, code or key, and no hash of one.
 */
export function createCollectPersonalData(options: {
  readonly prisma: Pick<PrismaClient, 'session' | 'device' | 'apiKey' | 'emailLink' | 'consent' | 'export'>;
  /** Of what `auth` keeps. */
  readonly boxes: PersonBoxes;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly secondFactors: Pick<SecondFactorReader, 'list'>;
}): CollectPersonalData {
  const { prisma, boxes, accounts, secondFactors } = options;

  async function* account(userId: string): AsyncGenerator<PersonalRecord> {
    const found = await accounts.find(userId);
    if (found) yield recordOf('account', { ...found.account, status: found.status });
    const { totpEnabledAt, recoveryCodesLeft, passkeys } = await secondFactors.list(userId);
    if (totpEnabledAt) yield recordOf('authenticator-app', { enabledAt: totpEnabledAt });
    if (recoveryCodesLeft > 0) yield recordOf('recovery-codes', { left: recoveryCodesLeft });
    for (const { id, name, isBackedUp, createdAt, lastUsedAt } of passkeys) {
      yield recordOf('passkey', { id, name, isBackedUp, createdAt, lastUsedAt });
    }
  }

  async function* signIns(userId: string, box: PersonBox): AsyncGenerator<PersonalRecord> {
    for await (const session of inPages<Session>((after, limit) =>
      prisma.session.findMany(pageAfter(userId, after, limit)),
    )) {
      const { id, createdAt, lastUsedAt, revokedAt, methods, deviceId } = session;
      const client = openClient(box, id, session);
      yield recordOf('session', { id, createdAt, lastUsedAt, endedAt: revokedAt, methods, ...client, deviceId });
    }
    for await (const { id, createdAt, lastUsedAt } of inPages<Device>((after, limit) =>
      prisma.device.findMany(pageAfter(userId, after, limit)),
    )) {
      yield recordOf('device', { id, createdAt, lastUsedAt });
    }
    for await (const apiKey of inPages<ApiKey>((after, limit) =>
      prisma.apiKey.findMany(pageAfter(userId, after, limit)),
    )) {
      const { id, hint, scopes, createdAt, expiresAt, revokedAt, lastUsedAt } = apiKey;
      const name = box.open(apiKeyName(id), apiKey.name);
      yield recordOf('api-key', { id, name, hint, scopes, createdAt, expiresAt, revokedAt, lastUsedAt });
    }
    // Few at a time: mail allowances see to that.
    const links = await prisma.emailLink.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } });
    for (const { purpose, createdAt, expiresAt, ...link } of links) {
      yield recordOf('mailed-link', { purpose, email: openLinkEmail(box, link), createdAt, expiresAt });
    }
  }

  async function* privacy(userId: string): AsyncGenerator<PersonalRecord> {
    const consents = inPages<Consent>((after, limit) => prisma.consent.findMany(pageAfter(userId, after, limit)));
    for await (const { purpose, act, noticeVersion, at } of consents) {
      yield recordOf('consent', { purpose, act, noticeVersion, at });
    }
    for await (const one of inPages<Export>((after, limit) =>
      prisma.export.findMany(pageAfter(userId, after, limit)),
    )) {
      const { id, state, requestedAt, endedAt, expiresAt } = one;
      yield recordOf('export', { id, state, requestedAt, endedAt, expiresAt });
    }
  }

  return async function* (userId) {
    const box = await boxes.of(userId);
    yield* account(userId);
    yield* signIns(userId, box);
    yield* privacy(userId);
  };
}

/** Moments become ISO 8601 when the record is written as JSON. */
function recordOf(kind: string, record: PersonalRecord['record']): PersonalRecord {
  return { kind, record };
}
