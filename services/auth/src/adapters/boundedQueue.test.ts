import assert from 'node:assert/strict';
import test from 'node:test';
import { createBoundedQueue } from './boundedQueue.ts';

function held() {
  const gate = Promise.withResolvers<void>();
  return { open: gate.resolve, job: () => gate.promise };
}

test('runs no more than the given number of jobs at once, in order', async () => {
  const queue = createBoundedQueue({ concurrency: 2, maximumWaiting: 10 });
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const job = (index: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    order.push(index);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };

  await Promise.all(Array.from({ length: 10 }, (_, index) => queue.run(job(index))));

  assert.equal(most, 2);
  assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('refuses a job beyond its bound, and takes one again as soon as a place is free', async () => {
  const queue = createBoundedQueue({ concurrency: 1, maximumWaiting: 1 });
  const first = held();
  const running = queue.run(first.job);
  const waiting = queue.run(async () => 'second');

  assert.equal(
    queue.run(async () => 'third'),
    null,
  );
  first.open();
  await running;

  assert.equal(await waiting, 'second');
  assert.equal(await queue.run(async () => 'fourth'), 'fourth');
});

test('a job that throws gives its place to the next one', async () => {
  const queue = createBoundedQueue({ concurrency: 1, maximumWaiting: 1 });
  const failing = queue.run(() => Promise.reject(new Error('broken')));
  const next = queue.run(async () => 'next');

  await assert.rejects(async () => failing, /broken/);
  assert.equal(await next, 'next');
});

test('a newcomer cannot take the place that is being handed over', async () => {
  const queue = createBoundedQueue({ concurrency: 1, maximumWaiting: 5 });
  const first = held();
  const second = held();
  const running = queue.run(first.job);
  const waiting = queue.run(second.job);
  let hasNewcomerRun = false;
  first.open();
  await running;

  const newcomer = queue.run(async () => {
    hasNewcomerRun = true;
  });
  await new Promise((resolve) => setImmediate(resolve));

  assert.equal(hasNewcomerRun, false);
  second.open();
  await Promise.all([waiting, newcomer]);
  assert.equal(hasNewcomerRun, true);
});
