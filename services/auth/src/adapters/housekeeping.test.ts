import assert from 'node:assert/strict';
import test from 'node:test';
import { createLogger } from '@todo-chatbot/service-kit';
import { createHousekeeping } from './housekeeping.ts';

const logger = createLogger({ appId: 'auth', level: 'fatal' });
const intervalMs = 15 * 60_000;

test('a job that fails keeps neither the next job nor the next round from running', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const done: string[] = [];
  const housekeeping = createHousekeeping({
    logger,
    jobs: {
      failing: async () => {
        done.push('failing');
        throw new Error('the database is away');
      },
      next: async () => void done.push('next'),
    },
  });
  housekeeping.start();

  t.mock.timers.tick(intervalMs);
  await housekeeping.close();
  assert.deepEqual(done, ['failing', 'next']);

  housekeeping.start();
  t.mock.timers.tick(intervalMs);
  await housekeeping.close();
  assert.deepEqual(done, ['failing', 'next', 'failing', 'next']);
});

test('a round that takes longer than the interval is not started twice, and close waits for it', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const gate = Promise.withResolvers<void>();
  let rounds = 0;
  const housekeeping = createHousekeeping({
    logger,
    jobs: {
      slow: async () => {
        rounds += 1;
        await gate.promise;
      },
    },
  });
  housekeeping.start();

  t.mock.timers.tick(3 * intervalMs);
  assert.equal(rounds, 1);

  let isClosed = false;
  const closing = housekeeping.close().then(() => {
    isClosed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(isClosed, false);
  gate.resolve();
  await closing;
});
