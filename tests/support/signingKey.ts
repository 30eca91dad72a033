import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { PlatformState } from '@todo-chatbot/local-platform/testing';
import pg from 'pg';
import { z } from 'zod';
import { createSealer } from '../../packages/service-kit/src/security/sealer.ts';

const rowsSchema = z.tuple([z.object({ kid: z.string(), sealed: z.instanceof(Buffer) })]);

/** The key that a running platform signs with, unsealed: what a thief of the database and of the master key would have. */
export async function activeSigningKey(facts: PlatformState): Promise<{ kid: string; privateKey: KeyObject }> {
  const { databaseOwner, secrets } = facts.apps.auth;
  const sealer = createSealer(Buffer.from(secrets['auth-master-key']?.key ?? '', 'base64'));
  const client = new pg.Client(databaseOwner);
  await client.connect();
  try {
    const { rows } = await client.query(
      "SELECT kid, sealed_private_key AS sealed FROM signing_keys WHERE state = 'active'",
    );
    const [{ kid, sealed }] = rowsSchema.parse(rows);
    const key = Buffer.from(sealer.open(sealed, `signing-key ${kid}`));
    return { kid, privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }) };
  } finally {
    await client.end();
  }
}
