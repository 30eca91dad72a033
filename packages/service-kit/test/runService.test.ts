import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listen, startTestDatabase, waitFor } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { migrateDatabase } from '../src/database/migrate.ts';

const database = await startTestDatabase({ service: 'task' });
const taskMigrations = fileURLToPath(new URL('../../../services/task/prisma/migrations', import.meta.url));
const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** Stands for daprd: health, secrets, invocation and publishing, with the headers it was sent. */
const sidecar = await listen(serveSidecar);
const state = {
  isHealthy: true,
  holdInvocations: false,
  held: [] as (() => void)[],
  /** The start of a service waits for the first answer. */
  holdDenials: false,
  heldDenials: [] as (() => void)[],
  requests: [] as { url: string; traceparent: string | undefined }[],
  /** `traceparent` of each question for denials; they come all the time. */
  denialQuestions: [] as string[],
};

async function serveSidecar(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { url = '' } = req;
  await text(req);
  const { traceparent } = req.headers;
  if (url.endsWith('/method/v1/denials')) {
    state.denialQuestions.push(String(traceparent));
    res.setHeader('content-type', 'application/json');
    const answer = () => res.end('{"items":[],"next":"1","isComplete":true}');
    if (state.holdDenials) state.heldDenials.push(answer);
    else answer();
    return;
  }
  state.requests.push({ url, traceparent: typeof traceparent === 'string' ? traceparent : undefined });
  res.setHeader('content-type', 'application/json');
  if (url === '/v1.0/healthz/outbound') res.writeHead(state.isHealthy ? 204 : 500).end();
  else if (url.startsWith('/v1.0/secrets/')) res.end(JSON.stringify({ password: database.connection.password }));
  else if (url.startsWith('/v1.0/publish/')) res.writeHead(204).end();
  else if (state.holdInvocations) state.held.push(() => res.end('{"keys":[]}'));
  else res.end('{"keys":[]}');
}

const spanSchema = z.object({
  traceId: z.string(),
  id: z.string(),
  parentId: z.string().optional(),
  name: z.string(),
  kind: z.string().optional(),
  localEndpoint: z.object({ serviceName: z.string() }),
  tags: z.record(z.string(), z.string()).optional(),
});
const spans: z.infer<typeof spanSchema>[] = [];
const spanTexts: string[] = [];
const collector = await listen(async (req, res) => {
  const body = await text(req);
  spanTexts.push(body);
  spans.push(...z.array(spanSchema).parse(JSON.parse(body)));
  res.writeHead(202).end();
});

const children: ChildProcess[] = [];
beforeEach(() =>
  Object.assign(state, {
    isHealthy: true,
    holdInvocations: false,
    held: [],
    holdDenials: false,
    heldDenials: [],
    requests: [],
    denialQuestions: [],
  }),
);
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
after(async () => {
  await Promise.all([sidecar.close(), collector.close(), database.close()]);
});

async function freePort(): Promise<number> {
  const { port, close } = await listen(() => undefined);
  await close();
  return port;
}

async function startService(changes: Record<string, string> = {}, args: readonly string[] = []) {
  const port = await freePort();
  const probePort = await freePort();
  const metricsPort = await freePort();
  const { connection } = database;
  const env = {
    APP_ID: 'guardrail',
    RUN_MODE: 'local',
    APP_PORT: String(port),
    DAPR_HTTP_PORT: String(sidecar.port),
    DAPR_API_TOKEN: 'dapr-api-token-of-this-test',
    APP_API_TOKEN: 'app-api-token-of-this-test',
    DATABASE_HOST: connection.host,
    DATABASE_PORT: String(connection.port),
    DATABASE_NAME: connection.database,
    DATABASE_USER: connection.user,
    DATABASE_CA_FILE: connection.caFile,
    TOKEN_ISSUER: 'https://todo-chatbot.local',
    TOKEN_AUDIENCE: 'todo-chatbot',
    ZIPKIN_ENDPOINT: `${collector.url}/api/v2/spans`,
    METRICS_PORT: String(metricsPort),
    PROBE_PORT: String(probePort),
    ...changes,
  };
  const child = spawn(process.execPath, ['--import', './src/telemetry.ts', 'test/fixtures/smallService.ts', ...args], {
    cwd: packageFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const exit = once(child, 'exit').then(([code]) => Number(code));
  const url = `http://127.0.0.1:${env.APP_PORT}`;
  const judge = (said: string, headers: Record<string, string> = {}, query = '') =>
    fetch(`${url}/v1/judgements${query}`, {
      method: 'POST',
      headers: {
        'dapr-api-token': env.APP_API_TOKEN,
        'dapr-caller-app-id': 'chat-gateway',
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify({ text: said }),
    });
  return { child, exit, url, judge, metricsPort, probePort, output: () => output };
}

type Service = Awaited<ReturnType<typeof startService>>;

async function statusOf(service: Service, path: string): Promise<number> {
  return await fetch(`${service.url}${path}`).then(
    (response) => response.status,
    () => 0,
  );
}

/** What the probe port says; 0 when it is closed. */
async function probe(service: Service, path: string, method = 'GET'): Promise<number> {
  return await fetch(`http://127.0.0.1:${service.probePort}${path}`, { method }).then(
    (response) => response.status,
    () => 0,
  );
}

async function untilReady(service: Service): Promise<void> {
  try {
    await waitFor('the service to be ready', async () => (await statusOf(service, '/readyz')) === 200, 20_000);
  } catch (error) {
    assert.fail(`${error}: ${service.output()}`);
  }
}

test('the app port is closed until the sidecar is there, and then alive but not ready, and takes no event, until all has started', async () => {
  state.isHealthy = false;
  const service = await startService();
  await waitFor('life', async () => (await probe(service, '/healthz')) === 200, 20_000);
  assert.equal(await probe(service, '/readyz'), 503);
  assert.equal(await statusOf(service, '/healthz'), 0, 'the app port is closed');
  state.isHealthy = true;
  state.holdDenials = true;
  await waitFor('the app port', async () => (await statusOf(service, '/healthz')) === 200, 20_000);
  assert.equal(await statusOf(service, '/readyz'), 503);
  assert.equal(await probe(service, '/readyz'), 503);
  assert.equal((await service.judge('early')).status, 503);
  const subscriptions = (token: string) =>
    fetch(`${service.url}/dapr/subscribe`, { headers: { 'dapr-api-token': token } });
  assert.deepEqual(await (await subscriptions('app-api-token-of-this-test')).json(), []);
  assert.equal((await subscriptions('guessed')).status, 503);
  assert.equal((await fetch(`${service.url}/events/auth-events`, { method: 'POST' })).status, 503);
  state.holdDenials = false;
  for (const answer of state.heldDenials) answer();
  await untilReady(service);
  assert.equal((await service.judge('in time')).status, 200);
});

test('SIGTERM lets the request under way end, closes the service and exits with 0', async () => {
  const service = await startService();
  await untilReady(service);
  state.holdInvocations = true;
  const underWay = service.judge('slow');
  await waitFor('the request to be under way', () => state.held.length === 1);
  service.child.kill('SIGTERM');
  await waitFor('new connections to be refused', async () => (await statusOf(service, '/healthz')) !== 200);
  assert.equal(service.child.exitCode, null);
  assert.deepEqual([await probe(service, '/healthz'), await probe(service, '/readyz')], [200, 503]);
  for (const release of state.held) release();
  const answer = await underWay;
  assert.deepEqual([answer.status, await answer.json()], [200, { verdict: 'fine' }]);
  assert.equal(await service.exit, 0);
  assert.ok(service.output().includes('the service has closed'));
});

test('a second signal ends the process at once with 1', async () => {
  const service = await startService();
  await untilReady(service);
  state.holdInvocations = true;
  const cut = assert.rejects(service.judge('slow'));
  await waitFor('the request to be under way', () => state.held.length === 1);
  service.child.kill('SIGINT');
  await waitFor('the shutdown', () => service.output().includes('shutting down'));
  service.child.kill('SIGINT');
  assert.equal(await service.exit, 1);
  await cut;
});

test('a fault that nobody caught is logged without personal data and ends the process with 1', async () => {
  const service = await startService();
  await untilReady(service);
  await service.judge('crash').catch(() => undefined);
  assert.equal(await service.exit, 1);
  assert.ok(service.output().includes('j***@example.com broke it'));
  assert.equal(service.output().includes('jane.doe@'), false);
});

test('a faulty configuration ends the process with 1 and names every fault (PRIN-4)', async () => {
  const service = await startService({ APP_PORT: 'none', TOKEN_AUDIENCE: '' });
  assert.equal(await service.exit, 1);
  assert.ok(service.output().includes('- APP_PORT: must be'));
  assert.ok(service.output().includes('- TOKEN_AUDIENCE: is not set'));
});

test('a taken port ends the process with 1 and says why', async () => {
  const service = await startService({ APP_PORT: String(collector.port) });
  assert.equal(await service.exit, 1);
  assert.ok(service.output().includes('EADDRINUSE'));
});

test('one trace goes from the request through database, invocation and outbox, with routes and without personal data (PRIV-1)', async () => {
  const service = await startService();
  await untilReady(service);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const parentId = 'b7ad6b7169203331';
  const headers = {
    traceparent: `00-${traceId}-${parentId}-01`,
    'user-agent': 'Planted/7.7',
    'x-client-address': '203.0.113.0',
  };
  const said = 'planted.person@example.com';
  assert.equal((await service.judge(said, headers)).status, 200);
  assert.equal((await service.judge(said, headers, '?email=query.person@example.com')).status, 400);
  const named = (name: string) => spans.filter((span) => span.traceId === traceId && span.name.startsWith(name));
  await waitFor('the spans', () => named('outbox.publish').length === 1 && named('POST /v1/judgements').length === 2);
  const [server] = named('POST /v1/judgements');
  assert.equal(server?.kind, 'SERVER');
  assert.equal(server?.parentId, parentId);
  assert.equal(server?.tags?.['http.route'], '/v1/judgements');
  assert.equal(server?.localEndpoint.serviceName, 'guardrail');
  assert.ok(named('pg.query').length >= 2, 'spans of the database');
  assert.ok(
    spans.some((span) => span.traceId === traceId && span.kind === 'CLIENT' && span.name === 'GET'),
    'span of the call',
  );
  for (const path of ['/v1.0/invoke/auth/method/v1/jwks', '/v1.0/publish/pubsub-guardrail/audit.events.guardrail']) {
    const request = state.requests.find(({ url }) => url.startsWith(path));
    assert.equal(request?.traceparent?.split('-')[1], traceId, path);
  }
  const sent = spanTexts.join('');
  assert.ok(state.denialQuestions.length > 0);
  assert.ok(state.denialQuestions.every((traceparent) => traceparent.endsWith('-00')));
  assert.equal(sent.includes('/v1/denials'), false, 'questions for denials leave no span');
  for (const personal of ['planted.person', 'query.person', 'Planted/7.7', '203.0.113', database.connection.password]) {
    assert.equal(sent.includes(personal), false, personal);
  }
  await service.judge(said, { ...headers, 'dapr-caller-app-id': 'task' });
  await waitFor('a log line with the trace id', () => service.output().includes(`"traceId":"${traceId}"`));

  const scraped = await (await fetch(`http://127.0.0.1:${service.metricsPort}/metrics`)).text();
  for (const metric of [
    'request_duration_seconds_bucket{operation="judge",status="200"',
    'denials_age_seconds',
    'denials_held',
    'outbox_pending',
    'outbox_published_total',
  ]) {
    assert.ok(scraped.includes(metric), metric);
  }
});

test('attack: the probe port answers nothing but its two questions, whatever the path, the method or the token', async () => {
  const service = await startService();
  await untilReady(service);
  assert.deepEqual([await probe(service, '/healthz'), await probe(service, '/readyz')], [200, 200]);
  const paths = [
    '/',
    '/v1/judgements',
    '/metrics',
    '/healthz/',
    '/HEALTHZ',
    '/healthz?verbose',
    '//readyz',
    '/readyz%2f',
  ];
  for (const path of paths) assert.equal(await probe(service, path), 404, path);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
    assert.equal(await probe(service, '/readyz', method), 404, method);
  }
  const asSidecar = { 'dapr-api-token': 'app-api-token-of-this-test', 'dapr-caller-app-id': 'chat-gateway' };
  const url = `http://127.0.0.1:${service.probePort}/v1/judgements`;
  const answer = await fetch(url, { method: 'POST', headers: asSidecar, body: '{"text":"hello"}' });
  assert.equal(answer.status, 404);
});

test('attack: connections that are held open without a question do not keep the probes from being answered', async () => {
  const service = await startService();
  await untilReady(service);
  let answered = 0;
  const held = Array.from({ length: 100 }, () => {
    const socket = connect(service.probePort, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.once('data', () => {
      answered += 1;
    });
    socket.write('GET /healthz HTTP/1.1\r\nhost: ');
    return socket;
  });
  await waitFor('the held connections to be cut', () => held.every(({ closed }) => closed), 10_000);
  // Half of them were taken and told in the end that they took too long; the others were dropped at once.
  assert.ok(answered > 0 && answered <= 50, `${answered} were taken`);
  assert.equal(await probe(service, '/healthz'), 200);
});

test('listens for others on LISTEN_ADDRESS alone, and for the sidecar on 127.0.0.1 whatever it says (MESH-4)', async () => {
  const elsewhere = '127.0.0.2';
  const service = await startService({ LISTEN_ADDRESS: elsewhere });
  await untilReady(service);
  const opens = (host: string, port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, host);
      socket.once('error', () => resolve(false));
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
    });
  const appPort = Number(new URL(service.url).port);
  assert.deepEqual(
    [
      await opens(elsewhere, service.probePort),
      await opens(elsewhere, service.metricsPort),
      await opens(elsewhere, appPort),
    ],
    [true, true, false],
  );
  assert.deepEqual(
    [
      await opens('127.0.0.1', service.probePort),
      await opens('127.0.0.1', service.metricsPort),
      await opens('127.0.0.1', appPort),
    ],
    [false, false, true],
  );
});

test('a service that comes before its migrations waits for them with its app port closed, and then starts (KAFKA-4)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-migrations-'));
  try {
    await cp(taskMigrations, folder, { recursive: true });
    await writeFile(join(folder, '20990101000000_later.sql'), 'CREATE TABLE later (id int);');
    const service = await startService({}, [folder]);
    await waitFor('the wait', () => service.output().includes('waiting for the migrations'), 20_000);
    assert.deepEqual([await probe(service, '/healthz'), await probe(service, '/readyz')], [200, 503]);
    assert.equal(await statusOf(service, '/healthz'), 0, 'the sidecar delivers nothing');
    const owner = { ...database.ownerPool.options, password: database.ownerPool.options.password };
    await migrateDatabase({ connection: owner, directory: folder, table: 'migrations' });
    await untilReady(service);
    assert.equal(await probe(service, '/readyz'), 200);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a service that is stopped while it waits for its migrations ends with 0', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-migrations-'));
  try {
    await writeFile(join(folder, '20990101000001_never.sql'), 'SELECT 1;');
    const service = await startService({}, [folder]);
    await waitFor('the wait', () => service.output().includes('waiting for the migrations'), 20_000);
    service.child.kill('SIGTERM');
    assert.equal(await service.exit, 0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
