import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  allRetentionRunsSchema,
  newId,
  problemSchema,
  type RetentionRun,
  type Role,
  retentionPeriodSchema,
  retentionPeriodsSchema,
  retentionPreviewSchema,
} from '@todo-chatbot/contracts';
import { type Gateway, startGateway } from './support/gateway.ts';

const run: RetentionRun = {
  id: newId('run'),
  service: 'task',
  class: 'task-execution',
  days: 365,
  before: '2025-11-26T12:00:00.000Z',
  deleted: [{ what: 'tasks', count: 3 }],
  startedAt: '2026-11-26T12:00:00.000Z',
  finishedAt: '2026-11-26T12:00:01.000Z',
  outcome: 'done',
};

describe('Retention of conversations, and its page (PRIV-5)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  beforeEach(() => {
    gateway.mesh.down.clear();
    gateway.mesh.retention.change('conversation', 90);
  });
  after(() => gateway.close());

  const as = async (...roles: Role[]) => {
    const token = await gateway.mesh.tokenFor({ roles });
    return (method: string, path: string, body?: unknown) =>
      gateway.call(method, `/api/v1/retention${path}`, { token, ...(body === undefined ? {} : { body }) });
  };
  const countOf = async (table: 'messages' | 'conversations', userId: string) =>
    (await gateway.database.ownerPool.query(`SELECT FROM ${table} WHERE user_id = $1`, [userId])).rowCount;
  /** What waiting would do: the clock of the gateway under test stands on today. */
  async function age(userId: string, days: number, onlyMessages = false): Promise<void> {
    const by = `- make_interval(hours => ${days * 24})`;
    await gateway.database.ownerPool.query(`UPDATE messages SET created_at = created_at ${by} WHERE user_id = $1`, [
      userId,
    ]);
    if (onlyMessages) return;
    await gateway.database.ownerPool.query(
      `UPDATE conversations SET updated_at = updated_at ${by}, created_at = created_at ${by} WHERE user_id = $1`,
      [userId],
    );
  }

  it('what was said 91 days ago goes with its conversation; what was said 89 days ago stays', async () => {
    const [old, young] = [await gateway.newPerson(), await gateway.newPerson()];
    for (const person of [old, young]) assert.equal((await person.say('add milk')).status, 200);
    await age(old.userId, 91);
    await age(young.userId, 89);
    const viewer = await as('viewer');
    const preview = retentionPreviewSchema.parse((await viewer('POST', '/conversation/preview', {})).body);
    assert.deepEqual(
      preview.items.filter(({ service }) => service === 'chat-gateway').map(({ what, count }) => [what, count]),
      [
        ['messages', 2],
        ['conversations', 1],
      ],
    );
    assert.equal(await countOf('messages', old.userId), 2, 'a preview removes nothing');
    assert.equal(await gateway.fire('retention'), 200);
    assert.deepEqual([await countOf('messages', old.userId), await countOf('conversations', old.userId)], [0, 0]);
    assert.deepEqual([await countOf('messages', young.userId), await countOf('conversations', young.userId)], [2, 1]);
    const runs = allRetentionRunsSchema.parse((await viewer('GET', '/runs')).body);
    assert.deepEqual(runs.items.find(({ service }) => service === 'chat-gateway')?.outcome, 'done');
  });

  it('old messages leave a conversation that goes on, which stays', async () => {
    const person = await gateway.newPerson();
    await person.say('add milk');
    await age(person.userId, 100);
    await person.say('add bread');
    await gateway.fire('retention');
    assert.deepEqual([await countOf('messages', person.userId), await countOf('conversations', person.userId)], [2, 1]);
    assert.equal((await person.say('add eggs')).status, 200);
  });

  it('attack: a conversation whose turn is under way does not go from under it', async () => {
    const person = await gateway.newPerson();
    await person.say('add milk');
    await age(person.userId, 100);
    await gateway.database.ownerPool.query(
      `UPDATE conversations SET lease_token = 'turn', lease_until = now() + interval '10 seconds' WHERE user_id = $1`,
      [person.userId],
    );
    await gateway.fire('retention');
    assert.equal(await countOf('conversations', person.userId), 1);
  });

  it('reads the periods from auth, and changes one there, each with the person’s own token', async () => {
    const editor = await as('editor');
    const periods = retentionPeriodsSchema.parse((await editor('GET', '')).body);
    const [conversation] = periods.items;
    assert.ok(conversation);
    gateway.mesh.retention.answersOf.set('auth PUT /v1/retention/class_conversation', {
      ...conversation,
      days: 30,
      version: 1,
    });
    const changed = await editor('PUT', '/conversation', { days: 30, version: 0 });
    assert.equal(changed.status, 200, changed.text);
    assert.equal(retentionPeriodSchema.parse(changed.body).days, 30);
    const call = gateway.mesh.callsTo('auth', 'PUT').at(-1);
    assert.deepEqual([call?.path, call?.body], ['/v1/retention/class_conversation', { days: 30, version: 0 }]);
    assert.ok(call?.userToken);
  });

  it('attack: whoever has no business there reads and changes nothing', async () => {
    const user = await as('user');
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/runs', undefined],
      ['PUT', '/conversation', { days: 30, version: 0 }],
      ['POST', '/conversation/preview', {}],
    ] as const) {
      const answer = await user(method, path, body);
      assert.deepEqual([answer.status, problemSchema.parse(answer.body).code], [403, 'access.permission-denied'], path);
    }
    const viewer = await as('viewer');
    assert.equal((await viewer('PUT', '/conversation', { days: 30, version: 0 })).status, 403);
    const editor = await as('editor');
    assert.equal((await editor('PUT', '/administration', { days: 30, version: 0 })).status, 400);
  });

  it('a preview that cannot ask everybody is none at all, and a list of runs says whose are missing', async () => {
    gateway.mesh.retention.answersOf.set('task GET /v1/retention-runs', { items: [run] });
    const viewer = await as('viewer');
    gateway.mesh.down.add('audit');
    assert.equal((await viewer('POST', '/conversation/preview', { days: 30 })).status, 503);
    const runs = allRetentionRunsSchema.parse((await viewer('GET', '/runs')).body);
    assert.deepEqual(runs.missing, ['audit']);
    assert.ok(runs.items.some(({ id }) => id === run.id));
  });
});
