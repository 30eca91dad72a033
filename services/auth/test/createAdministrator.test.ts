import assert from 'node:assert/strict';
import test, { afterEach, beforeEach } from 'node:test';
import { auditEventDataSchema } from '@todo-chatbot/contracts';
import { ProblemError, runInRequestContext, serviceContext, UsageError } from '@todo-chatbot/service-kit';
import { createAdministrator } from '../src/operator/createAdministrator.ts';
import {
  emailIndexOf,
  goodPassword,
  grantOf,
  outboxEvents,
  startAuthOnNewDatabase,
  takeEventNames,
} from '../src/testing/harness.ts';
import { actOn, signUpAs } from '../src/testing/people.ts';
import { tablesHolding } from '../src/testing/tablesHolding.ts';

// Each test has a platform of its own: the command is about the first administrator there.
let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
beforeEach(async () => {
  world = await startAuthOnNewDatabase();
});
afterEach(() => world.close());

/** As the kit's `runCommand` runs it. */
const run = (...args: string[]) =>
  runInRequestContext(serviceContext('auth'), () => createAdministrator(world.auth.context, args));
const runFor = (email: string) => run('--email', email, '--name', 'Grace Operator');
const linkPattern = /^http:\/\/localhost:8080\/account\/reset-password#token=([\w-]{43})$/m;

async function administrators(): Promise<unknown[]> {
  const { rows } = await world.database.ownerPool.query(
    "SELECT email_index, password_hash, email_verified FROM users WHERE 'admin' = ANY (roles)",
  );
  return rows;
}

const isRefused = (detail: RegExp) => (error: unknown) =>
  error instanceof ProblemError && detail.test(error.detail ?? '');

test('the first administrator has no password, and a link to choose one that is stored hashed', async () => {
  const text = await runFor('Grace@Example.com');

  const token = linkPattern.exec(text)?.[1] ?? '';
  assert.notEqual(token, '');
  assert.deepEqual(await administrators(), [
    { email_index: emailIndexOf('grace@example.com'), password_hash: null, email_verified: false },
  ]);
  assert.deepEqual(await tablesHolding(world.database.ownerPool, token), []);
  const { rows } = await world.database.ownerPool.query(
    'SELECT purpose, email_index, extract(epoch FROM expires_at - created_at)::integer AS seconds FROM email_links',
  );
  assert.deepEqual(rows, [
    { purpose: 'reset-password', email_index: emailIndexOf('grace@example.com'), seconds: 86_400 },
  ]);
  for (const password of ['', 'admin', goodPassword]) {
    assert.equal((await world.auth.login('grace@example.com', password)).status === 200, false);
  }
});

test('AUTH-14: the appointment is recorded as the service’s own act, and so is a refusal', async () => {
  await runFor('grace@example.com');
  await assert.rejects(runFor('other@example.com'));

  const events = await outboxEvents(world.database);
  assert.deepEqual(
    events.map(({ type }) => type),
    ['auth.user_registered.v1', 'audit.recorded.v1', 'audit.recorded.v1'],
  );
  const recorded = events.slice(1).map(({ data }) => auditEventDataSchema.parse(data));
  assert.deepEqual(
    recorded.map(({ actor, category, success, object, input }) => [actor, category, success, object?.type, input]),
    [
      [{ type: 'service', id: 'auth' }, 'administration', true, 'user', { email: null }],
      [{ type: 'service', id: 'auth' }, 'administration', false, undefined, { email: null }],
    ],
  );
});

test('attack: while there is an active administrator the command makes no other, new or old (AUTH-10)', async () => {
  const admin = await signUpAs(world, 'admin');
  const person = await signUpAs(world);
  await world.database.ownerPool.query('UPDATE users SET email_verified = true');

  await assert.rejects(runFor('grace@example.com'), isRefused(/already/));
  await assert.rejects(runFor(person.account.email), isRefused(/already/));

  assert.equal((await administrators()).length, 1);
  assert.equal((await world.auth.call('GET', '/v1/users', { token: admin.accessToken })).status, 200);
});

test('run many times at once, the command makes one administrator', async () => {
  const runs = await Promise.allSettled(Array.from({ length: 5 }, (_, index) => runFor(`grace${index}@example.com`)));

  assert.equal(runs.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await administrators()).length, 1);
});

test('an account whose address is confirmed is given the role, from its next request on', async () => {
  const person = await signUpAs(world, 'viewer');
  await world.database.ownerPool.query('UPDATE users SET email_verified = true');
  await takeEventNames(world.database);

  assert.doesNotMatch(await runFor(person.account.email), /token=/);

  assert.deepEqual(await takeEventNames(world.database), [
    'auth.access_changed.v1',
    'user.create-administrator: success',
  ]);
  assert.deepEqual(grantOf(await world.auth.refresh(person.refreshToken)).account.roles, ['user', 'admin']);
});

test('attack: whoever registered the operator’s address before them does not become administrator', async () => {
  const squatter = await signUpAs(world);

  await assert.rejects(runFor(squatter.account.email), isRefused(/nobody has shown that the mailbox is theirs/));

  assert.deepEqual(await administrators(), []);
});

test('a suspended administrator does not count as one, and is not appointed anew', async () => {
  const admin = await signUpAs(world, 'admin');
  const suspended = await signUpAs(world, 'admin');
  await actOn(world, admin, 'suspend', suspended);
  await world.database.ownerPool.query("UPDATE users SET roles = ARRAY['user'] WHERE id = $1", [admin.account.id]);

  await assert.rejects(runFor(suspended.account.email), isRefused(/suspended/));
  assert.match(await runFor('grace@example.com'), linkPattern);
});

test('a command that was called wrongly says how to call it', async () => {
  const wrong = [[], ['--email', 'grace@example.com'], ['--email', 'x', '--name', 'Grace'], ['--password', 'x'], ['x']];
  for (const args of wrong) {
    await assert.rejects(run(...args), (error) => error instanceof UsageError && error.message.startsWith('Usage: '));
  }
  assert.deepEqual(await administrators(), []);
});
