import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { problemSchema } from '@todo-chatbot/contracts';
import { type Platform, startPlatform } from '@todo-chatbot/local-platform/testing';
import { newPerson, type Person } from '../support/client.ts';
import { unlimited } from '../support/limits.ts';
import { waitFor } from '../support/waitFor.ts';

/** Longest time to a refusal: the gateway's budget for a verdict, and what this machine adds. */
const refusalDeadlineMs = 5_000;

describe('Faults: a guardrail that is away or slow lets nothing through (PRIN-6, GUARD-1)', () => {
  let platform: Platform;
  let person: Person;
  before(async () => {
    platform = await startPlatform({ environment: unlimited });
    person = await newPerson(platform.url);
  });
  after(async () => {
    await platform?.stop();
  });

  const say = (text: string, key: string) =>
    person.call('POST', '/api/v1/chat/messages', { body: { text }, headers: { 'idempotency-key': key } });

  /** The message is refused in time, politely, and nothing is done; the same key works, once, when the guard is back. */
  async function assertFailsClosed(title: string, restore: () => Promise<void>): Promise<void> {
    const key = randomUUID();
    const before = await person.tasks();
    const startedAt = performance.now();
    const refused = await say(`add ${title}`, key);
    assert.ok(performance.now() - startedAt < refusalDeadlineMs);
    assert.deepEqual([refused.status, problemSchema.parse(refused.body).code], [503, 'guardrail.unavailable']);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.deepEqual(await person.tasks(), before);

    await restore();
    await waitFor(
      'the same message to be taken',
      async () => {
        const answer = await say(`add ${title}`, key);
        return answer.status === 200 ? true : undefined;
      },
      { deadlineMs: 60_000 },
    );
    assert.equal((await say(`add ${title}`, key)).status, 200, 'and again, for the same answer');
    assert.equal((await person.tasks()).filter((task) => task.title === title).length, 1);
  }

  const pidOf = async (name: string) => {
    const pid = (await platform.status()).processes.find((process) => process.name === name)?.pid;
    assert.ok(pid);
    return pid;
  };

  it('attack: the guardrail stands still: each message is refused within the budget, and none is lost', async () => {
    const pid = await pidOf('guardrail');
    process.kill(pid, 'SIGSTOP');
    try {
      await assertFailsClosed('water plants', async () => void process.kill(pid, 'SIGCONT'));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  it('attack: the guardrail’s sidecar stands still', async () => {
    const pid = await pidOf('guardrail-dapr');
    process.kill(pid, 'SIGSTOP');
    try {
      await assertFailsClosed('feed cat', async () => void process.kill(pid, 'SIGCONT'));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  it('attack: many messages while it stands still: all are refused, none piles up, and the gateway answers others', async () => {
    const pid = await pidOf('guardrail');
    process.kill(pid, 'SIGSTOP');
    try {
      const burst = Array.from({ length: 100 }, (_, index) => say(`add thing ${index}`, randomUUID()));
      const reading = await person.call('GET', '/api/v1/tasks');
      assert.equal(reading.status, 200);
      assert.deepEqual([...new Set((await Promise.all(burst)).map(({ status }) => status))], [503]);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    assert.ok(!(await person.tasks()).some(({ title }) => title.startsWith('thing ')));
  });
});
