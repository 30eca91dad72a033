import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestDatabase } from '@todo-chatbot/local-platform/testing';
import { startTestDatabase } from '@todo-chatbot/local-platform/testing';
import { createLogger, metrics, systemClock } from '@todo-chatbot/service-kit';
import { createPostgresLogStore } from '../src/adapters/postgresLogStore.ts';
import { createLogWriter, type LogWriter } from '../src/commands/logWriter.ts';
import { createAuditIngestion } from '../src/events/ingestAuditEvents.ts';
import type { BatchControl, DeadLetter, DeadLetters, MessageBatch } from '../src/ports/eventSource.ts';
import { auditEvent, newSigner, verifyDatabase } from './support.ts';

describe('ingestion of audit events (KAFKA-4)', () => {
  let database: TestDatabase;
  let writer: LogWriter;
  const signer = newSigner();
  const logger = createLogger({ appId: 'audit', level: 'silent' });
  before(async () => {
    database = await startTestDatabase({ service: 'audit' });
    writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    await writer.start();
  });
  after(() => database.close());

  function batchOf(values: readonly (string | Buffer | null | object)[]): MessageBatch {
    const messages = values.map((value, index) => ({
      offset: String(index),
      key: Buffer.from('key'),
      value: value === null || Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value)),
    }));
    return { topic: 'audit.events.task', partition: 0, messages, lagMessages: 0 };
  }

  function collector(): DeadLetters & { readonly letters: DeadLetter[] } {
    const letters: DeadLetter[] = [];
    return { letters, send: async (sent) => void letters.push(...sent) };
  }

  function steadyControl(): BatchControl & { beats: number; isMine: boolean } {
    const control = {
      beats: 0,
      isMine: true,
      isCurrent: () => control.isMine,
      keepAlive: async () => {
        control.beats += 1;
      },
    };
    return control;
  }

  function ingestionWith(parts: { writer?: LogWriter; deadLetters?: DeadLetters }) {
    return createAuditIngestion({ writer, deadLetters: collector(), logger, clock: systemClock, ...parts });
  }

  const countOf = async (eventIds: readonly string[]) => {
    const { rows } = await database.pool.query('SELECT count(*) AS count FROM entry WHERE event_id = ANY($1)', [
      eventIds,
    ]);
    return Number(rows[0].count);
  };

  it('attack: a character that the database cannot hold keeps neither its own topic nor the others waiting', async () => {
    const good = auditEvent({});
    const poison = [
      auditEvent({ object: { type: 'task', id: 'a\u0000b' } }),
      auditEvent({ metadata: { address: '\u0000', userAgent: null } }),
      auditEvent({ traceId: '\u0000' }),
    ];
    const deadLetters = collector();
    const control = steadyControl();
    const handling = ingestionWith({ deadLetters }).handle(batchOf([...poison, good]), control);
    const outcome = await Promise.race([handling, delay(3_000, 'waits', { ref: false })]);
    control.isMine = false;
    assert.equal(outcome, 'done');
    assert.equal(deadLetters.letters.length, poison.length);
    assert.equal(await countOf([good.id]), 1);
  });

  it('has every event of a batch in the log before it says done', async () => {
    const events = Array.from({ length: 2_500 }, () => auditEvent({}));
    const ingestion = ingestionWith({});
    assert.equal(await ingestion.handle(batchOf(events), steadyControl()), 'done');
    assert.equal(await countOf(events.map(({ id }) => id)), events.length);
    ingestion.close();
  });

  it('has one entry for an event that is delivered again, in the same batch and in a later one', async () => {
    const events = [auditEvent({}), auditEvent({})];
    const ingestion = ingestionWith({});
    await ingestion.handle(batchOf([...events, ...events]), steadyControl());
    await ingestion.handle(batchOf(events), steadyControl());
    assert.equal(await countOf(events.map(({ id }) => id)), 2);
    ingestion.close();
  });

  it('attack: malformed messages go to the dead-letter topic as they came, and the rest of the batch into the log', async () => {
    const good = [auditEvent({}), auditEvent({})];
    const bad = [
      null,
      Buffer.from('not json'),
      Buffer.of(0xc3, 0x28),
      { ...auditEvent({}), type: 'task.created.v2' },
      { ...auditEvent({}), time: '0000-01-01T00:00:00Z' },
      { ...auditEvent({}), id: 'nul\u0000' },
      { ...auditEvent({}), data: { ...auditEvent({}).data, actor: { type: 'user', id: '\u0000' } } },
      { ...auditEvent({}), data: { ...auditEvent({}).data, reason: '\ud800' } },
      // What the database has no text for must not keep the good ones waiting for ever.
      auditEvent({ object: { type: 'task', id: 'tsk_\u0000' } }),
      auditEvent({ object: { type: '\u0000', id: 'tsk_1' } }),
      auditEvent({ metadata: { address: '\u0000', userAgent: null } }),
      auditEvent({ traceId: '\u0000' }),
    ];
    const deadLetters = collector();
    const ingestion = ingestionWith({ deadLetters });
    const batch = batchOf([good[0] ?? null, ...bad, good[1] ?? null]);
    assert.equal(await ingestion.handle(batch, steadyControl()), 'done');
    assert.equal(await countOf(good.map(({ id }) => id)), 2);
    assert.deepEqual(
      deadLetters.letters.map(({ message }) => message),
      batch.messages.slice(1, -1),
    );
    ingestion.close();
  });

  it('attack: another event under the id of one that is in the log goes to the dead-letter topic', async () => {
    const event = auditEvent({ action: 'auth.login', success: false });
    const forged = auditEvent({ id: event.id, action: 'auth.login', success: true });
    const deadLetters = collector();
    const ingestion = ingestionWith({ deadLetters });
    await ingestion.handle(batchOf([event]), steadyControl());
    assert.equal(await ingestion.handle(batchOf([forged]), steadyControl()), 'done');
    assert.deepEqual(
      deadLetters.letters.map(({ reason, message }) => [reason, message.value?.toString()]),
      [['event-id-taken', JSON.stringify(forged)]],
    );
    ingestion.close();
  });

  it('attack: a service that was taken over speaks for another one: nothing of it gets into the log (AUD-3)', async () => {
    const forgeries = [
      { ...auditEvent({}), source: 'auth' },
      auditEvent({ service: 'auth' }),
      { ...auditEvent({ service: 'auth' }), source: 'auth' },
      { ...auditEvent({}), source: 'nobody' },
      { ...auditEvent({}), source: 'TASK' },
    ];
    const own = auditEvent({});
    const deadLetters = collector();
    const ingestion = ingestionWith({ deadLetters });
    assert.equal(await ingestion.handle(batchOf([...forgeries, own]), steadyControl()), 'done');
    assert.deepEqual(
      deadLetters.letters.map(({ reason, message }) => [reason, message.value?.toString()]),
      forgeries.map((forgery) => ['not-of-its-producer', JSON.stringify(forgery)]),
    );
    assert.equal(await countOf(forgeries.map(({ id }) => id)), 0);
    assert.equal(await countOf([own.id]), 1);
    ingestion.close();
  });

  it('attack: an event that is in order on the topic of its producer is refused on any other one (AUD-3)', async () => {
    const event = auditEvent({});
    const deadLetters = collector();
    const ingestion = ingestionWith({ deadLetters });
    for (const topic of ['audit.events.auth', 'audit.events.audit', 'audit.events', 'audit.events.task.audit.dlt']) {
      assert.equal(await ingestion.handle({ ...batchOf([event]), topic }, steadyControl()), 'done', topic);
    }
    assert.deepEqual(new Set(deadLetters.letters.map(({ reason }) => reason)), new Set(['not-of-its-producer']));
    assert.equal(deadLetters.letters.length, 4);
    assert.equal(await countOf([event.id]), 0);
    ingestion.close();
  });

  it('tries until the database is back, staying in touch with the broker meanwhile, and loses nothing', async () => {
    const events = [auditEvent({}), auditEvent({})];
    let failures = 4;
    const control = steadyControl();
    const ingestion = ingestionWith({
      writer: {
        ...writer,
        append: async (entries) => {
          failures -= 1;
          if (failures >= 0) throw new Error('the database is down');
          return await writer.append(entries);
        },
      },
    });
    assert.equal(await ingestion.handle(batchOf(events), control), 'done');
    assert.ok(control.beats >= 4);
    assert.equal(await countOf(events.map(({ id }) => id)), 2);
    ingestion.close();
  });

  it('does not say done while the dead-letter topic cannot be written', async () => {
    const deadLetters = collector();
    let failures = 2;
    const ingestion = ingestionWith({
      deadLetters: {
        send: async (letters) => {
          failures -= 1;
          if (failures >= 0) throw new Error('the broker is down');
          await deadLetters.send(letters);
        },
      },
    });
    assert.equal(await ingestion.handle(batchOf(['no event']), steadyControl()), 'done');
    assert.equal(deadLetters.letters.length, 1);
    ingestion.close();
  });

  it('gives a batch up, uncommitted, when it is no longer ours', async () => {
    const control = steadyControl();
    const ingestion = ingestionWith({
      writer: {
        ...writer,
        append: async () => {
          control.isMine = false;
          throw new Error('the database is down');
        },
      },
    });
    assert.equal(await ingestion.handle(batchOf([auditEvent({})]), control), 'abandoned');
    ingestion.close();
  });

  it('attack: field names that a producer makes up are no labels of a metric, which would grow without bound', async (t) => {
    const reasons = new Set<unknown>();
    const counter = { add: (_: number, labels?: { reason?: unknown }) => void reasons.add(labels?.reason) };
    t.mock.method(metrics, 'counter', () => counter);
    const ingestion = ingestionWith({});
    const { data } = auditEvent({});
    const bad = ['a', 'b', 'c'].map((name) => ({ ...auditEvent({}), data: { ...data, input: { [name]: {} } } }));
    assert.equal(await ingestion.handle(batchOf(bad), steadyControl()), 'done');
    assert.deepEqual([...reasons], ['not-an-audit-event']);
    ingestion.close();
  });

  it('is not blocked by a partition that a rebalance takes away while the database is down (OBS-3)', async () => {
    const ingestion = ingestionWith({
      writer: { ...writer, append: () => Promise.reject(new Error('the database is down')) },
    });
    const lost = { isCurrent: () => true, keepAlive: () => Promise.reject(new Error('rebalance in progress')) };
    await assert.rejects(ingestion.handle(batchOf([auditEvent({})]), lost), /rebalance/);
    assert.equal(ingestion.isBlocked(), false);
    ingestion.close();
  });

  it('is one log when batches of several partitions come side by side', async () => {
    const ingestion = ingestionWith({});
    const events = Array.from({ length: 300 }, () => auditEvent({}));
    await Promise.all(
      [0, 1, 2].map((partition) =>
        ingestion.handle(
          { ...batchOf(events.slice(partition * 100, partition * 100 + 100)), partition },
          steadyControl(),
        ),
      ),
    );
    assert.equal(await countOf(events.map(({ id }) => id)), 300);
    const verdict = await verifyDatabase(database.pool, signer);
    assert.ok(verdict.ok, JSON.stringify(verdict));
    ingestion.close();
  });
});
