import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';
import { openMailbox } from '../../testing/mailbox.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
let mailbox: Awaited<ReturnType<typeof openMailbox>>;
before(async () => {
  world = await startAuthOnNewDatabase();
  mailbox = await openMailbox({ database: world.database, clock: world.auth.clock });
});
after(async () => {
  await mailbox.close();
  await world.close();
});
beforeEach(() => takeEventNames(world.database));

function ask(token: string) {
  return world.auth.call('POST', '/v1/email/verification', { token });
}

test('202: the link is mailed once more (AUTH-13, AUTH-14)', async () => {
  const { account, accessToken } = await world.auth.signUp();
  await takeEventNames(world.database);

  const answer = await ask(accessToken);

  assert.deepEqual([answer.status, answer.text], [202, '']);
  assert.equal((await mailbox.mailsTo(account.email)).length, 2);
  assert.deepEqual(await takeEventNames(world.database), ['auth.request-verification: success']);
});

test('attack: somebody who registered a stranger’s address has it flooded: five more in an hour (AUTH-13)', async () => {
  const { account, accessToken } = await world.auth.signUp();

  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(accessToken)));

  assert.ok(answers.every(({ status }) => status === 202));
  assert.equal((await mailbox.mailsTo(account.email)).length, 6);
});

test('202: an address that is confirmed gets no mail', async () => {
  const { account, accessToken } = await world.auth.signUp();
  await world.auth.call('POST', '/v1/email/confirm', { body: { token: await mailbox.tokenTo(account.email) } });

  assert.equal((await ask(accessToken)).status, 202);

  assert.equal((await mailbox.mailsTo(account.email)).length, 1);
});

test('401: nobody signed in', async () => {
  assert.equal((await world.auth.call('POST', '/v1/email/verification')).status, 401);
});

test('403: any caller but the gateway', async () => {
  const { accessToken } = await world.auth.signUp();

  const answer = await world.auth.call('POST', '/v1/email/verification', { caller: 'task', token: accessToken });

  assert.equal(answer.status, 403);
});
