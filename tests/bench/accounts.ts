/**
 * Measures sign-ins and refreshes through the auth service over HTTP on a PostgreSQL of its own: `npm run bench -- accounts [--seconds 8]
 * [--rounds 3] [--json]`. Linux only: the CPU time of the database is read from /proc.
 *
 * Sign-ins are compared with bare bcrypt in the same process of the service, in turns, so that other load on the machine meets both
 * alike. The relay runs, with a sidecar that takes every event at once. The database is a test's: it does not wait for the disk.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createBcryptPasswordHasher } from '../../services/auth/src/adapters/bcryptPasswordHasher.ts';
import { goodPassword, grantOf, startAuthOnNewDatabase, uniqueEmail } from '../../services/auth/src/testing/harness.ts';

/** bcrypt runs on as many cores; more at once would only wait. */
const bcryptConcurrency = 2;
/** Enough to keep the queue of bcrypt filled, and below the length at which it refuses. */
const signInConcurrency = 6;
const refreshConcurrency = 8;
/** Clock ticks in a second, as Linux counts CPU time for /proc. */
const ticksPerSecond = 100;
const people = 12;

const messageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    postmaster: z.int(),
    people: z.array(z.object({ email: z.string(), refreshToken: z.string(), deviceToken: z.string() })),
  }),
  z.object({ kind: z.literal('bcrypt'), perSecond: z.number(), cpuSeconds: z.number() }),
]);
const commandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bcrypt'), seconds: z.number() }),
  z.object({ kind: z.literal('close') }),
]);

interface Measured {
  readonly perSecond: number;
  /** Of the service and its database, for one operation. */
  readonly cpuMs: number;
}

if (process.send) await serve();
else await measure();

/** The process under measurement: the service, its database as children of that, and bare bcrypt on demand. */
async function serve(): Promise<void> {
  const world = await startAuthOnNewDatabase();
  await world.auth.service.start();
  const { rows } = await world.database.ownerPool.query('SELECT pg_backend_pid() AS pid');
  const postmaster = Number(statOf(Number(rows[0]?.pid))?.parent);
  const grants = [];
  for (let person = 0; person < people; person += 1) {
    const email = uniqueEmail();
    await world.auth.register({ email });
    const { refreshToken, deviceToken = '' } = grantOf(await world.auth.login(email));
    grants.push({ email, refreshToken, deviceToken });
  }
  process.send?.({ kind: 'ready', url: world.auth.url, headers: world.auth.callerHeaders, postmaster, people: grants });
  process.on('message', async (message) => {
    const command = commandSchema.parse(message);
    if (command.kind === 'bcrypt') process.send?.({ kind: 'bcrypt', ...(await bareBcrypt(command.seconds)) });
    else {
      await world.close();
      process.disconnect();
    }
  });
}

async function bareBcrypt(seconds: number): Promise<{ perSecond: number; cpuSeconds: number }> {
  const passwords = await createBcryptPasswordHasher();
  const stored = await passwords.hash(goodPassword);
  const cpuBefore = process.cpuUsage();
  const { count, elapsedSeconds } = await repeat(bcryptConcurrency, seconds, async () => {
    await passwords.verify(goodPassword, stored);
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  return { perSecond: count / elapsedSeconds, cpuSeconds: (user + system) / 1e6 / count };
}

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '8' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  });
  const seconds = Number(values.seconds);
  const child = fork(new URL(import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ready = await messageOf(child, 'ready');
  const agent = new Agent({ keepAlive: true, maxSockets: refreshConcurrency });
  const post = (path: string, body: object) => postJson(agent, `${ready.url}${path}`, ready.headers, body);

  let next = 0;
  const signIn = async () => {
    const person = ready.people[next++ % ready.people.length];
    const { status } = await post('/v1/login', {
      email: person?.email,
      password: goodPassword,
      deviceToken: person?.deviceToken,
    });
    if (status !== 200) throw new Error(`a sign-in was answered ${status}`);
  };
  // Each worker has a session of its own, and hands its token on from one refresh to the next.
  const tokens = ready.people.map(({ refreshToken }) => refreshToken);
  const refresh = async (worker: number) => {
    const { status, body } = await post('/v1/refresh', { refreshToken: tokens[worker] });
    if (status !== 200) throw new Error(`a refresh was answered ${status}`);
    tokens[worker] = grantOf({ body }).refreshToken;
  };
  const timed = async (concurrency: number, work: (worker: number) => Promise<void>): Promise<Measured> => {
    const before = cpuSecondsOf(child, ready.postmaster);
    const { count, elapsedSeconds } = await repeat(concurrency, seconds, work);
    const cpuSeconds = cpuSecondsOf(child, ready.postmaster) - before;
    return { perSecond: count / elapsedSeconds, cpuMs: (1000 * cpuSeconds) / count };
  };

  const load = loadavg()[0];
  // Warm: code compiled, connections open, pages in memory.
  await repeat(refreshConcurrency, 2, refresh);
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    child.send({ kind: 'bcrypt', seconds });
    const bcrypt = await messageOf(child, 'bcrypt');
    rounds.push({
      bcrypt,
      signIn: await timed(signInConcurrency, signIn),
      refresh: await timed(refreshConcurrency, refresh),
    });
  }
  child.send({ kind: 'close' });
  await once(child, 'exit');
  agent.destroy();

  const result = {
    cores: availableParallelism(),
    loadBefore: load,
    rounds: rounds.length,
    secondsEach: seconds,
    bcryptPerSecond: median(rounds.map(({ bcrypt }) => bcrypt.perSecond)),
    signInsPerSecond: median(rounds.map(({ signIn: { perSecond } }) => perSecond)),
    signInsOfBcrypt: median(rounds.map(({ bcrypt, signIn: { perSecond } }) => perSecond / bcrypt.perSecond)),
    bcryptCpuMs: median(rounds.map(({ bcrypt }) => 1000 * bcrypt.cpuSeconds)),
    signInCpuMs: median(rounds.map(({ signIn: { cpuMs } }) => cpuMs)),
    bcryptShareOfSignInCpu: median(rounds.map(({ bcrypt, signIn: { cpuMs } }) => (1000 * bcrypt.cpuSeconds) / cpuMs)),
    refreshesPerSecond: median(rounds.map(({ refresh: { perSecond } }) => perSecond)),
    refreshCpuMs: median(rounds.map(({ refresh: { cpuMs } }) => cpuMs)),
    refreshesPerCoreSecond: median(rounds.map(({ refresh: { cpuMs } }) => 1000 / cpuMs)),
  };
  if (values.json) console.log(JSON.stringify(result));
  else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(24)} ${round3(value ?? 0)}`);
}

/** Does the work over and over on some workers until the time is up. */
async function repeat(
  concurrency: number,
  seconds: number,
  work: (worker: number) => Promise<void>,
): Promise<{ readonly count: number; readonly elapsedSeconds: number }> {
  const startedAt = performance.now();
  const elapsedSeconds = () => (performance.now() - startedAt) / 1000;
  let count = 0;
  const run = async (worker: number) => {
    while (elapsedSeconds() < seconds) {
      await work(worker);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, (_, worker) => run(worker)));
  return { count, elapsedSeconds: elapsedSeconds() };
}

async function messageOf<K extends z.infer<typeof messageSchema>['kind']>(child: ChildProcess, kind: K) {
  const [message] = await once(child, 'message');
  const parsed = messageSchema.parse(message);
  if (!isOfKind(parsed, kind)) throw new Error(`expected ${kind}, got ${parsed.kind}`);
  return parsed;
}

function isOfKind<K extends z.infer<typeof messageSchema>['kind']>(
  message: z.infer<typeof messageSchema>,
  kind: K,
): message is Extract<z.infer<typeof messageSchema>, { kind: K }> {
  return message.kind === kind;
}

function postJson(
  agent: Agent,
  url: string,
  headers: Record<string, string>,
  body: object,
): Promise<{ status: number; body: unknown }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: unknown }>();
  const sent = JSON.stringify(body);
  const outgoing = request(
    url,
    {
      agent,
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) },
    },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) }),
      );
      response.on('error', reject);
    },
  );
  outgoing.on('error', reject);
  outgoing.end(sent);
  return promise;
}

/** CPU time that the service and its database have used so far, their ended children included. */
function cpuSecondsOf(child: ChildProcess, postmaster: number): number {
  const database = readdirSync('/proc').filter(
    (entry) => /^\d+$/.test(entry) && (Number(entry) === postmaster || statOf(Number(entry))?.parent === postmaster),
  );
  const ticks = [child.pid ?? 0, ...database.map(Number)].reduce((sum, pid) => {
    const stat = statOf(pid);
    if (!stat) return sum;
    return sum + stat.ownTicks + (pid === postmaster ? stat.childTicks : 0);
  }, 0);
  return ticks / ticksPerSecond;
}

/** What /proc says of a process (proc_pid_stat(5)); null when it has gone. */
function statOf(pid: number): { parent: number; ownTicks: number; childTicks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [, parent = 0] = fields;
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
    return { parent, ownTicks: user + system, childTicks: childUser + childSystem };
  } catch {
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function round3(value: number): number {
  return Math.round(1000 * value) / 1000;
}
