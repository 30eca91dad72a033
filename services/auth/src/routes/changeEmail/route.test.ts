import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { accountSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { startAuthOnNewDatabase, takeEventNames, uniqueEmail } from '../../testing/harness.ts';
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

const minuteMs = 60_000;

function change(token: string, email: string) {
  return world.auth.call('POST', '/v1/email/change', { token, body: { email } });
}

function confirm(token: string) {
  return world.auth.call('POST', '/v1/email/confirm', { body: { token } });
}

async function emailOf(token: string): Promise<{ email: string; emailVerified: boolean }> {
  const { email, emailVerified } = accountSchema.parse((await world.auth.call('GET', '/v1/account', { token })).body);
  return { email, emailVerified };
}

test('202: the address changes when the link that went there is opened; the earlier one is told both times (AUTH-13)', async () => {
  const { account, accessToken } = await world.auth.signUp();
  const email = uniqueEmail();

  const answer = await change(accessToken, email);

  assert.deepEqual([answer.status, answer.text], [202, '']);
  const token = await mailbox.tokenTo(email);
  assert.equal((await emailOf(accessToken)).email, account.email);
  assert.equal((await confirm(token)).status, 204);
  assert.deepEqual(await emailOf(accessToken), { email, emailVerified: true });
  assert.deepEqual((await mailbox.subjectsTo(account.email)).slice(1), [
    'A new e-mail address was asked for',
    'Your e-mail address was changed',
  ]);
  assert.equal((await world.auth.login(email)).status, 200);
  assert.equal((await world.auth.login(account.email)).status, 401);
});

test('AUTH-14: request and confirmation are audit events, the address masked', async () => {
  const { accessToken } = await world.auth.signUp();
  const email = uniqueEmail();
  await takeEventNames(world.database);

  await change(accessToken, email);
  await confirm(await mailbox.tokenTo(email));

  assert.deepEqual(await takeEventNames(world.database), [
    'auth.request-email-change: success',
    'auth.confirm-email: success',
  ]);
});

test('attack: an address is asked for to see whether it has an account: same answer, and its owner is told (AUTH-6)', async () => {
  const [asker, owner] = [await world.auth.signUp(), await world.auth.signUp()];

  const taken = await change(asker.accessToken, owner.account.email);
  const free = await change(asker.accessToken, uniqueEmail());

  assert.deepEqual([taken.status, taken.text], [free.status, free.text]);
  assert.equal((await mailbox.subjectsTo(owner.account.email)).at(-1), 'Your e-mail address is in use already');
});

test('attack: an address is taken between the request and the link: the link is worth nothing, and nothing tells why (AUTH-6)', async () => {
  const { account, accessToken } = await world.auth.signUp();
  const email = uniqueEmail();
  await change(accessToken, email);
  const token = await mailbox.tokenTo(email);
  await world.auth.register({ email });

  assert.equal(codeOf(await confirm(token)), 'auth.link-invalid');
  assert.equal((await emailOf(accessToken)).email, account.email);
});

test('attack: two accounts are moved to one address at once: one gets it (AUTH-13)', async () => {
  const people = [await world.auth.signUp(), await world.auth.signUp()];
  const email = uniqueEmail();
  const tokens: string[] = [];
  for (const { accessToken } of people) {
    await change(accessToken, email);
    tokens.push(await mailbox.tokenTo(email));
  }

  const answers = await Promise.all(tokens.map(confirm));

  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 400]);
});

test('attack: twenty requests come with one link at once: exactly one is taken (AUTH-13)', async () => {
  const { accessToken } = await world.auth.signUp();
  const email = uniqueEmail();
  await change(accessToken, email);
  const token = await mailbox.tokenTo(email);

  const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(token)));

  assert.equal(answers.filter(({ status }) => status === 204).length, 1);
});

test('attack: links that went to the earlier address still open the account: they do not (AUTH-13)', async () => {
  const { account, accessToken } = await world.auth.signUp();
  const verification = await mailbox.tokenTo(account.email);
  await world.auth.call('POST', '/v1/password/reset-request', { body: { email: account.email } });
  const reset = await mailbox.tokenTo(account.email);
  const email = uniqueEmail();
  await change(accessToken, email);
  await confirm(await mailbox.tokenTo(email));

  assert.equal((await confirm(verification)).status, 400);
  const answer = await world.auth.call('POST', '/v1/password/reset', {
    body: { token: reset, newPassword: 'Thiefs-Choice-1' },
  });
  assert.equal(codeOf(answer), 'auth.link-invalid');
});

test('attack: a link to another address is opened after its hour: refused (AUTH-13)', async () => {
  const { accessToken } = await world.auth.signUp();
  const email = uniqueEmail();
  await change(accessToken, email);
  const token = await mailbox.tokenTo(email);

  world.auth.clock.advance(60 * minuteMs + 1);

  assert.equal((await confirm(token)).status, 400);
});

test('attack: somebody with an account floods strangers: five in an hour, to one address or to many (AUTH-13)', async () => {
  const { accessToken } = await world.auth.signUp();
  const strangers = Array.from({ length: 12 }, uniqueEmail);

  for (const stranger of strangers) assert.equal((await change(accessToken, stranger)).status, 202);

  await mailbox.deliverAll();
  assert.equal(mailbox.delivered.filter(({ to }) => strangers.includes(to)).length, 5);
});

test('attack: many accounts flood one stranger: five in an hour (AUTH-13)', async () => {
  const stranger = uniqueEmail();
  for (let count = 0; count < 8; count += 1) await change((await world.auth.signUp()).accessToken, stranger);

  assert.equal((await mailbox.mailsTo(stranger)).length, 5);
});

test('attack: a stolen session changes the address: not without a proof of the last ten minutes (AUTH-8)', async () => {
  const { accessToken } = await world.auth.signUp();

  world.auth.clock.advance(10 * minuteMs + 1);

  assert.equal(codeOf(await change(accessToken, uniqueEmail())), 'auth.step-up-required');
});

test('400: the address that the account has already', async () => {
  const { account, accessToken } = await world.auth.signUp();

  assert.equal(codeOf(await change(accessToken, account.email.toUpperCase())), 'request.invalid');
});

test('403: any caller but the gateway', async () => {
  const { accessToken } = await world.auth.signUp();

  const answer = await world.auth.call('POST', '/v1/email/change', { caller: 'task', token: accessToken, body: {} });

  assert.equal(answer.status, 403);
});
