import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import {
  type ExpiringClass,
  expiringClasses,
  newId,
  type RetentionPeriod,
  retentionBounds,
  retentionPeriodSchema,
  retentionPeriodsSchema,
} from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { outboxEvents, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';
import { signUpAs } from '../../testing/people.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => world.database.ownerPool.query('TRUNCATE retention_periods'));

const stepUpMs = 11 * 60_000;
const read = async (caller = 'task'): Promise<readonly RetentionPeriod[]> =>
  retentionPeriodsSchema.parse((await world.auth.call('GET', '/v1/retention-periods', { caller })).body).items;
const periodOf = async (retentionClass: string) => (await read()).find((one) => one.class === retentionClass);
const change = (token: string, retentionClass: string, body: object) =>
  world.auth.call('PUT', `/v1/retention/class_${retentionClass}`, { token, body });

test('200: the periods of PRIV-5 as they come, to every service and without a person', async () => {
  for (const caller of ['chat-gateway', 'task', 'booking', 'guardrail', 'audit']) {
    const periods = await read(caller);
    assert.deepEqual(
      periods.map((period) => [period.class, period.days, period.version]),
      [
        ['conversation', 90, 0],
        ['booking', 365, 0],
        ['task-execution', 365, 0],
        ['security', 365, 0],
        ['quarantine', 30, 0],
        ['administration', null, 0],
      ],
    );
  }
});

test('200: an editor changes a period, which is in the log with both numbers for ever', async () => {
  const editor = await signUpAs(world, 'editor');
  await takeEventNames(world.database);
  const answer = await change(editor.accessToken, 'conversation', { days: 30, version: 0 });
  assert.equal(answer.status, 200, answer.text);
  const changed = retentionPeriodSchema.parse(answer.body);
  assert.deepEqual([changed.days, changed.version, changed.changedBy], [30, 1, editor.account.id]);
  assert.deepEqual(await periodOf('conversation'), changed);
  assert.equal((await periodOf('booking'))?.days, 365);
  const [event] = await outboxEvents(world.database);
  assert.ok(JSON.stringify(event).includes('"retentionClass":"administration"'));
  assert.deepEqual(Object(event?.data).input, { class: 'conversation', 'after.days': 30, 'before.days': 90 });
});

test('422: the bounds hold at both ends of each class, and a refusal changes nothing and is recorded', async () => {
  const editor = await signUpAs(world, 'editor');
  for (const one of expiringClasses) {
    const { least, most } = retentionBounds[one];
    await takeEventNames(world.database);
    for (const days of [least - 1, most + 1]) {
      const refused = await change(editor.accessToken, one, { days, version: 0 });
      assert.deepEqual([refused.status, codeOf(refused)], [422, 'retention.out-of-bounds'], `${one} ${days}`);
    }
    assert.deepEqual(await takeEventNames(world.database), [
      'retention.change: retention.out-of-bounds',
      'retention.change: retention.out-of-bounds',
    ]);
    assert.equal((await periodOf(one))?.version, 0);
    assert.equal((await change(editor.accessToken, one, { days: least, version: 0 })).status, 200);
    assert.equal((await change(editor.accessToken, one, { days: most, version: 1 })).status, 200);
  }
});

test('attack: past the service, the database refuses what is out of bounds, and changes of what was', async () => {
  const add = (retentionClass: string, days: number, version = 1) =>
    world.database.ownerPool.query('INSERT INTO retention_periods VALUES ($1, $2, $3, $4, now())', [
      retentionClass,
      version,
      days,
      newId('user'),
    ]);
  for (const one of expiringClasses) {
    const { least, most } = retentionBounds[one];
    await assert.rejects(add(one, least - 1), { code: '23514' });
    await assert.rejects(add(one, most + 1), { code: '23514' });
    await add(one, least, 1);
    await add(one, most, 2);
  }
  await assert.rejects(add('administration', 365), { code: '23514' });
  for (const statement of ['UPDATE retention_periods SET days = 30', 'DELETE FROM retention_periods']) {
    await assert.rejects(world.database.pool.query(statement), { code: '42501' });
  }
});

test('400: administration has no period, nor has what is no class; a number of days is whole', async () => {
  const { accessToken } = await signUpAs(world, 'editor');
  for (const one of ['administration', 'unknown', 'conversation_']) {
    assert.equal((await change(accessToken, one, { days: 100, version: 0 })).status, 400, one);
  }
  for (const days of [0, -1, 30.5, '30', null, 1e9]) {
    assert.equal((await change(accessToken, 'conversation', { days, version: 0 })).status, 400, String(days));
  }
});

test('409: of two editors who read the same, one is told so, also when both save at once', async () => {
  const editor = await signUpAs(world, 'editor');
  const answers = await Promise.all(
    [50, 30, 40].map((days) => change(editor.accessToken, 'conversation', { days, version: 0 })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
  const late = await change(editor.accessToken, 'conversation', { days: 50, version: 0 });
  assert.deepEqual([late.status, codeOf(late)], [409, 'retention.changed-meanwhile']);
  const early = await change(editor.accessToken, 'conversation', { days: 50, version: 7 });
  assert.equal(early.status, 409);
});

test('401: it wants a recent proof (AUTH-9)', async () => {
  const editor = await signUpAs(world, 'editor');
  world.auth.clock.advance(stepUpMs);
  const answer = await change(editor.accessToken, 'conversation', { days: 30, version: 0 });
  assert.deepEqual([answer.status, codeOf(answer)], [401, 'auth.step-up-required']);
});

test('attack: no other service changes a period, not even with the token of an editor', async () => {
  const editor = await signUpAs(world, 'editor');
  const one: ExpiringClass = 'conversation';
  for (const caller of ['task', 'audit', 'guardrail', 'booking']) {
    const body = { days: 30, version: 0 };
    const answer = await world.auth.call('PUT', `/v1/retention/class_${one}`, {
      token: editor.accessToken,
      caller,
      body,
    });
    assert.deepEqual([answer.status, codeOf(answer)], [403, 'access.caller-denied']);
  }
});
