import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { goodPassword, startAuthOnNewDatabase } from '../src/testing/harness.ts';
import { openMailbox } from '../src/testing/mailbox.ts';
import { newPersonWithTotp } from '../src/testing/secondFactors.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

test('attack: an intruder changes the password, makes a key, adds or removes a factor: the owner is told by mail each time (AUTH-13)', async () => {
  const { auth, database } = world;
  const mailbox = await openMailbox({ database, clock: auth.clock });
  try {
    const { email, token } = await newPersonWithTotp(auth);
    const body = { name: 'a program', scopes: ['task.own.read'] };
    assert.equal((await auth.call('POST', '/v1/api-keys', { token, body })).status, 201);
    const change = { currentPassword: goodPassword, newPassword: 'Another-Horse-8' };
    assert.equal((await auth.call('PUT', '/v1/password', { token, body: change })).status, 204);
    assert.equal((await auth.call('DELETE', '/v1/factors/totp', { token })).status, 204);

    assert.deepEqual((await mailbox.subjectsTo(email)).toSorted(), [
      'An API key was made',
      'Confirm your e-mail address',
      'Your password was changed',
      'Your second factor was changed',
      'Your second factor was changed',
    ]);
  } finally {
    await mailbox.close();
  }
});
