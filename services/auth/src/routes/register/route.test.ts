import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { accountSchema, auditEventDataSchema, problemSchema } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import {
  emailIndexOf,
  goodPassword,
  outboxEvents,
  startAuthOnNewDatabase,
  takeEventNames,
  uniqueEmail,
} from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

test('201: an account works at once, its e-mail unverified', async () => {
  const email = uniqueEmail();

  const answer = await world.auth.register({ email });

  assert.equal(answer.status, 201);
  const account = accountSchema.parse(answer.body);
  assert.deepEqual(
    { ...account, id: null, createdAt: null },
    {
      id: null,
      email,
      name: 'Ada Example',
      emailVerified: false,
      roles: ['user'],
      createdAt: null,
    },
  );
  assert.equal((await world.auth.login(email)).status, 200);
});

test('AUTH-14, PRIN-7: the account, its event and its audit event are one transaction, with the e-mail masked', async () => {
  const email = uniqueEmail();

  const account = accountSchema.parse((await world.auth.register({ email })).body);

  const [registered, audit] = await outboxEvents(world.database);
  assert.equal(registered?.type, 'auth.user_registered.v1');
  assert.deepEqual(registered.data, { userId: account.id, roles: ['user'] });
  const { action, success, actor, input, metadata } = auditEventDataSchema.parse(audit?.data);
  assert.deepEqual(
    { action, success, actor, input, metadata },
    {
      action: 'auth.register',
      success: true,
      actor: { type: 'user', id: account.id },
      // Nobody's key is there yet to seal them.
      input: { email: null },
      metadata: { address: '203.0.113.0', userAgent: null },
    },
  );
});

test('PRIN-7: no account without its audit event', async () => {
  const email = uniqueEmail();
  await world.database.ownerPool.query('ALTER TABLE outbox RENAME TO outbox_away');
  try {
    assert.equal((await world.auth.register({ email })).status, 500);
  } finally {
    await world.database.ownerPool.query('ALTER TABLE outbox_away RENAME TO outbox');
  }

  const { rows } = await world.database.ownerPool.query('SELECT 1 FROM users WHERE email_index = $1', [
    emailIndexOf(email),
  ]);
  assert.equal(rows.length, 0);
});

test('409: an address is taken in any spelling, and the refusal is recorded', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });
  await takeEventNames(world.database);

  const answer = await world.auth.register({ email: ` ${email.toUpperCase()} ` });

  assert.equal(answer.status, 409);
  assert.equal(codeOf(answer), 'auth.email-taken');
  assert.deepEqual(await takeEventNames(world.database), ['auth.register: auth.email-taken']);
});

test('409: of ten registrations of one address at once exactly one wins', async () => {
  const email = uniqueEmail();

  const answers = await Promise.all(Array.from({ length: 10 }, () => world.auth.register({ email })));

  assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, ...Array.from({ length: 9 }, () => 409)]);
});

test('AUTH-5, 400: a password that breaks a rule is refused by the name of the rule and never repeated', async () => {
  const password = 'alllowercase1';

  const answer = await world.auth.register({ email: uniqueEmail(), password });

  assert.equal(answer.status, 400);
  assert.equal(codeOf(answer), 'auth.password-rejected');
  assert.deepEqual(problemSchema.parse(answer.body).errors, [
    { path: 'body.password', message: 'must have an upper-case letter' },
  ]);
  assert.ok(!answer.text.includes(password));
  assert.deepEqual(await takeEventNames(world.database), ['auth.register: auth.password-rejected']);
});

test('attack: a guesser tries the commonest passwords and the own name first: nobody can have one of them (AUTH-5)', async () => {
  for (const password of ['Password1', 'P@ssw0rd', 'Qwerty123!', 'Dragon1998', 'My-Example-2026']) {
    const answer = await world.auth.register({ email: uniqueEmail(), password });

    assert.equal(codeOf(answer), 'auth.password-rejected', password);
    assert.ok(!answer.text.includes(password));
  }
});

test('AUTH-5, 400: 73 bytes are refused and 72 are taken', async () => {
  const email = uniqueEmail();
  const tooLong = await world.auth.register({ email, password: `Aa1${'x'.repeat(70)}` });
  const fitting = await world.auth.register({ email, password: `Aa1${'x'.repeat(69)}` });

  assert.equal(tooLong.status, 400);
  assert.match(problemSchema.parse(tooLong.body).detail ?? '', /72 bytes/);
  assert.equal(fitting.status, 201);
});

test('400: a body that does not fit the schema, or has one key too many', async () => {
  assert.equal((await world.auth.register({ email: 'nobody' })).status, 400);
  const answer = await world.auth.call('POST', '/v1/register', {
    body: { email: uniqueEmail(), password: goodPassword, name: 'Ada', roles: ['admin'] },
  });
  assert.equal(answer.status, 400);
  assert.equal(codeOf(answer), 'request.invalid');
});

test('403: any caller but the gateway', async () => {
  const answer = await world.auth.call('POST', '/v1/register', { caller: 'task', body: {} });

  assert.equal(answer.status, 403);
});

test('AUTH-5: the stored hash is bcrypt at cost 12', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });

  const { rows } = await world.database.ownerPool.query('SELECT password_hash FROM users WHERE email_index = $1', [
    emailIndexOf(email),
  ]);
  assert.match(String(rows[0]?.password_hash), /^\$2b\$12\$/);
});
