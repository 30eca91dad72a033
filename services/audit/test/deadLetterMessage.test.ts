import assert from 'node:assert/strict';
import { it } from 'node:test';
import { messageOfDeadLetter } from '../src/adapters/kafkaEventSource.ts';

/** Kafka's default for a message with its headers. */
const brokerLimit = 1024 * 1024;
const batch = { topic: 'audit.events.task', partition: 2, messages: [], lagMessages: 0 };

it('attack: no message that the broker took is too large to become a dead letter, be its key the large part (KAFKA-4)', () => {
  for (const keyBytes of [0, 1, 400_000, 600_000, 900_000, 900_001, brokerLimit]) {
    const message = { offset: '7', key: Buffer.alloc(keyBytes), value: Buffer.alloc(brokerLimit - keyBytes) };
    const { key, value, headers } = messageOfDeadLetter({ batch, message, reason: 'x'.repeat(4_000) });
    const bytes = (key?.length ?? 0) + (value?.length ?? 0) + JSON.stringify(headers).length;
    assert.ok(bytes < brokerLimit - 10_000, `${keyBytes}: ${bytes}`);
  }
});

it('keeps key and value of a usual dead letter as they came', () => {
  const message = { offset: '7', key: Buffer.from('key'), value: Buffer.from('not json') };
  const { key, value, headers } = messageOfDeadLetter({ batch, message, reason: 'not-json' });
  assert.deepEqual([key, value], [message.key, message.value]);
  assert.ok(!('dead-letter-cut-from-bytes' in headers));
});
