import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { auditEntriesSchema, type Task, taskPageSchema } from '@todo-chatbot/contracts';
import type { Person } from './client.ts';
import { waitFor } from './waitFor.ts';

/** Tries of one message before a person gives up; each waits a little. */
const maxTries = 120;
const pauseBetweenTriesMs = 500;
/** Longest way of an event into the log after a fault: a lost consumer's session and the relay's back-off are in it. */
const auditDeadlineMs = 90_000;

/** A person who adds tasks one after another until told to stop. */
export interface TurnStream {
  /** Titles of the tasks whose turn was acknowledged, in order. */
  readonly acknowledged: readonly string[];
  /** Resolves when the turn under way is acknowledged; rejects with what ended the stream early. */
  stop(): Promise<void>;
}

/** Starts to add tasks with titles that nothing else has. */
export function streamTurns(person: Person): TurnStream {
  const acknowledged: string[] = [];
  let isStreaming = true;
  const stream = (async () => {
    while (isStreaming) {
      const title = `errand ${randomWord()}`;
      await sayUntilAcknowledged(person, `add ${title}`);
      acknowledged.push(title);
    }
  })();
  // Whoever stops the stream sees the error; until then it is not unhandled.
  stream.catch(() => undefined);
  return {
    acknowledged,
    stop: () => {
      isStreaming = false;
      return stream;
    },
  };
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
      await delay(pauseBetweenTriesMs);
    }
  }
}

/** Letters only, so that the understanding of dates and numbers has no part in this test. */
function randomWord(): string {
  return randomUUID()
    .replaceAll('-', '')
    .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));
}

/** All tasks of the person. */
export function everyTask(person: Person): Promise<Task[]> {
  return everyPage(person, '/api/v1/tasks?limit=200', taskPageSchema);
}

/** Waits until the person's trail holds one creation for each of the tasks; then there must be no other. */
export async function untilAudited(person: Person, tasks: readonly Task[]): Promise<void> {
  const created = async () => {
    const path = '/api/v1/audit/entries?limit=100&action=task.create';
    const entries = await everyPage(person, path, auditEntriesSchema);
    return entries.flatMap(({ event }) => (event.success && event.object ? [event.object.id] : []));
  };
  await waitFor(
    'the audit entries of all tasks',
    async () => ((await created()).length >= tasks.length ? true : undefined),
    { deadlineMs: auditDeadlineMs, everyMs: 500 },
  );
  assert.deepEqual((await created()).sort(), tasks.map(({ id }) => id).sort());
}

interface PageSchema<T> {
  parse(body: unknown): { readonly items: readonly T[]; readonly nextCursor: string | null };
}

async function everyPage<T>(person: Person, path: string, schema: PageSchema<T>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const suffix: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await person.call('GET', `${path}${suffix}`);
    if (answer.status !== 200) throw new Error(`GET ${path} answered ${answer.status}: ${answer.text}`);
    const page = schema.parse(answer.body);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
