import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { exportDeadlineMs, exportEventTypes, newId, privacyReplyTopicOf } from '@todo-chatbot/contracts';
import {
  createTestClock,
  createTestDataKeys,
  startTestDatabase,
  type TestDatabase,
  waitFor,
} from '@todo-chatbot/local-platform/testing';
import {
  type CollectPersonalData,
  createExportWorker,
  createLogger,
  executeRawOf,
  forgetExportShares,
  openExportPart,
  ProblemError,
  privacyTransactionsIn,
  requestExportShare,
} from '../src/index.ts';

const scope = privacyReplyTopicOf('task');
const clock = createTestClock('2026-11-27T10:00:00Z');
const dataKeys = createTestDataKeys('task');
let database: TestDatabase;
before(async () => {
  database = await startTestDatabase({ service: 'task' });
});
after(() => database.close());
beforeEach(() => database.ownerPool.query('TRUNCATE outbox, export_jobs'));

const collectMany = (
  count: number,
  before: (n: number) => void | Promise<void> = () => undefined,
): CollectPersonalData =>
  async function* () {
    for (let n = 0; n < count; n += 1) {
      await before(n);
      yield { kind: 'task', record: { n, title: 'x'.repeat(200) } };
    }
  };

function startWorker(collect: CollectPersonalData) {
  const worker = createExportWorker({
    pool: database.pool,
    service: 'task',
    inTransaction: privacyTransactionsIn(database.pool),
    dataKeys: dataKeys.source,
    collect,
    clock,
    logger: createLogger({ appId: 'task', level: 'fatal' }),
  });
  worker.start();
  return worker;
}

async function request(userId = newId('user')) {
  const asked = { exportId: newId('export'), userId };
  await requestExportShare(executeRawOf(database.pool), asked, clock.now());
  return asked;
}

async function repliesTo(exportId: string) {
  const { rows } = await database.ownerPool.query(
    "SELECT topic, event->>'type' AS type, event->'data' AS data FROM outbox WHERE subject = $1 ORDER BY seq",
    [exportId],
  );
  for (const { topic } of rows) assert.equal(topic, scope);
  return rows;
}
async function partsOf(exportId: string) {
  const rows = await repliesTo(exportId);
  return rows.map(({ data }) => exportEventTypes['privacy.export_part.v1'].parse(data));
}
const isDone = async (exportId: string) => {
  const { rowCount } = await database.ownerPool.query(
    'SELECT FROM export_jobs WHERE export_id = $1 AND done_at IS NOT NULL',
    [exportId],
  );
  return rowCount === 1;
};
/** Numbers of the records in the parts of the last run. */
function numbersIn(parts: Awaited<ReturnType<typeof partsOf>>, userId: string) {
  const run = Math.max(...parts.map((part) => part.run));
  return parts
    .filter((part) => part.run === run)
    .flatMap((part) => openExportPart(dataKeys.boxOf(userId, scope), part, Buffer.from(part.sealed, 'base64')))
    .map(({ record }) => record.n);
}
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

test('10,000 records leave in sealed parts, whole and once, however often they are asked for (PRIV-3, KAFKA-4)', async () => {
  const worker = startWorker(collectMany(10_000));
  const asked = await request();
  await waitFor('the last part', () => isDone(asked.exportId));
  const parts = await partsOf(asked.exportId);
  await requestExportShare(executeRawOf(database.pool), asked, clock.now());
  const other = await request();
  await waitFor('the next export', () => isDone(other.exportId));
  await worker.close();

  assert.deepEqual(await partsOf(asked.exportId), parts);
  assert.deepEqual(
    parts.filter(({ isLast }) => isLast),
    parts.slice(-1),
  );
  assert.deepEqual(numbersIn(parts, asked.userId), upTo(10_000));
  const outbox = JSON.stringify(await repliesTo(asked.exportId));
  assert.ok(!outbox.includes('xxxxxxxxxx'), 'nothing of it can be read on its way');
});

test('a worker that died half-way leaves the job to another, which collects anew: no two runs are mixed (PRIV-3)', async () => {
  const asked = await request();
  const stuck = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const dead = startWorker(
    collectMany(2_000, (n) => {
      if (n !== 1_500) return undefined;
      reached.resolve();
      return stuck.promise;
    }),
  );
  await reached.promise;
  clock.advance(31_000);
  const worker = startWorker(collectMany(1_200));
  await waitFor('the other worker', () => isDone(asked.exportId));
  // It was only slow: what it has now is of no use any more.
  stuck.resolve();
  await dead.close();
  await worker.close();

  const parts = await partsOf(asked.exportId);
  assert.deepEqual([...new Set(parts.map(({ run }) => run))], [1, 2]);
  assert.deepEqual(
    parts.filter(({ isLast }) => isLast).map(({ run }) => run),
    [2],
  );
  assert.deepEqual(numbersIn(parts, asked.userId), upTo(1_200));
});

test('what a database that is away interrupts is tried again; the share is whole then (PRIN-6)', async () => {
  let isUp = false;
  const worker = startWorker(
    collectMany(1_000, (n) => {
      if (n === 700 && !isUp) throw new ProblemError('upstream.unavailable');
    }),
  );
  const { exportId, userId } = await request();
  await waitFor('the failure', async () => (await partsOf(exportId)).length > 0);
  isUp = true;
  clock.advance(2_000);
  await waitFor('the share', async () => {
    clock.advance(1_000);
    return isDone(exportId);
  });
  await worker.close();
  assert.deepEqual(numbersIn(await partsOf(exportId), userId), upTo(1_000));
});

const failures = [
  { what: 'something does not open', error: new RangeError('broken'), reason: 'unreadable' },
  { what: 'the person was erased meanwhile', error: new ProblemError('person.erased'), reason: 'erased' },
] as const;
for (const { what, error, reason } of failures) {
  test(`${what}: the service says that there is no share, rather than give half of one (PRIV-3)`, async () => {
    const worker = startWorker(
      collectMany(1_000, (n) => {
        if (n === 900) throw error;
      }),
    );
    const { exportId, userId } = await request();
    await waitFor('the end', () => isDone(exportId));
    await worker.close();
    const last = (await repliesTo(exportId)).at(-1);
    assert.deepEqual(
      [last.type, last.data],
      ['privacy.export_failed.v1', { exportId, userId, service: 'task', reason }],
    );
    const parts = (await repliesTo(exportId)).slice(0, -1);
    assert.ok(parts.every(({ data }) => data.isLast === false));
  });
}

test('a person whose key is destroyed gets no part, not even from a worker that is at it (PRIV-4)', async () => {
  const userId = newId('user');
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const worker = startWorker(
    collectMany(2_000, (n) => {
      if (n !== 1_000) return undefined;
      reached.resolve();
      return go.promise;
    }),
  );
  const { exportId } = await request(userId);
  await reached.promise;
  const before = (await partsOf(exportId)).length;
  await forgetExportShares(executeRawOf(database.pool), userId);
  go.resolve();
  await worker.close();
  assert.equal((await repliesTo(exportId)).length, before);

  dataKeys.destroy(userId);
  const again = startWorker(collectMany(1));
  const next = await request(userId);
  await waitFor('the end', () => isDone(next.exportId));
  await again.close();
  assert.deepEqual(
    (await repliesTo(next.exportId)).map(({ type, data }) => [type, data.reason]),
    [['privacy.export_failed.v1', 'erased']],
  );
});

test('nobody works on an export that has failed by its deadline', async () => {
  const { exportId } = await request();
  clock.advance(exportDeadlineMs + 1_000);
  const worker = startWorker(collectMany(1));
  const other = await request();
  await waitFor('the other export', () => isDone(other.exportId));
  await worker.close();
  assert.deepEqual(await repliesTo(exportId), []);
});
