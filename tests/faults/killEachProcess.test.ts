import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Platform, startPlatform } from '@todo-chatbot/local-platform/testing';
import { newPerson, type Person } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { waitFor } from '../support/waitFor.ts';

/** Longest time in which the platform must be whole again after one process was killed. */
const recoveryDeadlineMs = 90_000;

/** Tries of one message before a person gives up; each waits a little. */
const maxTries = 120;

/** Every process that a turn passes. */
const victims = [
  'task',
  'task-dapr',
  'chat-gateway',
  'chat-gateway-dapr',
  'guardrail',
  'guardrail-dapr',
  'auth',
  'auth-dapr',
  'audit',
  'audit-dapr',
  'booking',
  'booking-dapr',
  'kafka',
  'postgres',
  'sentry',
] as const;

describe('Faults: each process is killed once during a stream of chat turns (TEST-3, KAFKA-4)', () => {
  let platform: Platform;
  let person: Person;
  before(async () => {
    platform = await startPlatform({
      environment: {
        RATE_LIMIT_MESSAGES_PER_MINUTE: '100000',
        RATE_LIMIT_API_CALLS_PER_MINUTE: '100000',
        RATE_LIMIT_TASK_LISTS_PER_MINUTE: '100000',
      },
    });
    person = await newPerson(platform.url);
  });
  after(async () => {
    await platform?.stop();
  });

  it('no acknowledged task is lost or doubled, each is in the audit log once, and the log verifies', {
    timeout: 900_000,
  }, async () => {
    const acknowledged: string[] = [];
    let isStreaming = true;
    const stream = (async () => {
      while (isStreaming) {
        const title = `errand ${randomWord()}`;
        await sayUntilAcknowledged(person, `add ${title}`);
        acknowledged.push(title);
      }
    })();
    for (const victim of victims) {
      const before = acknowledged.length;
      await waitFor('turns before the kill', async () => (acknowledged.length >= before + 3 ? true : undefined), {
        deadlineMs: recoveryDeadlineMs,
      });
      await platform.kill(victim);
      await waitFor(
        `recovery after the kill of ${victim}`,
        async () => ((await platform.status()).ready && acknowledged.length >= before + 5 ? true : undefined),
        { deadlineMs: recoveryDeadlineMs },
      );
    }
    isStreaming = false;
    await stream;

    const titles: string[] = [];
    let cursor = '';
    do {
      const page = await person.call(
        'GET',
        `/api/v1/tasks?limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      assert.equal(page.status, 200, page.text);
      titles.push(...[...page.text.matchAll(/"title":"(errand [^"]+)"/g)].map((match) => match[1] ?? ''));
      cursor = /"nextCursor":"([^"]+)"/.exec(page.text)?.[1] ?? '';
    } while (cursor !== '');
    assert.deepEqual([...titles].sort(), [...new Set(titles)].sort(), 'no task is doubled');
    assert.deepEqual(
      acknowledged.filter((title) => !titles.includes(title)),
      [],
      'no acknowledged task is lost',
    );

    await waitFor(
      'the audit entries of all tasks',
      async () => ((await countCreations(person)) === titles.length ? true : undefined),
      { deadlineMs: recoveryDeadlineMs, everyMs: 1_000 },
    );
    const { code, stdout } = await runCommand(['run', '--silent', 'audit:verify'], {
      env: { TODO_CHATBOT_STATE: platform.stateDir },
    });
    assert.equal(code, 0, stdout);
  });
});

/** Letters only, so that the understanding of dates and numbers has no part in this test. */
function randomWord(): string {
  return randomUUID()
    .replaceAll('-', '')
    .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
}

/** Repeats the message with one idempotency key until it is acknowledged, as a careful client does. */
async function sayUntilAcknowledged(person: Person, text: string): Promise<void> {
  const idempotencyKey = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await person.say(text, { idempotencyKey });
      assert.equal(answer.intent, 'add_task', answer.reply);
      return;
    } catch (error) {
      if (attempt >= maxTries || error instanceof assert.AssertionError) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Successful `task.create` entries in the person's own trail. */
async function countCreations(person: Person): Promise<number> {
  const indexes = new Set<number>();
  let cursor = '';
  do {
    const page = await person.call(
      'GET',
      `/api/v1/audit/entries?limit=100&action=task.create${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    if (page.status !== 200) throw new Error(`audit entries answered ${page.status}`);
    for (const match of page.text.matchAll(/"index":(\d+)/g)) indexes.add(Number(match[1]));
    cursor = /"nextCursor":"([^"]+)"/.exec(page.text)?.[1] ?? '';
  } while (cursor !== '');
  return indexes.size;
}
