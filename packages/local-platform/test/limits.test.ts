import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryDir } from '../src/layout.ts';
import { findFreePort } from '../src/ports.ts';
import { createTestCertificates } from '../src/testCertificates.ts';
import { waitFor } from '../src/waitFor.ts';

const limitsDir = join(repositoryDir, 'k8s', 'base', 'limits');
const accessSchema = z.object({ configMapGenerator: z.tuple([z.object({ literals: z.array(z.string()) })]) });
/** Of the configuration. */
const maxMemoryBytes = 48 * 1024 * 1024;

/** The store as the cluster's files start it: their configuration, scripts and access list, and certificates of this test. */
async function createStore() {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-limits-'));
  const path = (name: string) => join(folder, name);
  const folders = {
    TLS_FOLDER: path('tls'),
    PASSWORD_FOLDER: path('password'),
    ACCESS_FOLDER: path('access'),
    RUN_FOLDER: path('run'),
  };
  for (const directory of Object.values(folders)) await mkdir(directory, { mode: 0o700 });
  const password = randomBytes(32).toString('base64url');
  await writeFile(join(folders.PASSWORD_FOLDER, 'password'), password, { mode: 0o600 });
  const access = accessSchema.parse(parse(await readFile(join(limitsDir, 'access', 'kustomization.yaml'), 'utf8')));
  for (const literal of access.configMapGenerator[0].literals) {
    const end = literal.indexOf('=');
    await writeFile(join(folders.ACCESS_FOLDER, literal.slice(0, end)), literal.slice(end + 1));
  }
  const port = await findFreePort();
  const environment = {
    ...folders,
    PATH: process.env.PATH ?? '',
    SERVER: 'redis-server',
    CLIENT: 'redis-cli',
    PORT: String(port),
  };
  let child: ChildProcess | undefined;
  let output = '';

  async function renewCertificate(): Promise<void> {
    const { certificate, privateKey, ca } = await createTestCertificates(['127.0.0.1']);
    await writeFile(join(folders.TLS_FOLDER, 'tls.key'), privateKey, { mode: 0o600 });
    await writeFile(join(folders.TLS_FOLDER, 'ca.crt'), ca);
    await writeFile(join(folders.TLS_FOLDER, 'tls.crt'), certificate);
  }
  await renewCertificate();

  function runScript(name: string, args: readonly string[], more = {}): Promise<{ code: number; printed: string }> {
    return new Promise((resolve) => {
      const script = spawn('sh', [join(limitsDir, name), ...args], { env: { ...environment, ...more } });
      let printed = '';
      script.stderr.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
      });
      script.once('close', (code) => resolve({ code: code ?? -1, printed }));
    });
  }

  /** What redis-cli prints when it is given the commands, one in a line. */
  function ask(
    commands: readonly string[],
    as: { user?: string; password?: string } = { user: 'chat-gateway', password },
  ) {
    const { user, password: shown } = as;
    return new Promise<string>((resolve) => {
      const cli = execFile(
        'redis-cli',
        [
          ...['-p', String(port), '--tls', '--cacert', join(folders.TLS_FOLDER, 'ca.crt')],
          ...(user ? ['--user', user] : []),
        ],
        { env: { PATH: environment.PATH, ...(shown === undefined ? {} : { REDISCLI_AUTH: shown }) } },
        (_error, stdout, stderr) => resolve(stdout + stderr),
      );
      cli.stdin?.end(`${commands.join('\n')}\n`);
    });
  }

  return {
    folders,
    password,
    port,
    ask,
    renewCertificate,
    runScript,
    output: () => output,
    processId: () => child?.pid,
    async start(): Promise<void> {
      const started = spawn('sh', [join(limitsDir, 'start'), '--bind', '127.0.0.1', '--tls-port', String(port)], {
        env: environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      for (const stream of [started.stdout, started.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
        });
      }
      await waitFor('the store of limits', async () => {
        if (started.exitCode !== null) throw new Error(`the store ended: ${output}`);
        return (await runScript('alive', [])).code === 0;
      });
    },
    async close(): Promise<void> {
      if (child && child.exitCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe('The store of rate limits, as k8s/base/limits starts it (API-3, DATA-1)', () => {
  let store: Awaited<ReturnType<typeof createStore>>;
  before(async () => {
    store = await createStore();
    await store.start();
  });
  after(() => store.close());

  it('counts for the gateway under its prefix, by script', async () => {
    const script = `"redis.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX') local n = redis.call('incrby', KEYS[1], ARGV[1]) return {n, redis.call('pttl', KEYS[1])}"`;
    const count = `EVAL ${script} 1 limits:one 2 60`;
    assert.match(await store.ask(['PING', count, count]), /^PONG\n2\n\d+\n4\n\d+\n$/);
  });

  it('attack: a client without TLS gets no answer, and there is no other port for it', async () => {
    assert.match(await readFile(join(limitsDir, 'valkey.conf'), 'utf8'), /^port 0$/m);
    const socket = connectTcp(store.port, '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.write('PING\r\n');
    await closed;
    assert.ok(!Buffer.concat(chunks).toString().includes('PONG'));
  });

  it('attack: TLS 1.1 is refused', async () => {
    const socket = connectTls({
      port: store.port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    });
    await assert.rejects(once(socket, 'secureConnect'));
    socket.destroy();
  });

  it('attack: nobody who has not signed in, or not truly, may do anything', async () => {
    const strangers = [
      {},
      { user: 'default', password: '' },
      { user: 'default', password: store.password },
      { user: 'chat-gateway', password: 'x'.repeat(43) },
      { user: 'chat-gateway', password: '' },
      { user: 'somebody', password: store.password },
    ];
    for (const stranger of strangers) {
      for (const command of ['PING', 'GET limits:one', 'INFO', 'ACL LIST']) {
        assert.match(await store.ask([command], stranger), /NOAUTH|WRONGPASS/, JSON.stringify(stranger));
      }
    }
  });

  it('attack: the gateway’s user can neither leave its prefix, nor list, empty, configure or script the store', async () => {
    const commands = [
      'SET other:one 1',
      'INCRBY other:one 1',
      'PTTL other:one',
      'DEL limits:one',
      'GET limits:one',
      `EVAL "return redis.call('set', KEYS[1], 1)" 1 other:one`,
      // A key that the script does not declare.
      `EVAL "return redis.call('get', 'other:one')" 0`,
      `EVAL "return redis.call('flushall')" 0`,
      `EVAL "return redis.call('keys', '*')" 0`,
      'KEYS *',
      'SCAN 0',
      'RANDOMKEY',
      'FLUSHALL',
      'FLUSHDB',
      'SWAPDB 0 1',
      'CONFIG GET *',
      'CONFIG SET maxmemory 1gb',
      'CONFIG SET dir /tmp',
      'ACL LIST',
      'ACL SETUSER default on nopass +@all ~*',
      'ACL WHOAMI',
      'SCRIPT FLUSH',
      `FUNCTION LOAD "#!lua name=x"`,
      'MODULE LIST',
      'MONITOR',
      'CLIENT LIST',
      'CLIENT KILL TYPE normal',
      'INFO',
      'DEBUG SLEEP 1',
      'REPLICAOF 127.0.0.1 1',
      'SLOWLOG GET',
      'PUBLISH limits:news x',
      'SUBSCRIBE limits:news',
      'SHUTDOWN',
      'SAVE',
      'DUMP limits:one',
      'MIGRATE 127.0.0.1 1 limits:one 0 10',
    ];
    for (const command of commands)
      assert.match(
        await store.ask([command]),
        /NOPERM|No permissions|can't (access at least one of the keys|run this command)|DEBUG command not allowed/,
        command,
      );
    assert.equal(await store.ask(['PING']), 'PONG\n');
  });

  it('keeps the password out of the process list, the log and every file', async () => {
    const line = await readFile(`/proc/${store.processId()}/cmdline`, 'utf8');
    const list = await readFile(join(store.folders.RUN_FOLDER, 'users.acl'), 'utf8');
    for (const text of [line, list, store.output()]) assert.ok(!text.includes(store.password));
    assert.match(list, /^user default off .*\nuser chat-gateway on #[0-9a-f]{64} /);
  });

  it('attack: a store that is full forgets no limit, and refuses to count (PRIN-6)', async () => {
    const fill = (size: number, count: number) =>
      Array.from({ length: count }, (_, n) => `SET limits:filler-${size}-${n} ${'x'.repeat(size)}`);
    // As long as the counter that is asked for in the end.
    const counters = Array.from({ length: 1000 }, (_, n) => `INCRBY limits:${String(n).padStart(4, '0')} 1`);
    // Ever smaller, until there is no room for one counter more.
    const steps = [fill(1_000_000, maxMemoryBytes / 1_000_000), fill(16_000, 100), fill(200, 200), counters];
    await store.ask(['SET limits:mine 5 EX 600']);
    for (const step of steps) assert.ok((await store.ask(step)).includes('OOM command not allowed'));
    const full = await store.ask([...counters, 'INCRBY limits:mine 1', 'PTTL limits:mine']);
    assert.match(full.slice(-200), /OOM command not allowed[^\n]*\n+\d+\n$/);
    // As time does with counters.
    await store.ask(steps.flatMap((step) => step.map((command) => `EXPIRE ${command.split(' ')[1]} 0`)));
    assert.equal(await store.ask(['INCRBY limits:mine 1']), '6\n');
  });

  it('is alive while it turns strangers away, and is not once its certificate was renewed', async () => {
    assert.equal((await store.runScript('alive', ['certificate'])).code, 0);
    await store.renewCertificate();
    const stale = await store.runScript('alive', ['certificate']);
    assert.equal(stale.code, 1);
    assert.match(stale.printed, /certificate was renewed/);
  });

  it('attack: is not alive when somebody answers who takes anybody in', async () => {
    const port = await findFreePort();
    const { TLS_FOLDER } = store.folders;
    const open = spawn(
      'redis-server',
      [
        ...['--bind', '127.0.0.1', '--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no', '--save', ''],
        ...['--tls-cert-file', join(TLS_FOLDER, 'tls.crt'), '--tls-key-file', join(TLS_FOLDER, 'tls.key')],
        ...['--tls-ca-cert-file', join(TLS_FOLDER, 'ca.crt')],
      ],
      { stdio: 'ignore' },
    );
    try {
      await waitFor('the open store', async () => {
        const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
        await once(socket, 'secureConnect');
        socket.destroy();
        return true;
      });
      const asked = await store.runScript('alive', [], { PORT: String(port) });
      assert.deepEqual([asked.code, /answers strangers/.test(asked.printed)], [1, true]);
    } finally {
      const ended = once(open, 'exit');
      open.kill('SIGTERM');
      await ended;
    }
  });

  it('does not start without a password, or with one that could be guessed', async () => {
    const weak = join(store.folders.RUN_FOLDER, 'weak');
    await mkdir(weak);
    await writeFile(join(weak, 'password'), 'short');
    const refused = await store.runScript('start', [], { PASSWORD_FOLDER: weak });
    assert.equal(refused.code, 1);
    assert.match(refused.printed, /chat-gateway-limits/);
    await rm(join(weak, 'password'));
    assert.notEqual((await store.runScript('start', [], { PASSWORD_FOLDER: weak })).code, 0);
  });
});
