import { type AuthenticationMethod, authenticationMethodSchema, secondFactorMethods } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { FactorRemoval } from '../ports/secondFactorStores.ts';
import type { SessionOwner } from '../ports/sessionStore.ts';
import { isLockedWhileActive } from './activeAccount.ts';
import { recordEventsIn } from './recordEvents.ts';

type Transaction = Prisma.TransactionClient;

const methodRowsSchema = z.array(z.strictObject({ methods: z.array(authenticationMethodSchema) })).max(1);
const existsRowsSchema = z.tuple([z.strictObject({ exists: z.boolean() })]);
const versionRowsSchema = z.array(z.strictObject({ access_version: z.int() })).max(1);

/**
 * Makes changes of one person's factors come one after another: two removals at once would each see the other's factor, and neither
 * would be the last. Nothing is added to an account that is suspended or deleted at the same moment.
 * @throws ProblemError `auth.token-invalid` when the account is not active.
 */
export async function lockFactorsOf(tx: Transaction, userId: string): Promise<void> {
  if (!(await isLockedWhileActive(tx, userId))) throw new ProblemError('auth.token-invalid');
}

/** True when the person has a confirmed second factor. */
export async function hasSecondFactor(tx: Transaction, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw`
    SELECT EXISTS (SELECT FROM totp_factors WHERE user_id = ${userId} AND confirmed_at IS NOT NULL)
      OR EXISTS (SELECT FROM passkeys WHERE user_id = ${userId}) AS exists`;
  const [{ exists }] = existsRowsSchema.parse(rows);
  return exists;
}

/** Notes a proof in a session, and answers all its methods; null when the session has ended. */
export async function addSessionProof(
  tx: Transaction,
  proof: { readonly session: SessionOwner; readonly method: AuthenticationMethod; readonly now: Date },
): Promise<AuthenticationMethod[] | null> {
  const { session, method, now } = proof;
  const rows = await tx.$queryRaw`
    UPDATE sessions SET authenticated_at = ${now}, last_used_at = ${now},
      methods = CASE WHEN ${method} = ANY (methods) THEN methods ELSE array_append(methods, ${method}) END
    WHERE id = ${session.sessionId} AND user_id = ${session.userId} AND revoked_at IS NULL
    RETURNING methods`;
  const [row] = methodRowsSchema.parse(rows);
  return row?.methods ?? null;
}

/** Replaces the recovery codes of a person. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  codes: {
    readonly userId: string;
    readonly codeHashes: readonly Uint8Array<ArrayBuffer>[];
    readonly now: Date;
  },
): Promise<void> {
  const { userId, codeHashes, now } = codes;
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: codeHashes.map((codeHash) => ({ codeHash, userId, createdAt: now })) });
}

/**
 * The end of every removal. With the last factor go the recovery codes, which stand in for one, and what sessions had proved by it:
 * they carry no privileged role from then on, and access tokens that still say so are refused (AUTH-8, AUTH-11).
 */
export async function finishRemoval(tx: Transaction, removal: FactorRemoval): Promise<void> {
  const { userId, events } = removal;
  if (await hasSecondFactor(tx, userId)) {
    await recordEventsIn(tx, events);
    return;
  }
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.$executeRaw`
    UPDATE sessions
    SET methods = ARRAY(SELECT method FROM unnest(methods) AS method WHERE method <> ALL (${[...secondFactorMethods]}::text[]))
    WHERE user_id = ${userId} AND revoked_at IS NULL`;
  const version = await raiseVersionOfPrivileged(tx, userId);
  await recordEventsIn(tx, version === null ? events : [removal.accessChanged(version), ...events]);
}

/** The new access version; null for somebody who has the role `user` alone, which needs no second factor. */
async function raiseVersionOfPrivileged(tx: Transaction, userId: string): Promise<number | null> {
  const rows = await tx.$queryRaw`
    UPDATE users SET access_version = access_version + 1
    WHERE id = ${userId} AND roles <> ARRAY['user'] RETURNING access_version`;
  const [row] = versionRowsSchema.parse(rows);
  return row?.access_version ?? null;
}
