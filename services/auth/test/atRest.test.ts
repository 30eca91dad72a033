import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import test, { after, before } from 'node:test';
import { accountSchema } from '@todo-chatbot/contracts';
import { Secret } from 'otpauth';
import { goodPassword, grantOf, startAuthOnNewDatabase, uniqueEmail } from '../src/testing/harness.ts';
import { openMailbox } from '../src/testing/mailbox.ts';
import { createKey } from '../src/testing/people.ts';
import {
  ceremony,
  enrolTotp,
  newPersonWithTotp,
  passPassword,
  passSecondFactor,
  siteOrigin,
} from '../src/testing/secondFactors.ts';
import { createSoftAuthenticator } from '../src/testing/softAuthenticator.ts';
import { tablesHolding } from '../src/testing/tablesHolding.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

test('attack: a thief of the whole database finds no password, no refresh token and no access token (AUTH-3, PRIV-6)', async () => {
  const email = uniqueEmail();
  const password = `Canary-${email.slice(7, 20)}-1A`;
  await world.auth.register({ email, password });
  await world.auth.login(email, `${password}-wrong`);
  const first = grantOf(await world.auth.login(email, password));
  const second = grantOf(await world.auth.refresh(first.refreshToken));
  await world.auth.refresh(first.refreshToken);
  const { ownerPool } = world.database;

  assert.ok((await tablesHolding(ownerPool, first.account.id)).includes('users'), 'the search finds what is there');
  for (const secret of [password, first.refreshToken, second.refreshToken, first.accessToken, second.accessToken]) {
    assert.deepEqual(await tablesHolding(ownerPool, secret), []);
  }
});

test('attack: a thief of the whole database finds nobody’s name, address, browser, network or label, in no spelling (DATA-2, PRIV-6)', async () => {
  const { auth, database } = world;
  const { ownerPool } = database;
  const mailbox = await openMailbox({ database, clock: auth.clock });
  const canary = randomBytes(6).toString('hex');
  const [email, nextEmail] = [`first-${canary}@example.com`, `second-${canary}@example.org`];
  const name = `Xenia Canary-${canary}`;
  const userAgent = `canary-browser/${canary}`;
  const address = `2001:db8:${canary.slice(0, 4)}::`;
  const [passkeyName, apiKeyName] = [`Laptop ${canary}`, `Program ${canary}`];
  const post = (path: string, body?: object, token?: string) =>
    auth.call('POST', path, { userAgent, address, ...(body && { body }), ...(token && { token }) });
  try {
    await post('/v1/register', { email, name, password: goodPassword });
    await post('/v1/register', { email, name, password: goodPassword });
    await post('/v1/login', { email, password: 'Wrong-Password-1' });
    const grant = grantOf(await post('/v1/login', { email, password: goodPassword }));
    const token = grant.accessToken;
    await post('/v1/refresh', { refreshToken: grant.refreshToken });
    await enrolTotp(auth, token);
    const authenticator = createSoftAuthenticator({ origin: siteOrigin });
    const { ticket, options } = await ceremony(auth, '/v1/factors/passkey-options', token);
    await post('/v1/factors/passkeys', { ticket, name: passkeyName, response: authenticator.register(options) }, token);
    await createKey(world, { accessToken: token }, { name: apiKeyName });
    await post('/v1/email/confirm', { token: await mailbox.tokenTo(email) });
    await post('/v1/password/reset-request', { email });
    await post('/v1/email/change', { email: nextEmail }, token);
    const change = await mailbox.tokenTo(nextEmail);
    // What is on its way out is the audit log's matter, and masked or sealed there (AUD-4).
    const searched = async (value: string) =>
      (await tablesHolding(ownerPool, value)).filter((table) => table !== 'outbox');
    const canaries = [email, nextEmail, name, userAgent, address, passkeyName, apiKeyName, canary];
    for (const value of canaries) assert.deepEqual(await searched(value), [], value);
    await post('/v1/email/confirm', { token: change });
    await post('/v1/email/change', { email }, token);
    for (const value of canaries) assert.deepEqual(await searched(value), [], value);

    const account = await auth.call('GET', '/v1/account', { token });
    assert.equal(accountSchema.parse(account.body).email, nextEmail, 'it was all there');
    for (const value of [email, nextEmail, name]) {
      assert.deepEqual(await tablesHolding(ownerPool, value), [], 'nor in an event');
    }
  } finally {
    await mailbox.close();
  }
});

test('the search of the whole database finds a value in each spelling', async () => {
  const { ownerPool } = world.database;
  const value = 'somebody@example.com';
  const around = (text: string) => ['', 'x', 'xy'].map((before) => Buffer.from(`${before}${text}more`));
  const spelt = around(value).flatMap((bytes) => [
    bytes,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('base64')),
    Buffer.from(bytes.toString('base64url')),
  ]);
  await ownerPool.query('CREATE TABLE spelt (plain text, bytes bytea)');
  try {
    for (const bytes of [...spelt, Buffer.from(encodeURIComponent(value))]) {
      for (const column of ['plain', 'bytes']) {
        await ownerPool.query('DELETE FROM spelt');
        await ownerPool.query(`INSERT INTO spelt (${column}) VALUES ($1)`, [
          column === 'plain' ? bytes.toString() : bytes,
        ]);
        assert.deepEqual(await tablesHolding(ownerPool, value), ['spelt'], `${column} ${bytes}`);
      }
    }
  } finally {
    await ownerPool.query('DROP TABLE spelt');
  }
});

test('attack: a thief of the whole database finds no TOTP secret, no recovery code and no ticket (AUTH-8, PRIV-6)', async () => {
  const { auth, database } = world;
  const { email, userId, totp } = await newPersonWithTotp(auth);
  const { ticket } = await passPassword(auth, email);
  await passSecondFactor(auth, ticket, { method: 'totp', oneTimeCode: totp.code(5) });
  const secretInHex = Buffer.from(Secret.fromBase32(totp.secret).bytes).toString('hex');
  const codes = totp.recoveryCodes.flatMap((code) => [code, code.replace('-', '')]);

  assert.ok((await tablesHolding(database.ownerPool, userId)).includes('totp_factors'), 'the search finds the row');
  for (const secret of [totp.secret, secretInHex, ...codes, ticket]) {
    assert.deepEqual(await tablesHolding(database.ownerPool, secret), []);
  }
});

test('attack: a thief of the whole database finds no link that works: neither stored, nor waiting in a mail (AUTH-13, DATA-2)', async () => {
  const mailbox = await openMailbox({ database: world.database, clock: world.auth.clock });
  const { ownerPool } = world.database;
  const email = uniqueEmail();
  try {
    await world.auth.register({ email });
    await world.auth.call('POST', '/v1/password/reset-request', { body: { email } });
    const sealed = await ownerPool.query('SELECT id, sealed_mail FROM mail_queue');
    const opened = sealed.rows.map(({ id, sealed_mail }) => mailbox.jobs.open({ id, sealed: sealed_mail }));
    const [, verification = ''] = /#token=([\w-]{43})$/m.exec(JSON.stringify(opened).replaceAll('\\n', '\n')) ?? [];
    assert.match(verification, /^[\w-]{43}$/);
    assert.deepEqual(await tablesHolding(ownerPool, verification), []);

    const reset = await mailbox.tokenTo(email);
    await world.auth.call('POST', '/v1/password/reset', { body: { token: reset, newPassword: 'Owners-Choice-1' } });

    for (const token of [verification, reset]) assert.deepEqual(await tablesHolding(ownerPool, token), []);
    assert.doesNotMatch(mailbox.logged.join(''), /token=[\w-]{43}/);
  } finally {
    await mailbox.close();
  }
});

test('attack: the run-time role can neither rewrite a session, delete a trace, nor change the schema (DATA-4)', async () => {
  const forbidden = [
    'UPDATE users SET created_at = now()',
    'DELETE FROM users',
    'TRUNCATE users CASCADE',
    "UPDATE sessions SET user_id = 'usr_other'",
    "UPDATE devices SET token_hash = '\\x00'",
    "UPDATE signing_keys SET modulus = 'x'",
    'UPDATE api_keys SET expires_at = now()',
    "UPDATE api_keys SET scopes = ARRAY['user.manage']",
    "UPDATE passkeys SET public_key = '\\x00'",
    'UPDATE totp_factors SET sealed_secret = NULL',
    "UPDATE recovery_codes SET code_hash = '\\x00'",
    "UPDATE tickets SET purpose = 'passkey-login'",
    "UPDATE tickets SET user_id = 'usr_other'",
    'UPDATE tickets SET expires_at = now()',
    "UPDATE passkeys SET user_id = 'usr_other'",
    "UPDATE email_links SET email = '\\x00'",
    "UPDATE email_links SET email_index = '\\x00'",
    "UPDATE passkeys SET name = '\\x00'",
    "UPDATE api_keys SET name = '\\x00'",
    "UPDATE data_keys SET person_id = 'usr_other'",
    'DELETE FROM destroyed_keys',
    'DELETE FROM master_keys',
    "UPDATE master_keys SET id = '0000000000000000'",
    'UPDATE mail_queue SET created_at = now()',
    "UPDATE mail_allowances SET pool = 'x'",
    'UPDATE refresh_tokens SET expires_at = now()',
    "UPDATE refresh_tokens SET token_hash = '\\x00'",
    'UPDATE refresh_tokens SET generation = 0',
    "UPDATE outbox SET event = '{}'",
    'CREATE TABLE loot (id text)',
    'ALTER TABLE users ADD COLUMN loot text',
    'DROP TABLE users',
    'DELETE FROM migrations',
    'SET ROLE auth_owner',
  ];
  for (const statement of forbidden) {
    await assert.rejects(world.database.pool.query(statement), { code: '42501' }, statement);
  }
});

test('the database itself refuses a second successor of one token, whatever the code does (AUTH-3)', async () => {
  const grant = await world.auth.signUp();

  await assert.rejects(
    world.database.pool.query(
      `INSERT INTO refresh_tokens (token_hash, session_id, generation, created_at, expires_at)
       VALUES (sha256('other'), $1, 0, now(), now() + interval '1 day')`,
      [grant.sessionId],
    ),
    { code: '23505' },
  );
});

test('the service is ready with its database, relays what the outbox holds', async () => {
  const { service, publications } = world.auth;
  const signal = AbortSignal.timeout(10_000);
  const relayed = Promise.all([
    once(publications, 'auth.user_registered.v1', { signal }),
    once(publications, 'audit.recorded.v1', { signal }),
  ]);
  await world.auth.register({ email: uniqueEmail(), password: goodPassword });
  assert.equal(await service.isReady(), true);

  await service.start();

  await relayed;
});
