import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { createPostgresDeadLetterPositions } from '../src/adapters/postgresWatchStores.ts';
import { createRunAlone, jobLocks } from '../src/adapters/runAlone.ts';
import { createDeadLetterWatch } from '../src/commands/watchDeadLetters.ts';
import type { SignalSink } from '../src/ports/signals.ts';
import type { PartitionRange } from '../src/ports/watchStores.ts';
import { collectingSink } from './support.ts';

const topic = 'task.events.chat-gateway.dlt';
const otherTopic = 'audit.events.task.audit.dlt';

describe('dead letters raise signals (OBS-3)', () => {
  let database: TestDatabase;
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
  });
  after(() => database.close());
  beforeEach(() => database.ownerPool.query('DELETE FROM dead_letter_position'));

  /** A broker whose ends of partitions a test sets: `[topic, partition, first, end]`. */
  function startWatch(sink?: SignalSink) {
    const collected = collectingSink();
    let ranges: readonly PartitionRange[] = [];
    let unread: readonly string[] = [];
    const look = createDeadLetterWatch({
      ranges: { read: async () => ({ ranges, unread }) },
      positions: createPostgresDeadLetterPositions(database.pool),
      signals: sink ?? collected.sink,
      runAlone: createRunAlone(database.pool, jobLocks.deadLetters),
    });
    return {
      raised: collected.raised,
      look,
      lose: (...topics: readonly string[]) => {
        unread = topics;
      },
      async lookAt(...given: readonly (readonly [string, number, number, number])[]) {
        ranges = given.map(([name, partition, first, end]) => ({ topic: name, partition, first, end }));
        await look();
      },
    };
  }

  it('finds those that are there at the first look, and says nothing of empty topics', async () => {
    const { lookAt, raised } = startWatch();
    await lookAt([topic, 0, 0, 0], [topic, 1, 0, 3], [otherTopic, 0, 0, 0]);
    assert.deepEqual(raised, [{ ruleId: 'dead-letter', group: topic }]);
  });

  it('says nothing of a topic whose dead letters have all gone by their age', async () => {
    const { lookAt, raised } = startWatch();
    await lookAt([topic, 0, 7, 7]);
    assert.deepEqual(raised, []);
  });

  it('raises once for what has come since the last look, whatever the partition', async () => {
    const { lookAt, raised } = startWatch();
    await lookAt([topic, 0, 0, 0], [topic, 1, 0, 0], [otherTopic, 0, 0, 0]);
    await lookAt([topic, 0, 0, 0], [topic, 1, 0, 0], [otherTopic, 0, 0, 0]);
    assert.deepEqual(raised, []);
    await lookAt([topic, 0, 0, 2], [topic, 1, 0, 5], [otherTopic, 0, 0, 0]);
    await lookAt([topic, 0, 0, 2], [topic, 1, 0, 5], [otherTopic, 0, 0, 0]);
    assert.deepEqual(raised, [{ ruleId: 'dead-letter', group: topic }]);
    await lookAt([topic, 0, 0, 2], [topic, 1, 0, 5], [otherTopic, 0, 0, 1]);
    assert.deepEqual(raised.slice(1), [{ ruleId: 'dead-letter', group: otherTopic }]);
  });

  it('finds those of a topic that was made anew with fewer than before', async () => {
    const { lookAt, raised } = startWatch();
    await lookAt([topic, 0, 0, 9]);
    await lookAt([topic, 0, 0, 1]);
    assert.equal(raised.length, 2);
  });

  it('remembers over a restart, and a second replica does not raise them again', async () => {
    await startWatch().lookAt([topic, 0, 0, 4]);
    const { lookAt, raised } = startWatch();
    await lookAt([topic, 0, 0, 4]);
    assert.deepEqual(raised, []);
  });

  it('raises again what could not be raised, rather than never', async () => {
    const failing = startWatch({ raise: () => Promise.reject(new Error('the database is away')) });
    await assert.rejects(failing.lookAt([topic, 0, 0, 1]));
    const { lookAt, raised } = startWatch();
    await lookAt([topic, 0, 0, 1]);
    assert.equal(raised.length, 1);
  });

  it('attack: a topic that was taken away does not hide what comes to the others, and is told each time', async () => {
    const { lookAt, lose, raised } = startWatch();
    lose(otherTopic);
    for (const end of [1, 1, 2]) await assert.rejects(lookAt([topic, 0, 0, end]), new RegExp(otherTopic));
    assert.equal(raised.length, 2);
  });

  it('is done by one of two replicas at a time', async () => {
    let looks = 0;
    const gate = Promise.withResolvers<void>();
    const slow = createDeadLetterWatch({
      ranges: {
        async read() {
          looks += 1;
          await gate.promise;
          return { ranges: [], unread: [] };
        },
      },
      positions: createPostgresDeadLetterPositions(database.pool),
      signals: collectingSink().sink,
      runAlone: createRunAlone(database.pool, jobLocks.deadLetters),
    });
    const first = slow();
    const second = startWatch();
    await second.lookAt([topic, 0, 0, 1]).then(async () => {
      // Whoever came first holds the other one off.
      assert.equal(looks + second.raised.length, 1);
    });
    gate.resolve();
    await first;
  });
});
