import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { createTestDataKeys, startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import { createLogger, systemClock } from '@todo-chatbot/service-kit';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createPostgresScannedBodies } from '../src/adapters/postgresWatchStores.ts';
import { createRunAlone, jobLocks } from '../src/adapters/runAlone.ts';
import { buildMonitoring } from '../src/buildMonitoring.ts';
import { createLogWriter } from '../src/commands/logWriter.ts';
import { createEntryScan } from '../src/commands/scanEntries.ts';
import { encodeEntry } from '../src/domain/entry.ts';
import { createOpenSealed } from '../src/queries/openSealed.ts';
import { auditEvent, newSigner } from './support.ts';

let database: TestDatabase;
before(async () => {
  database = await startTestDatabase({ service: 'audit' });
});
after(() => database.close());

it('what the watches raise is an alert, without the value that it is about, and repeats only count (OBS-3, AUD-6)', async () => {
  const { pool } = database;
  const logWriter = createLogWriter({
    store: createPostgresLogStore(pool),
    signer: newSigner(),
    clock: systemClock,
  });
  await logWriter.start();
  const { signals } = buildMonitoring({
    pool,
    writer: logWriter,
    newOpener: createOpenSealed(createTestDataKeys('audit').source),
    dapr: { publish: async () => undefined },
    clock: systemClock,
    logger: createLogger({ appId: 'audit', level: 'silent' }),
  });
  await logWriter.append([encodeEntry(auditEvent({ input: { note: 'jane.doe@example.com' } }))]);

  await createEntryScan({
    bodies: createPostgresScannedBodies(pool),
    signals,
    runAlone: createRunAlone(pool, jobLocks.entryScan),
  })();
  for (const ruleId of ['service-silent', 'dead-letter', 'log-verification-failed'] as const) {
    for (const group of ['one', 'one', 'other']) await signals.raise({ ruleId, group });
  }

  const { rows } = await database.ownerPool.query(
    'SELECT rule_id, group_key, count::int, entry_indexes::text FROM alert ORDER BY rule_id, group_key',
  );
  assert.deepEqual(
    rows.map((row) => [row.rule_id, row.group_key, row.count]),
    [
      ['dead-letter', 'one', 2],
      ['dead-letter', 'other', 1],
      ['log-verification-failed', 'one', 2],
      ['log-verification-failed', 'other', 1],
      ['service-silent', 'one', 2],
      ['service-silent', 'other', 1],
      ['unmasked-personal-data', 'entry:task.create:input.note', 1],
    ],
  );
  assert.equal(rows.at(-1)?.entry_indexes, '{0}');
  assert.ok(!JSON.stringify(rows).includes('jane'));
});
