import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { destroyErasedKeys } from '../src/backup/destroyErasedKeys.ts';

const masterKeyId = '0123456789abcdef';
let audit: TestDatabase;
let auth: TestDatabase;
before(async () => {
  [audit, auth] = await Promise.all([startTestDatabase({ service: 'audit' }), startTestDatabase({ service: 'auth' })]);
});
after(() => Promise.all([audit.close(), auth.close()]));

/** A body of the log, as far as it matters here. */
async function certify(index: number, userId: string, more: { action?: string; service?: string; success?: boolean }) {
  const { action = 'privacy.complete-erasure', service = 'auth', success = true } = more;
  await audit.ownerPool.query(
    `INSERT INTO body (index, body, time, service, category, action, success, retention_class)
     VALUES ($1, $2, now(), $3, 'administration', $4, $5, 'administration')`,
    [index, Buffer.from(JSON.stringify({ event: { input: { userId } } })), service, action, success],
  );
}

it('attack: keys from before an erasure are restored: whose erasure is certified in the log gets no key back (PRIV-4)', async () => {
  const [erased, staying, failed, named] = [newId('user'), newId('user'), newId('user'), newId('user')];
  await auth.ownerPool.query("INSERT INTO master_keys VALUES ($1, 'active', now())", [masterKeyId]);
  for (const person of [erased, staying, failed, named]) {
    await auth.ownerPool.query("INSERT INTO data_keys VALUES ($1, '\\x01', $2, now())", [person, masterKeyId]);
  }
  await certify(0, erased, {});
  await certify(1, failed, { success: false });
  await certify(2, named, { service: 'task' });
  await certify(3, staying, { action: 'privacy.request-erasure' });
  const databases = { audit: audit.superuser, auth: auth.superuser };

  assert.equal(await destroyErasedKeys(databases), 1);
  assert.equal(await destroyErasedKeys(databases), 0, 'again');

  const left = await auth.ownerPool.query('SELECT person_id FROM data_keys');
  assert.deepEqual(new Set(left.rows.map((row) => row.person_id)), new Set([staying, failed, named]));
  const gone = await auth.ownerPool.query('SELECT person_id FROM destroyed_keys');
  assert.deepEqual(gone.rows, [{ person_id: erased }]);
});
