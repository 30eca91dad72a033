import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type AppId, auditedApps, auditTopicOf, type CloudEvent, deadLetterTopic } from '@todo-chatbot/contracts';
import { type Platform, type PlatformState, startPlatform } from '@todo-chatbot/local-platform/testing';
import pg from 'pg';
import { z } from 'zod';
import { addToOutboxOf, auditEventOf, openAuditTopic } from '../support/auditEvents.ts';
import { call, newPerson } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { fsck } from '../support/fsck.ts';
import { countMessages, platformKafka } from '../support/kafka.ts';
import { unlimited } from '../support/limits.ts';
import { seededRandom } from '../support/random.ts';
import { everyTask, streamTurns, untilAudited } from '../support/turns.ts';
import { waitFor } from '../support/waitFor.ts';

/** The smallest log that the proof with Tessera's fsck has to be made with. */
const leastEntries = 100_000;
const outboxEventsOfEach = 800;
const topicEventsOfEach = Math.ceil(leastEntries / auditedApps.length) - outboxEventsOfEach;
/** Events written to a topic at a time; a fault in the middle has all of them written again, and one entry of each must come of it. */
const eventsPerWrite = 1_000;
const pauseBetweenTriesMs = 500;

const victims = ['audit', 'audit-dapr', 'kafka', 'postgres'] as const;
const killsOfEach = 3;
/** How far the log grows before the next kill: less than a transaction and up to some, so that kills meet batches at every place. */
const growthBeforeKill = { least: 200, most: 4_000 };
/** A consumer that is killed keeps its partitions for 10 s, a broker comes back in as many, and one may meet the other. */
const recoveryDeadlineMs = 90_000;

const countSchema = z.tuple([z.object({ count: z.int() })]);
const sizeSchema = z.tuple([z.object({ size: z.int() })]);
const rootSchema = z.tuple([z.object({ root: z.instanceof(Buffer) })]);
const entriesSchema = z.tuple([
  z.object({ size: z.int(), count: z.int(), distinct: z.int(), first: z.int(), last: z.int() }),
]);

describe('Faults: the pipeline of the audit log is killed in the middle of batches, over and over (AUD-3, KAFKA-4, TEST-3)', () => {
  let platform: Platform;
  let facts: PlatformState;
  before(async () => {
    platform = await startPlatform({ environment: unlimited });
    facts = await platform.state();
  });
  after(async () => {
    await platform?.stop();
  });

  /** One question to the audit database as its owner, on a connection of its own: the server is killed in between. */
  async function askDatabase(statement: string, values: readonly unknown[] = []): Promise<unknown[]> {
    const client = new pg.Client({ ...facts.apps.audit.databaseOwner, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(statement, [...values])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  const treeSize = async () =>
    sizeSchema.parse(await askDatabase('SELECT max(tree_size)::int AS size FROM checkpoint'))[0].size;

  /** The root that the log signed at a size. */
  const rootAt = async (size: number) =>
    rootSchema.parse(await askDatabase('SELECT root_hash AS root FROM checkpoint WHERE tree_size = $1', [size]))[0]
      .root;

  async function countInLog(eventIds: readonly string[]): Promise<number> {
    const rows = await askDatabase('SELECT count(*)::int FROM entry WHERE event_id = ANY($1)', [eventIds]);
    return countSchema.parse(rows)[0].count;
  }

  /** Waits until the log has that many entries more than when the database answered first. */
  async function untilLogGrewBy(entries: number): Promise<void> {
    const size = await insist(treeSize);
    await waitFor(
      `the log of ${size} entries to grow by ${entries}`,
      async () => ((await treeSize()) >= size + entries ? true : undefined),
      { deadlineMs: recoveryDeadlineMs },
    );
  }

  /** Writes the events of one service on both ways, however often it has to try. `dealOut` is kept when a share of them is due. */
  async function publish(
    service: AppId,
    events: readonly CloudEvent[],
    dealOut: (share: number) => Promise<unknown>,
  ): Promise<void> {
    await insist(() => addToOutboxOf(facts, service, events.slice(0, outboxEventsOfEach)));
    const topic = await insist(() => openAuditTopic(facts, service));
    try {
      for (let from = outboxEventsOfEach; from < events.length; from += eventsPerWrite) {
        await dealOut(from / events.length);
        await insist(() => topic.write(events.slice(from, from + eventsPerWrite)));
      }
    } finally {
      await topic.close();
    }
  }

  it('100,000 entries and more: each event once, no gap, the verifier and Tessera find it sound, nothing of the services is lost', {
    timeout: 240_000,
  }, async (context) => {
    const seed = randomInt(1, 2 ** 32);
    const random = seededRandom(seed);
    const order = random.shuffled(victims.flatMap((victim) => Array.from({ length: killsOfEach }, () => victim)));
    context.diagnostic(`seed ${seed}: ${order.join(', ')}`);
    const events = new Map(
      auditedApps.map((service) => [
        service,
        Array.from({ length: outboxEventsOfEach + topicEventsOfEach }, () => auditEventOf(service)),
      ]),
    );
    const person = await newPerson(platform.url);
    const turns = streamTurns(person);

    // The events are dealt out over the kills, so that each of them finds some under way.
    let killsDone = 0;
    const dealOut = (share: number) =>
      waitFor('the next kill', async () => (share <= (killsDone + 1) / order.length ? true : undefined), {
        deadlineMs: recoveryDeadlineMs,
      });
    const publishing = Promise.all(auditedApps.map((service) => publish(service, events.get(service) ?? [], dealOut)));
    // Whoever waits for it sees the error; until then it is not unhandled.
    publishing.catch(() => undefined);
    try {
      for (const victim of order) {
        await untilLogGrewBy(random.between(growthBeforeKill.least, growthBeforeKill.most));
        await insist(() => platform.kill(victim));
        killsDone += 1;
      }
      await publishing;
    } finally {
      killsDone = order.length;
      await turns.stop();
    }

    const eventIds = [...events.values()].flat().map(({ id }) => id);
    await waitFor(
      'every event in the log',
      async () => ((await countInLog(eventIds)) === eventIds.length ? true : undefined),
      { deadlineMs: recoveryDeadlineMs, everyMs: 500 },
    );
    const tasks = await everyTask(person);
    assert.deepEqual(tasks.map(({ title }) => title).sort(), [...turns.acknowledged].sort());
    await untilAudited(person, tasks);

    const [{ size, ...entries }] = entriesSchema.parse(
      await askDatabase(
        `SELECT (SELECT max(tree_size)::int FROM checkpoint) AS size,
                count(*)::int, count(DISTINCT event_id)::int AS distinct, min(index)::int AS first, max(index)::int AS last
         FROM entry`,
      ),
    );
    context.diagnostic(`${size} entries`);
    assert.ok(size >= leastEntries);
    assert.deepEqual(entries, { count: size, distinct: size, first: 0, last: size - 1 }, 'no gap and no double');
    const kafka = platformKafka(facts);
    for (const service of auditedApps) {
      const topic = deadLetterTopic(auditTopicOf(service), 'audit');
      assert.equal(await countMessages(kafka, topic), 0, topic);
    }
    const report = await audit('verify');
    assert.match(report, /^The audit log is sound\.\n/);
    const verifierKey = /^key (.+)$/m.exec(report)?.[1] ?? '';

    const served = () => call(platform.url, 'GET', '/api/v1/audit/log/checkpoint');
    await waitFor('all entries to be published', async () =>
      sizeIn((await served()).text) >= size ? true : undefined,
    );
    await fsckOf(new URL('/api/v1/audit/log/', platform.url), sizeIn((await served()).text), verifierKey);
    const folder = await mkdtemp(join(tmpdir(), 'audit-export-'));
    try {
      await audit('export', folder);
      assert.equal((await readFile(join(folder, 'log.vkey'), 'utf8')).trim(), verifierKey);
      const exported = sizeIn(await readFile(join(folder, 'checkpoint'), 'utf8'));
      assert.ok(exported >= size, 'all entries are exported');
      await fsckOf(pathToFileURL(folder), exported, verifierKey);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  const fsckOf = async (storage: URL, size: number, verifierKey: string) =>
    fsck({ storageUrl: storage.href, verifierKey, size, rootHash: await rootAt(size) });

  /** Runs `npm run audit:…` and gives what it printed; it must find nothing wrong. */
  async function audit(command: 'verify' | 'export', ...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runCommand(['run', '--silent', `audit:${command}`, '--', ...args], {
      env: { TODO_CHATBOT_STATE: platform.stateDir },
    });
    assert.equal(code, 0, `${stdout}\n${stderr}`);
    return stdout;
  }
});

/** The tree size that a checkpoint says. */
function sizeIn(checkpoint: string): number {
  return Number(checkpoint.split('\n')[1]);
}

/** Does the work, again and again as long as the platform is in pieces. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  const done = await waitFor('the platform to do it', async () => ({ result: await work() }), {
    deadlineMs: recoveryDeadlineMs,
    everyMs: pauseBetweenTriesMs,
  });
  return done.result;
}
