import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { accountSchema } from '@todo-chatbot/contracts';
import { codeOf, waitFor } from '@todo-chatbot/local-platform/testing';
import { grantOf, startAuthOnNewDatabase, takeEventNames, uniqueEmail } from '../../testing/harness.ts';
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

const dayMs = 24 * 3_600_000;

function confirm(token: string) {
  return world.auth.call('POST', '/v1/email/confirm', { body: { token } });
}

async function registered() {
  const email = uniqueEmail();
  const account = accountSchema.parse((await world.auth.register({ email })).body);
  return { email, account, token: await mailbox.tokenTo(email) };
}

async function isVerified(userId: string): Promise<unknown> {
  const { rows } = await world.database.ownerPool.query('SELECT email_verified FROM users WHERE id = $1', [userId]);
  return rows[0]?.email_verified;
}

test('204: the link of the registration confirms the address, for whoever opens it, in any browser (AUTH-13)', async () => {
  const { account, token } = await registered();
  await takeEventNames(world.database);

  const answer = await confirm(token);

  assert.equal(answer.status, 204);
  assert.equal(await isVerified(account.id), true);
  assert.deepEqual(await takeEventNames(world.database), ['auth.confirm-email: success']);
});

test('attack: a link is used a second time: refused, and recorded (AUTH-13, AUTH-14)', async () => {
  const { token } = await registered();
  await confirm(token);
  await takeEventNames(world.database);

  assert.equal(codeOf(await confirm(token)), 'auth.link-invalid');
  assert.deepEqual(await takeEventNames(world.database), ['auth.confirm-email: auth.link-invalid']);
});

test('attack: twenty requests come with one link at once: exactly one is taken (AUTH-13)', async () => {
  const { token } = await registered();

  const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(token)));

  assert.equal(answers.filter(({ status }) => status === 204).length, 1);
  assert.equal(answers.filter(({ status }) => status === 400).length, 19);
});

test('attack: a link is opened when its day is over: refused (AUTH-13)', async () => {
  const { account, token } = await registered();

  world.auth.clock.advance(dayMs + 1);

  assert.equal(codeOf(await confirm(token)), 'auth.link-invalid');
  assert.equal(await isVerified(account.id), false);
});

test('attack: tokens are guessed, or changed in one bit: refused, and the true one still works (AUTH-13)', async () => {
  const { token } = await registered();
  const bytes = Buffer.from(token, 'base64url');
  for (let byte = 0; byte < bytes.length; byte += 1) {
    const changed = Buffer.from(bytes);
    changed[byte] = (changed[byte] ?? 0) ^ 1;
    assert.equal((await confirm(changed.toString('base64url'))).status, 400);
  }

  assert.equal((await confirm(token)).status, 204);
});

test('attack: a link to verify is brought to choose a password: refused, and not used up (AUTH-13)', async () => {
  const { token } = await registered();

  const answer = await world.auth.call('POST', '/v1/password/reset', {
    body: { token, newPassword: 'Thiefs-Choice-1' },
  });

  assert.equal(codeOf(answer), 'auth.link-invalid');
  assert.equal((await confirm(token)).status, 204);
});

test('a newer link takes the place of the older one (AUTH-13)', async () => {
  const { email, token } = await registered();
  const { accessToken } = await signedIn(email);
  await world.auth.call('POST', '/v1/email/verification', { token: accessToken });
  const newer = await mailbox.tokenTo(email);

  assert.notEqual(newer, token);
  assert.equal((await confirm(token)).status, 400);
  assert.equal((await confirm(newer)).status, 204);
});

test('400: what is no token at all', async () => {
  for (const token of ['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}/`]) {
    assert.equal(codeOf(await confirm(token)), 'request.invalid');
  }
});

test('403: any caller but the gateway', async () => {
  const answer = await world.auth.call('POST', '/v1/email/confirm', { caller: 'audit', body: {} });

  assert.equal(answer.status, 403);
});

async function signedIn(email: string) {
  return grantOf(await world.auth.login(email));
}

for (const path of ['/v1/email/confirm', '/v1/password/reset']) {
  test(`a link is redeemed (${path}) while its person's links are replaced: one waits for the other, neither is refused`, async () => {
    const { email, account, token: verification } = await registered();
    await world.auth.call('POST', '/v1/password/reset-request', { body: { email } });
    const token = path === '/v1/email/confirm' ? verification : await mailbox.tokenTo(email);
    const body = path === '/v1/email/confirm' ? { token } : { token, newPassword: 'Owners-Choice-1' };
    const client = await world.database.ownerPool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [account.id]);
      const redeeming = world.auth.call('POST', path, { body });
      await waitFor('the redemption to wait for the person', async () => {
        const waiting = 'SELECT 1 FROM pg_locks WHERE NOT granted';
        return (await world.database.ownerPool.query(waiting)).rows.length > 0;
      });

      await client.query('DELETE FROM email_links WHERE user_id = $1', [account.id]);
      await client.query('COMMIT');

      assert.equal(codeOf(await redeeming), 'auth.link-invalid');
    } finally {
      client.release();
    }
  });
}
