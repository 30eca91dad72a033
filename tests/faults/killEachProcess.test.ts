import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Platform, startPlatform } from '@todo-chatbot/local-platform/testing';
import { newPerson, type Person } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { unlimited } from '../support/limits.ts';
import { everyTask, streamTurns, untilAudited } from '../support/turns.ts';
import { waitFor } from '../support/waitFor.ts';

/** Longest time in which the platform must be whole again after one process was killed. */
const recoveryDeadlineMs = 90_000;

/** Every process that a turn passes, and the witness, which watches what becomes of it. */
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
  'witness',
] as const;

describe('Faults: each process is killed once during a stream of chat turns (TEST-3, KAFKA-4)', () => {
  let platform: Platform;
  let person: Person;
  before(async () => {
    platform = await startPlatform({
      environment: unlimited,
    });
    person = await newPerson(platform.url);
  });
  after(async () => {
    await platform?.stop();
  });

  it('no acknowledged task is lost or doubled, each is in the audit log once, and the log verifies', {
    timeout: 900_000,
  }, async () => {
    const stream = streamTurns(person);
    const { acknowledged } = stream;
    try {
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
    } finally {
      await stream.stop();
    }

    const tasks = await everyTask(person);
    const titles = tasks.map(({ title }) => title);
    assert.deepEqual(titles.sort(), [...acknowledged].sort(), 'no acknowledged task is lost and none is doubled');
    await untilAudited(person, tasks);
    const { code, stdout } = await runCommand(['run', '--silent', 'audit:verify'], {
      env: { TODO_CHATBOT_STATE: platform.stateDir },
    });
    assert.equal(code, 0, stdout);
  });
});
