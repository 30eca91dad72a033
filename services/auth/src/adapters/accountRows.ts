import { accountSchema, roleSchema } from '@todo-chatbot/contracts';
import type { PersonBox } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { Prisma } from '../../generated/prisma/client.ts';
import type { AccountRecord } from '../ports/accountStore.ts';
import type { OwnBoxes } from '../ports/dataKeys.ts';

/** Bytes of a raw answer, in memory of their own. */
export const bytesSchema = z.instanceof(Uint8Array).transform((bytes) => new Uint8Array(bytes));

/** What is read of an account in one statement, with the key that opens it: of `users` joined with `data_keys`. */
export const accountColumns = Prisma.sql`users.id, users.email, users.name, users.email_verified, users.roles, users.status,
  users.password_hash, users.access_version, users.created_at, data_keys.wrapped_key, data_keys.master_key_id`;
/** A row of {@link accountColumns}: nobody's who is deleted. */
export const accountRowSchema = z.object({
  id: z.string(),
  email: bytesSchema,
  name: bytesSchema,
  email_verified: z.boolean(),
  roles: z.array(roleSchema),
  status: z.enum(['active', 'suspended']),
  password_hash: z.string().nullable(),
  access_version: z.int(),
  created_at: z.date(),
  wrapped_key: bytesSchema,
  master_key_id: z.string(),
});
/** An account as it is stored. */
export type AccountRow = z.infer<typeof accountRowSchema>;
const accountRowsSchema = z.array(accountRowSchema).max(1);

/**
 * The account for which the condition holds. Null for nobody, for the tombstone of a deleted account, and for somebody whose key was
 * destroyed: a restored backup may bring such rows back.
 */
export async function findAccountRow(
  sql: Pick<Prisma.TransactionClient, '$queryRaw'>,
  condition: Prisma.Sql,
): Promise<AccountRow | null> {
  const rows = await sql.$queryRaw`
    SELECT ${accountColumns} FROM users JOIN data_keys ON data_keys.person_id = users.id
    WHERE users.status <> 'deleted' AND ${condition}`;
  return accountRowsSchema.parse(rows)[0] ?? null;
}

/** The account of a row. @throws SealBroken when it was tampered with */
export function openAccount(boxes: Pick<OwnBoxes, 'opened'>, row: AccountRow): AccountRecord {
  const box = boxes.opened({ personId: row.id, wrappedKey: row.wrapped_key, masterKeyId: row.master_key_id });
  const { id, email_verified: emailVerified, roles, created_at: createdAt } = row;
  const identity = openIdentity(box, row);
  return {
    account: accountSchema.parse({ id, ...identity, emailVerified, roles, createdAt: createdAt.toISOString() }),
    passwordHash: row.password_hash,
    status: row.status,
    accessVersion: row.access_version,
  };
}

/** Who somebody is, as their row of `users` holds it. */
export function sealIdentity(box: PersonBox, { email, name }: { readonly email: string; readonly name: string }) {
  return { email: sealEmail(box, email), name: box.seal({ field: 'users.name', row: box.personId }, name) };
}

/** An address for the row of its owner. */
export function sealEmail(box: PersonBox, email: string): Uint8Array<ArrayBuffer> {
  return box.seal({ field: 'users.email', row: box.personId }, email);
}

/** What {@link sealIdentity} sealed. @throws SealBroken */
export function openIdentity(box: PersonBox, row: { readonly email: Uint8Array; readonly name: Uint8Array }) {
  return { email: openEmail(box, row.email), name: box.open({ field: 'users.name', row: box.personId }, row.name) };
}

/** What {@link sealEmail} sealed. @throws SealBroken */
export function openEmail(box: PersonBox, sealed: Uint8Array): string {
  return box.open({ field: 'users.email', row: box.personId }, sealed);
}
