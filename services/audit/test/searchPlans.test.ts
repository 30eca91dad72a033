import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import type { AuditFilter } from '@todo-chatbot/contracts';
import { startTestDatabase } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { createPostgresTrailReader } from '../src/adapters/postgresTrailReader.ts';
import { rangeOfSearch } from '../src/queries/searchTrail.ts';

const entryCount = 200_000;
/** Pages of 8 KiB that a search may touch. All of the log has more than 10,000; 51 entries with their hashes alone need some 300. */
const maxBlocks = 1_200;
const blocksSchema = z.object({ 'Shared Hit Blocks': z.number(), 'Shared Read Blocks': z.number() });
const planRowsSchema = z.tuple([
  z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: blocksSchema, 'Execution Time': z.number() })]) }),
]);

describe('Search goes by indexes, however long the log is (AUD-5)', () => {
  let database: Awaited<ReturnType<typeof startTestDatabase>>;
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    // A year, some 23 entries an hour: 2,000 people, a task now and then; administration, bookings and failures are rare.
    await database.ownerPool.query(
      `INSERT INTO body
       SELECT n, convert_to(repeat('x', 600), 'UTF8'), '2026-01-01'::timestamptz + n * interval '157 seconds',
              CASE WHEN n % 20000 = 7 THEN 'booking' WHEN n % 3 = 0 THEN 'auth' ELSE 'task' END,
              'usr_' || (n * 7919) % 2000, CASE WHEN n % 10000 = 3 THEN 'administration' ELSE 'data-change' END,
              CASE WHEN n % 10000 = 3 THEN 'user.suspend' ELSE 'task.create' END, n % 5000 <> 11,
              CASE WHEN n % 10000 = 3 THEN 'user' ELSE 'task' END, CASE WHEN n % 10000 = 3 THEN 'usr_5' ELSE 'tsk_' || n END,
              '192.0.' || n % 200 || '.0', md5(n::text), 'task-execution'
       FROM generate_series(0, ${entryCount - 1}) AS n`,
    );
    await database.ownerPool.query(
      `INSERT INTO entry (index, event_id, leaf, leaf_hash)
       SELECT index, 'evt_' || index, body, sha256(body) FROM body`,
    );
    await database.ownerPool.query('VACUUM ANALYZE body, entry');
  });
  after(() => database.close());

  /** Blocks and milliseconds of everything that a first page needs. */
  async function costOf(filter: AuditFilter, personId: string | null = null) {
    const query = mock.method(database.pool, 'query');
    const reader = createPostgresTrailReader(database.pool);
    const range = await rangeOfSearch(reader, { filter, personId });
    const found = await reader.entries({ filter, personId, range, order: 'newest-first', limit: 51 });
    const statements = query.mock.calls.map(({ arguments: [text, values] }) => ({ text: String(text), values }));
    query.mock.restore();
    const cost = { found: found.length, blocks: 0, ms: 0 };
    for (const { text, values } of statements) {
      const explained = await database.pool.query(
        `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
        z.array(z.unknown()).parse(values),
      );
      const [{ Plan: plan, 'Execution Time': ms }] = planRowsSchema.parse(explained.rows)[0]['QUERY PLAN'];
      cost.blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
      cost.ms += ms;
    }
    return cost;
  }

  const week = { from: '2026-03-02T00:00:00Z', to: '2026-03-09T00:00:00Z' };
  const cases: readonly (readonly [string, AuditFilter, string?])[] = [
    ['everything', {}],
    ['an actor', { actor: 'usr_5' }],
    ['a rare action', { action: 'user.suspend' }],
    ['a common action', { action: 'task.create' }],
    ['a rare category', { category: 'administration' }],
    ['a rare service', { service: 'booking' }],
    ['an object', { object: 'tsk_77' }],
    ['failures', { outcome: 'failure' }],
    ['successes', { outcome: 'success' }],
    ['an address', { address: '192.0.7.0' }],
    ['a trace', { trace: 'c4ca4238a0b923820dcc509a6f75849b' }],
    ['a week of long ago', week],
    ['a rare action in a week of long ago', { ...week, action: 'user.suspend' }],
    ['an actor in a week of long ago', { ...week, actor: 'usr_5' }],
    ['an actor with a rare action', { actor: 'usr_5', action: 'user.suspend' }],
    ['the last days', { from: '2026-12-25T00:00:00Z' }],
    ['one’s own trail', {}, 'usr_5'],
    ['one’s own trail in a week of long ago', week, 'usr_5'],
    ['one’s own trail of all times (attack: anybody may ask for it)', { from: '1970-01-01T00:00:00Z' }, 'usr_5'],
  ];
  for (const [name, filter, personId] of cases) {
    it(`a page of ${name}`, async (t) => {
      await costOf(filter, personId);
      const { found, blocks, ms } = await costOf(filter, personId);
      t.diagnostic(`${found} entries, ${blocks} blocks, ${ms.toFixed(1)} ms`);
      assert.ok(blocks <= maxBlocks, `${blocks} blocks`);
    });
  }

  it('counts what an export would hold, and no further than its limit', async () => {
    const reader = createPostgresTrailReader(database.pool);
    const range = await reader.rangeOf({});
    assert.deepEqual(range, { from: 0, to: entryCount });
    assert.equal(await reader.count({ filter: {}, personId: null, range, limit: 1_000 }), 1_000);
    assert.equal(await reader.count({ filter: { actor: 'usr_5' }, personId: null, range, limit: 1_000 }), 100);
    assert.equal(await reader.count({ filter: {}, personId: 'usr_5', range, limit: 1_000 }), 120);
  });
});
