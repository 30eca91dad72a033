/**
 * Measures the audit log beside Tessera's POSIX driver: `npm run bench -- auditLog [--entries 50000] [--rounds 3] [--json]`.
 *
 * In the same run, with the same bytes for each entry and each commit on the disk before it counts, in turns: Tessera with its own
 * defaults, our log writer with entries that are ready as Tessera's are, and the same from the bytes of received events; then, on a platform of its own, the whole pipeline from Kafka to commit, and with the
 * log at 100,000 entries the time from act to published checkpoint, of an inclusion proof, and of the verifier. Tessera is built with Go.
 */
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect, parseArgs } from 'node:util';
import { auditedApps, type CloudEvent } from '@todo-chatbot/contracts';
import {
  ensureGoPrograms,
  type Platform,
  type PlatformState,
  startPlatform,
  startTestDatabase,
} from '@todo-chatbot/local-platform/testing';
import pg from 'pg';
import { z } from 'zod';
import { systemClock } from '../../packages/service-kit/src/clock.ts';
import { createNoteSigner } from '../../packages/transparency-log/src/signedNote.ts';
import { encodeBundle } from '../../packages/transparency-log/src/tiles.ts';
import { createPostgresLogReader } from '../../services/audit/src/adapters/postgresLogReader.ts';
import { createPostgresLogStore } from '../../services/audit/src/adapters/postgresLogStore.ts';
import { createLogWriter } from '../../services/audit/src/commands/logWriter.ts';
import { type EncodedEntry, readEvent } from '../../services/audit/src/domain/entry.ts';
import { proveInclusion } from '../../services/audit/src/queries/proveInclusion.ts';
import { newAdministrator } from '../support/administrator.ts';
import { auditEventOf, openAuditTopic } from '../support/auditEvents.ts';
import { call } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { unlimited } from '../support/limits.ts';
import { waitFor } from '../support/waitFor.ts';

/** Callers of Tessera that each wait for their entry: enough for four of its batches at once. */
const tesseraCallers = 1_024;
/** As ingestion does: slices of half a transaction from as many partitions as it reads at once. */
const writerCallers = 4;
const entriesPerSlice = 1_000;
const pipelineEntries = 100_000;
const eventsPerWrite = 1_000;
const pipelineDeadlineMs = 300_000;
const publishedSamples = 200;
const publishedEveryMs = 50;
const pollCheckpointEveryMs = 20;
const proofSamples = 500;

const tesseraResultSchema = z.object({ entries: z.int(), entriesPerSecond: z.number() });
const checkpointRowsSchema = z.array(z.object({ size: z.int(), atSeconds: z.number() }));
const indexRowsSchema = z.array(z.object({ event_id: z.string(), index: z.int() }));

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const entries = Number(values.entries);
const loadBefore = loadavg()[0];

const programs = await ensureGoPrograms({
  sourceDir: join(import.meta.dirname, 'tessera'),
  name: 'bench-tessera',
  targets: { '.': 'tessera' },
});
const messages = Array.from({ length: entries }, () => Buffer.from(JSON.stringify(auditEventOf('task'))));
const ready = messages.map((message) => readEvent(message).entry);
const rounds: { tessera: number; writer: number; fromEvents: number }[] = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  rounds.push({
    tessera: await measureTessera(),
    writer: await measureWriter((from, to) => ready.slice(from, to)),
    fromEvents: await measureWriter((from, to) => messages.slice(from, to).map((message) => readEvent(message).entry)),
  });
}

const platform = await startPlatform({ environment: unlimited });
const onPlatform = await measurePlatform(platform).finally(() => platform.stop());

const tessera = median(rounds.map((round) => round.tessera));
const result = {
  cores: availableParallelism(),
  loadBefore,
  rounds: rounds.length,
  entriesOfRound: entries,
  entryBytes: Math.round(ready.reduce((sum, { body }) => sum + body.length, 0) / ready.length),
  tesseraPerSecond: tessera,
  writerPerSecond: median(rounds.map((round) => round.writer)),
  writerOfTessera: median(rounds.map((round) => round.writer / round.tessera)),
  fromEventsPerSecond: median(rounds.map((round) => round.fromEvents)),
  fromEventsOfTessera: median(rounds.map((round) => round.fromEvents / round.tessera)),
  pipelineOfTessera: onPlatform.pipelinePerSecond / tessera,
  ...onPlatform,
};
const rounded = Object.fromEntries(Object.entries(result).map(([name, value]) => [name, round2(value ?? 0)]));
console.log(values.json ? JSON.stringify(rounded) : inspect(rounded, { breakLength: 100 }));

async function measureTessera(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-tessera-'));
  try {
    const args = ['-directory', directory, '-concurrency', String(tesseraCallers)];
    const output = await outputOf(join(programs, 'tessera'), args, encodeBundle(ready.map(({ body }) => body)));
    const { entries: added, entriesPerSecond } = tesseraResultSchema.parse(JSON.parse(output));
    if (added !== entries) throw new Error(`Tessera added ${added} entries`);
    return entriesPerSecond;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function outputOf(program: string, args: readonly string[], input: Buffer): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const [output, complaints]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  child.once('error', reject);
  child.once('close', (code) => {
    if (code === 0) resolve(output.join(''));
    else reject(new Error(`${program} ended with ${code}: ${complaints.join('')}`));
  });
  child.stdin.end(input);
  return await promise;
}

/** Entries in a second, from their slice to their commit; `take` makes the slice. */
async function measureWriter(take: (from: number, to: number) => readonly EncodedEntry[]): Promise<number> {
  const database = await startTestDatabase({ service: 'audit', isDurable: true });
  try {
    const signer = createNoteSigner('bench.example/log', generateKeyPairSync('ed25519').privateKey);
    const writer = createLogWriter({ store: createPostgresLogStore(database.pool), signer, clock: systemClock });
    await writer.start();
    const startedAt = performance.now();
    let next = 0;
    const appendAll = async () => {
      while (next < entries) {
        const from = next;
        next += entriesPerSlice;
        await writer.append(take(from, next));
      }
    };
    await Promise.all(Array.from({ length: writerCallers }, appendAll));
    return (1000 * entries) / (performance.now() - startedAt);
  } finally {
    await database.close();
  }
}

async function measurePlatform({ url, stateDir, ...platform }: Platform) {
  const facts = await platform.state();
  const pool = new pg.Pool(facts.apps.audit.database);
  try {
    const pipelinePerSecond = await measurePipeline(platform, facts, pool);
    const published = await measurePublished(url, facts, pool);
    const proof = await measureProofs({ url, stateDir }, facts, pool);
    const startedAt = performance.now();
    const verified = await runCommand(['run', '--silent', 'audit:verify'], { env: { TODO_CHATBOT_STATE: stateDir } });
    if (verified.code !== 0) throw new Error(verified.stdout);
    return {
      pipelinePerSecond,
      publishedP50Ms: quantile(published, 0.5),
      publishedP99Ms: quantile(published, 0.99),
      proofP50Ms: quantile(proof.alone, 0.5),
      proofP99Ms: quantile(proof.alone, 0.99),
      proofRequestP50Ms: quantile(proof.request, 0.5),
      proofRequestP99Ms: quantile(proof.request, 0.99),
      logSize: await treeSize(pool),
      verifySeconds: (performance.now() - startedAt) / 1000,
    };
  } finally {
    await pool.end();
  }
}

/** Fills the topics while the service stands still, so that writing to them takes nothing from it, and lets it work them off. */
async function measurePipeline(
  platform: Pick<Platform, 'status' | 'kill'>,
  facts: PlatformState,
  pool: pg.Pool,
): Promise<number> {
  const { processes } = await platform.status();
  const pid = processes.find(({ name }) => name === 'audit')?.pid;
  if (typeof pid !== 'number') throw new Error('the audit service does not run');
  process.kill(pid, 'SIGSTOP');
  for (const service of auditedApps) {
    const topic = await openAuditTopic(facts, service);
    for (let left = pipelineEntries / auditedApps.length; left > 0; left -= eventsPerWrite) {
      await topic.write(Array.from({ length: Math.min(left, eventsPerWrite) }, () => auditEventOf(service)));
    }
    await topic.close();
  }
  const before = await treeSize(pool);
  await platform.kill('audit');
  const filled = async () => ((await treeSize(pool)) >= before + pipelineEntries ? true : undefined);
  await waitFor('the pipeline to be empty', filled, { deadlineMs: pipelineDeadlineMs, everyMs: 500 });

  const { rows } = await pool.query(
    `SELECT tree_size::int AS size, extract(epoch FROM created_at)::float8 AS "atSeconds"
     FROM checkpoint WHERE tree_size > $1 ORDER BY tree_size`,
    [before],
  );
  const checkpoints = checkpointRowsSchema.parse(rows);
  // A checkpoint is made before the entries of its transaction are written, so those of the last one are not in the time.
  const [first, secondLast, last] = [checkpoints.at(0), checkpoints.at(-2), checkpoints.at(-1)];
  if (!first || !secondLast || !last) throw new Error('the pipeline was too short to be measured');
  return (secondLast.size - before) / (last.atSeconds - first.atSeconds);
}

/** Milliseconds from the act to the first time that the public door serves a checkpoint over it. */
async function measurePublished(url: string, facts: PlatformState, pool: pg.Pool): Promise<number[]> {
  const seen: { readonly size: number; readonly atMs: number }[] = [];
  const ending = new AbortController();
  const watching = (async () => {
    while (!ending.signal.aborted) {
      const { text } = await call(url, 'GET', '/api/v1/audit/log/checkpoint');
      seen.push({ size: Number(text.split('\n')[1]), atMs: Date.now() });
      await delay(pollCheckpointEveryMs);
    }
  })();
  const topic = await openAuditTopic(facts, 'task');
  const events: CloudEvent[] = [];
  for (let sample = 0; sample < publishedSamples; sample += 1) {
    const event = auditEventOf('task');
    events.push(event);
    await topic.write([event]);
    await delay(publishedEveryMs);
  }
  await topic.close();
  const indexes = await waitFor('all samples in the log', async () => {
    const ids = events.map(({ id }) => id);
    const { rows } = await pool.query('SELECT event_id, index::int FROM entry WHERE event_id = ANY($1)', [ids]);
    return rows.length === ids.length
      ? new Map(indexRowsSchema.parse(rows).map((row) => [row.event_id, row.index]))
      : undefined;
  });
  const last = Math.max(...indexes.values());
  await waitFor('the last checkpoint', async () => ((seen.at(-1)?.size ?? 0) > last ? true : undefined));
  ending.abort();
  await watching;
  return events.map(({ id, time }) => {
    const covering = seen.find(({ size }) => size > (indexes.get(id) ?? Number.POSITIVE_INFINITY));
    return (covering?.atMs ?? Number.NaN) - Date.parse(time);
  });
}

/** Milliseconds of a proof by itself, and of a request for one at the service, which writes an entry about itself first. */
async function measureProofs(platform: Pick<Platform, 'url' | 'stateDir'>, facts: PlatformState, pool: pg.Pool) {
  const administrator = await newAdministrator(platform);
  const reader = createPostgresLogReader(pool);
  const { appPort, appApiToken } = facts.apps.audit;
  const headers = { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'chat-gateway' };
  const samples: { alone: number[]; request: number[] } = { alone: [], request: [] };
  const size = await treeSize(pool);
  for (let sample = 0; sample < proofSamples; sample += 1) {
    const index = Math.floor((sample * size) / proofSamples);
    samples.alone.push(
      await millisecondsOf(() => proveInclusion(reader, { index, treeSize: undefined, actorId: null })),
    );
    samples.request.push(
      await millisecondsOf(async () => {
        const path = `/v1/entries/${index}/proof`;
        const { status, text } = await call(`http://127.0.0.1:${appPort}`, 'GET', path, {
          token: administrator.token,
          headers,
        });
        if (status !== 200) throw new Error(`a proof was answered ${status}: ${text}`);
      }),
    );
  }
  return samples;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function treeSize(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query('SELECT max(tree_size)::int AS size FROM checkpoint');
  return z.tuple([z.object({ size: z.int() })]).parse(rows)[0].size;
}

function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function round2(value: number): number {
  return Math.round(100 * value) / 100;
}
