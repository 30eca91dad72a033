import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { auditEntries } from '@todo-chatbot/local-platform/testing';
import {
  goodPassword,
  grantOf,
  outboxEvents,
  startAuthOnNewDatabase,
  takeEventNames,
  uniqueEmail,
} from '../src/testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

/** What a person finds in their own trail, though it was not they who did it. */
async function actsOnAccount(userId: string): Promise<string[]> {
  return auditEntries(await outboxEvents(world.database))
    .filter(({ actor, object }) => actor.id !== userId && object?.type === 'user' && object.id === userId)
    .map(({ action, success }) => `${action}: ${success}`);
}

test('attack: whoever guesses a password is in the trail of the account, and so is the lock-out (AUD-5)', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });
  const { account } = grantOf(await world.auth.login(email, goodPassword));
  await takeEventNames(world.database);

  for (let attempt = 0; attempt < 5; attempt += 1) await world.auth.login(email, 'Wrong-Password-1', 'thief/1');

  const acts = await actsOnAccount(account.id);
  assert.deepEqual(acts, [...Array.from({ length: 5 }, () => 'auth.login: false'), 'auth.lock-out: true']);
});

test('attack: a session that a replayed token ended is in the trail of its owner (AUD-5, AUTH-3)', async () => {
  const first = await world.auth.signUp();
  await world.auth.refresh(first.refreshToken);
  world.auth.clock.advance(10_001);
  await takeEventNames(world.database);

  await world.auth.refresh(first.refreshToken, 'thief/1');

  assert.deepEqual(await actsOnAccount(first.account.id), ['auth.revoke-session: true']);
  const alarm = auditEntries(await outboxEvents(world.database)).find(({ action }) => action === 'auth.revoke-session');
  assert.deepEqual(alarm?.input, { sessionId: first.sessionId });
});
