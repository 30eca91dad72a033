import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { PlatformState } from '@todo-chatbot/local-platform/testing';
import { createSealer, scopeKey } from '@todo-chatbot/service-kit';
import { decodeJwt, SignJWT } from 'jose';
import pg from 'pg';
import { z } from 'zod';

const rowsSchema = z.tuple([
  z.object({ kid: z.string(), sealed: z.instanceof(Buffer), wrapped: z.instanceof(Buffer) }),
]);

/** The key that a running platform signs with, unsealed: what a thief of the database and of the master key would have. */
export async function activeSigningKey(state: PlatformState): Promise<{ kid: string; privateKey: KeyObject }> {
  const { databaseOwner, secrets } = state.apps.auth;
  const masterKey = createSealer(Buffer.from(secrets['auth-master-key']?.key ?? '', 'base64'));
  const client = new pg.Client(databaseOwner);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT kid, sealed_private_key AS sealed, wrapped_key AS wrapped FROM signing_keys CROSS JOIN data_keys
       WHERE state = 'active' AND person_id = 'service:auth'`,
    );
    const [{ kid, sealed, wrapped }] = rowsSchema.parse(rows);
    const sealer = createSealer(scopeKey(masterKey.open(wrapped, 'data-key service:auth'), 'auth'));
    const key = Buffer.from(sealer.open(sealed, `signing-key ${kid}`));
    return { kid, privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }) };
  } finally {
    await client.end();
  }
}

/** Signs a token again with other claims, by the true key: for tokens that `auth` would never issue. */
export type SignAs = (token: string, changes: Readonly<Record<string, unknown>>) => Promise<string>;

/** {@link SignAs} for a running platform. */
export async function signAsAuth(state: PlatformState): Promise<SignAs> {
  const { kid, privateKey } = await activeSigningKey(state);
  return (token, changes) =>
    new SignJWT({ ...decodeJwt(token), ...changes })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid })
      .sign(privateKey);
}
