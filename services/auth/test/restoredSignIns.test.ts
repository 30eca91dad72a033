import assert from 'node:assert/strict';
import test from 'node:test';
import { endSignIns } from '@todo-chatbot/local-platform/testing';
import { grantOf, startAuth, startAuthOnNewDatabase, uniqueEmail } from '../src/testing/harness.ts';

test('attack: a session that was revoked after the backup is not alive again by its restore, nor is any token; passwords are (DATA-3, AUTH-11)', async () => {
  const { database, auth, close } = await startAuthOnNewDatabase();
  const email = uniqueEmail();
  await auth.register({ email });
  const before = grantOf(await auth.login(email));

  await endSignIns(database.superuser);

  const restored = await startAuth(database, auth.clock);
  try {
    const refreshed = await restored.refresh(before.refreshToken);
    assert.equal(refreshed.status, 401);
    assert.equal((await restored.call('GET', '/v1/sessions', { token: before.accessToken })).status, 401);
    const after = grantOf(await restored.login(email));
    assert.equal((await restored.call('GET', '/v1/sessions', { token: after.accessToken })).status, 200);
  } finally {
    await restored.close();
    await close();
  }
});
