import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { appIds } from '@todo-chatbot/contracts';
import { withClient } from '@todo-chatbot/databases';
import { platformStatusSchema } from '../src/control.ts';
import { adminKafka } from '../src/kafka/administration.ts';
import { replayDeadLetters } from '../src/kafka/replay.ts';
import { removeState } from '../src/removeState.ts';
import { attachPlatform, type Platform, startPlatform } from '../src/testing.ts';
import { commandLines, isRunning, waitFor } from './support/processes.ts';

const serviceMain = fileURLToPath(new URL('./fixtures/service.ts', import.meta.url));
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const newStateDir = () => join(tmpdir(), `todo-chatbot-test-${randomBytes(6).toString('hex')}`);
const expectedNames = [
  'postgres',
  'kafka',
  'sentry',
  'zipkin',
  'witness',
  ...appIds.flatMap((appId) => [appId, `${appId}-dapr`]),
].sort();

/** Runs the command line program on a state folder. */
function command(
  stateDir: string,
  ...args: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, TODO_CHATBOT_STATE: stateDir },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 120_000,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function pidsOf(platform: Platform): Promise<number[]> {
  return (await platform.status()).processes.flatMap(({ pid }) => (pid === null ? [] : [pid]));
}

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true }).map(({ parentPath, name }) =>
    join(parentPath, name),
  );
}

/** Every secret value of a state folder: passwords, tokens and the bodies of private keys. */
function secretValues(stateDir: string): string[] {
  const values: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= 16) {
      values.push(...(value.includes('PRIVATE KEY') ? value.split('\n').filter((line) => line.length > 40) : [value]));
    } else if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) collect(inner);
    }
  };
  const { kafkaClusterId: _, ...credentials } = JSON.parse(
    readFileSync(join(stateDir, 'secrets', 'credentials.json'), 'utf8'),
  );
  collect(credentials);
  for (const appId of appIds) values.push(readFileSync(join(stateDir, 'secrets', `${appId}.jwt`), 'utf8'));
  return values;
}

describe('A platform of its own', () => {
  const stateDir = newStateDir();
  let platform: Platform;
  before(async () => {
    platform = await startPlatform({ stateDir, serviceMain });
  });
  after(async () => {
    await (await attachPlatform(stateDir))?.stop();
    await removeState(stateDir);
  });

  it('says of every process whether it is ready, in the shape that others rely on', async () => {
    const { code, stdout } = await command(stateDir, 'status', '--json');
    assert.equal(code, 0);
    const status = platformStatusSchema.parse(JSON.parse(stdout));
    assert.equal(status.ready, true);
    assert.equal(status.url, platform.url);
    assert.deepEqual(status.processes.map(({ name }) => name).sort(), expectedNames);
    for (const { name, pid, ready, rssBytes } of status.processes) {
      assert.ok(pid !== null && isRunning(pid) && ready && rssBytes !== null && rssBytes > 1_000_000, name);
    }
  });

  it('keeps every file of its state to its owner (PRIN-2)', () => {
    const wide = [stateDir, ...filesUnder(stateDir)].filter((path) => {
      const facts = lstatSync(path);
      // The folder is closed: what programs make in it with their own modes nobody else can reach. Ours is tight throughout.
      const isOurs = !path.startsWith(join(stateDir, 'kafka', 'data')) && !path.includes('/dapr/names.db');
      return isOurs && !facts.isSymbolicLink() && (facts.mode & 0o077) !== 0;
    });
    assert.deepEqual(wide, []);
  });

  it('puts no secret into an argument list, a log or a Dapr file', async () => {
    const values = secretValues(stateDir);
    assert.ok(values.length > 40, 'there are secrets to look for');
    const places = new Map([['argument lists', commandLines().join('\n')]]);
    const folders = ['logs', 'dapr', 'kafka', 'sentry'].map((name) => join(stateDir, name));
    const isKeyFile = (path: string) => /\/(broker|admin)\.pem$|\/issuer\.key$/.test(path);
    for (const path of folders.flatMap(filesUnder)) {
      if (lstatSync(path).isFile() && !isKeyFile(path) && !path.endsWith('index'))
        places.set(path, readFileSync(path, 'latin1'));
    }
    const found = [...places]
      .filter(([, text]) => values.some((value) => text.includes(value)))
      .map(([place]) => place);
    assert.deepEqual(found, []);
  });

  it('listens on 127.0.0.1 only', async () => {
    const own = new Set(await pidsOf(platform));
    const inodes = new Set(
      [...own].flatMap((pid) =>
        readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
          try {
            const match = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`));
            return match?.[1] === undefined ? [] : [match[1]];
          } catch {
            return [];
          }
        }),
      ),
    );
    const listening = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[3] === '0A' && inodes.has(fields[9] ?? ''))
        .map((fields) => fields[1]?.split(':')[0] ?? ''),
    );
    assert.ok(listening.length >= expectedNames.length);
    const loopback = ['0100007F', '0000000000000000FFFF00000100007F'];
    assert.deepEqual(
      listening.filter((address) => !loopback.includes(address)),
      [],
    );
  });

  it('refuses a second start on the same state, and says where the first one is', async () => {
    const { code, stderr } = await command(stateDir, 'start');
    assert.equal(code, 1);
    assert.match(stderr, /running already/);
    assert.ok(stderr.includes(platform.url));
  });

  it('refuses to throw away the state of a running platform', async () => {
    const { code, stderr } = await command(stateDir, 'reset', '--yes');
    assert.equal(code, 1);
    assert.match(stderr, /stop it first/);
    assert.equal((await platform.status()).ready, true);
  });

  it('names the processes there are when asked for one that there is not', async () => {
    const { code, stderr } = await command(stateDir, 'kill', 'nobody');
    assert.equal(code, 1);
    for (const name of expectedNames) assert.ok(stderr.includes(name), name);
  });

  it('brings dead letters back with key, headers and order, each once (KAFKA-4)', async () => {
    const { kafka } = await platform.state();
    const client = adminKafka(kafka.admin);
    const producer = client.producer();
    await producer.connect();
    const letters = Array.from({ length: 5 }, (_, index) => ({
      key: 'tsk_1',
      value: JSON.stringify({ id: `evt_${index}` }),
      headers: { 'content-type': 'application/cloudevents+json' },
    }));
    await producer.send({ topic: 'privacy.requests.chat-gateway.dlt', messages: letters });
    await producer.disconnect();

    assert.deepEqual(await replayDeadLetters(kafka.admin, 'privacy.requests', 'chat-gateway'), { moved: 5, left: 0 });
    assert.deepEqual(await replayDeadLetters(kafka.admin, 'privacy.requests', 'chat-gateway'), { moved: 0, left: 0 });

    const consumer = client.consumer({ groupId: 'test-reader' });
    await consumer.connect();
    await consumer.subscribe({ topic: 'privacy.requests', fromBeginning: true });
    const seen: { key: string; value: string; type: string }[] = [];
    await consumer.run({
      eachMessage: async ({ message }) => {
        seen.push({
          key: String(message.key),
          value: String(message.value),
          type: String(message.headers?.['content-type']),
        });
      },
    });
    await waitFor('the replayed messages', async () => (seen.length >= 5 ? true : undefined));
    await consumer.disconnect();
    assert.deepEqual(
      seen,
      letters.map(({ key, value, headers }) => ({ key, value, type: headers['content-type'] })),
    );
    await assert.rejects(replayDeadLetters(kafka.admin, 'privacy.requests', 'auth'), /Its consumers are: chat-gateway/);
  });

  it('restarts what is killed, on the same port and with its data (TEST-3)', async () => {
    const { postgres, kafka } = await platform.state();
    await withClient(postgres.superuser, async (client) => {
      await client.query('CREATE TABLE kept (value int)');
      await client.query('INSERT INTO kept VALUES (42)');
    });
    const before = await platform.status();
    for (const name of ['postgres', 'kafka', 'sentry', 'task', 'task-dapr']) await platform.kill(name);
    const whole = await waitFor('the platform to be whole again', async () => {
      const status = await platform.status();
      return status.ready ? status : undefined;
    });
    for (const { name, port, pid } of before.processes) {
      const now = whole.processes.find((process) => process.name === name);
      assert.equal(now?.port, port);
      const wasKilled = ['postgres', 'kafka', 'sentry', 'task', 'task-dapr'].includes(name);
      assert.equal(now?.pid === pid, !wasKilled, name);
      // A sidecar that comes back before Kafka ends once more, so once is the least.
      if (wasKilled) assert.ok(now !== undefined && now.restarts >= 1, name);
    }
    await withClient(postgres.superuser, async (client) => {
      assert.deepEqual((await client.query('SELECT value FROM kept')).rows, [{ value: 42 }]);
    });
    const admin = adminKafka(kafka.admin).admin();
    await admin.connect();
    // A broker that has just come back leads its partitions a moment later.
    const offsets = await waitFor('the topic to have its leader', () =>
      admin.fetchTopicOffsets('privacy.requests').catch(() => undefined),
    );
    await admin.disconnect();
    assert.equal(
      offsets.reduce((sum, { high }) => sum + Number(high), 0),
      5,
      'no message of the topic was lost',
    );
  });

  it('restarts one process on request without touching the others', async () => {
    const before = await platform.status();
    await platform.restart('audit');
    const now = await platform.status();
    assert.equal(now.ready, true);
    const changed = now.processes.filter(({ name, pid }) => before.processes.find((p) => p.name === name)?.pid !== pid);
    assert.deepEqual(
      changed.map(({ name }) => name),
      ['audit'],
    );
  });

  it('runs beside another platform', async () => {
    const other = await startPlatform({ serviceMain });
    try {
      assert.equal((await other.status()).ready, true);
      assert.equal((await platform.status()).ready, true);
      const ports = new Set((await platform.status()).processes.map(({ port }) => port));
      assert.ok((await other.status()).processes.every(({ port }) => !ports.has(port)));
    } finally {
      await other.stop();
    }
    assert.equal((await platform.status()).ready, true);
  });

  it('leaves no process when its supervisor is killed, and starts again with its data', async () => {
    const pids = await pidsOf(platform);
    const { supervisor } = JSON.parse(readFileSync(join(stateDir, 'supervisor.json'), 'utf8'));
    process.kill(supervisor.pid, 'SIGKILL');
    await waitFor('all processes to be gone', async () => (pids.some(isRunning) ? undefined : true), 15_000);
    const stopped = await command(stateDir, 'status', '--json');
    assert.deepEqual([stopped.code, JSON.parse(stopped.stdout).ready], [0, false]);

    platform = await startPlatform({ stateDir, serviceMain });
    assert.equal((await platform.status()).ready, true);
    await withClient((await platform.state()).postgres.superuser, async (client) => {
      assert.deepEqual((await client.query('SELECT value FROM kept')).rows, [{ value: 42 }]);
    });
  });

  it('leaves no process when it is stopped, and stopping again is no fault', async () => {
    const pids = await pidsOf(platform);
    const first = await command(stateDir, 'stop');
    assert.deepEqual([first.code, first.stdout.trim()], [0, 'Stopped.']);
    assert.deepEqual(pids.filter(isRunning), []);
    assert.equal((await command(stateDir, 'stop')).code, 0);
    assert.equal(await attachPlatform(stateDir), undefined);
  });
});

describe('A start that cannot succeed', () => {
  it('names the demanded port that is taken, and leaves nothing behind', async () => {
    const stateDir = newStateDir();
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const { code, stderr } = await command(stateDir, 'start', '--port', String(port));
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`Port ${port} is taken`));
      assert.equal(await attachPlatform(stateDir), undefined);
    } finally {
      holder.close();
      await removeState(stateDir);
    }
  });
});
