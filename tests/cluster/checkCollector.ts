/**
 * `npm run check:collector`: puts the cluster's configuration of the OpenTelemetry collector before the real collector, built from Go modules
 * the first time (minutes), sends it spans of service-kit and the worst that a sidecar could send, and looks at what comes out (OBS-1, OBS-2).
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { createTestCertificates, ensureGoPrograms, waitFor } from '@todo-chatbot/local-platform/testing';

const root = join(import.meta.dirname, '../..');
const configuration = join(root, 'k8s/base/observability/collector/collector.yaml');
/** A store where nothing listens: what would be sent there is printed, too. */
const nobody = '127.0.0.1:9';
const environment = { PATH: process.env.PATH ?? '' };
/** Each in a place that a sidecar's or a library's span may have. */
const hostile = {
  traceId: '5982fe77008310cc80f1da5e10147517',
  id: 'bbbbbbbbbbbbbbbb',
  name: 'GET /people?canary-name=1 canary.name@example.com',
  kind: 'SERVER',
  timestamp: 1_700_000_000_000_000,
  duration: 1_000,
  localEndpoint: { serviceName: 'task', ipv4: '192.0.2.11', port: 3000 },
  remoteEndpoint: { serviceName: 'caller', ipv4: '192.0.2.12', port: 4000 },
  annotations: [{ timestamp: 1_700_000_000_000_500, value: 'sent to canary.event@example.com' }],
  tags: {
    'http.route': '/v1/tasks/:id',
    'http.url': 'http://task/v1/tasks?canary-url=1',
    'http.target': '/v1/tasks?canary-target=1#canary',
    'url.full': 'http://task/v1/tasks?canary-full=1',
    'url.path': '/people/canary-person',
    'url.query': 'canary-query=1',
    'http.user_agent': 'canary-agent',
    'user_agent.original': 'canary-agent',
    'client.address': '192.0.2.13',
    'net.peer.ip': '192.0.2.14',
    'net.sock.peer.addr': '192.0.2.15',
    'network.peer.address': '192.0.2.16',
    'http.request.header.cookie': 'canary-cookie=1',
    error: 'no such person: canary.error@example.com',
    note: 'token eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.c2ln and number +49 151 23456789',
  },
};

const folder = await ensureGoPrograms({
  sourceDir: join(import.meta.dirname, 'collector'),
  name: 'span-collector',
  targets: { '.': 'collector' },
});
const program = join(folder, 'collector');
const validate = (env: Readonly<Record<string, string>>) =>
  promisify(execFile)(program, ['validate', `--config=${configuration}`], { env });

await validate({ ...environment, TRACE_STORE: nobody, TRACE_STORE_PLAIN: 'false' });
console.log('The collector takes the configuration.');
await assert.rejects(validate(environment));
console.log('Without the address of a store it does not start.');

await withCollector({ TRACE_STORE: nobody, TRACE_STORE_PLAIN: 'true' }, async ({ endpoint, printed }) => {
  await sendHostileSpan(endpoint);
  await sendSpansOfService(endpoint);
  await waitFor('the spans', () => printed().includes(hostile.traceId) && printed().includes('Str(traced)'));
  for (const kept of ['Str(/v1/tasks/:id)', 'Str(http://task/v1/tasks)']) {
    assert.ok(printed().includes(kept), `${kept} is missing`);
  }
  for (const personal of ['canary', '192.0.2.', 'eyJ', '+49']) {
    const line = printed()
      .split('\n')
      .find((text) => text.includes(personal));
    assert.equal(line, undefined, `${personal} came out: ${line}`);
  }
});
console.log('Spans of services and sidecars come out without anything personal.');

await withStore(async ({ address, ca, foreignCa, received }) => {
  const secure = (authority: string) => ({
    TRACE_STORE: address,
    TRACE_STORE_PLAIN: 'false',
    SSL_CERT_FILE: authority,
    SSL_CERT_DIR: dirname(authority),
  });
  await withCollector(secure(foreignCa), async ({ endpoint, printed }) => {
    await sendHostileSpan(endpoint);
    await waitFor('the refusal', () => printed().includes('certificate signed by unknown authority'));
    assert.equal(received(), 0);
  });
  await withCollector(secure(ca), async ({ endpoint }) => {
    await sendHostileSpan(endpoint);
    await waitFor('bytes at the store', () => received() > 0);
  });
});
console.log('It speaks to a store that has the certificate of its authority, and to no other one.');

async function sendHostileSpan(endpoint: string): Promise<void> {
  const body = JSON.stringify([hostile]);
  const answer = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  assert.equal(answer.status, 202);
}

async function sendSpansOfService(endpoint: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--import', '@todo-chatbot/service-kit/telemetry', join(import.meta.dirname, 'collector/tracedCall.ts')],
    {
      cwd: join(root, 'tests'),
      env: { ...environment, ZIPKIN_ENDPOINT: endpoint, APP_ID: 'traced' },
      stdio: 'inherit',
    },
  );
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
}

interface Collector {
  /** Where it takes spans. */
  readonly endpoint: string;
  /** What it printed so far, spans included. */
  printed(): string;
}

/** A collector with the cluster's configuration, which natively listens on the loopback address and prints what it sends. */
async function withCollector(
  settings: Readonly<Record<string, string>>,
  use: (collector: Collector) => Promise<void>,
): Promise<void> {
  const [spans, health, metrics] = [await freePort(), await freePort(), await freePort()];
  await withFolder(async (directory) => {
    const natively = join(directory, 'natively.yaml');
    await writeFile(natively, JSON.stringify(nativeSettings({ spans, health, metrics })));
    const child = spawn(program, [`--config=${configuration}`, `--config=${natively}`], {
      env: { ...environment, ...settings },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    try {
      await waitFor('the collector', async () => (await fetch(`http://127.0.0.1:${health}/`)).ok);
      await use({ endpoint: `http://127.0.0.1:${spans}/api/v2/spans`, printed: () => text });
    } finally {
      await ended(child);
    }
  });
}

function nativeSettings({ spans, health, metrics }: Readonly<Record<'spans' | 'health' | 'metrics', number>>): object {
  return {
    receivers: { zipkin: { endpoint: `127.0.0.1:${spans}` } },
    extensions: { health_check: { endpoint: `127.0.0.1:${health}` } },
    exporters: { debug: { verbosity: 'detailed' } },
    service: {
      telemetry: {
        logs: { level: 'info', encoding: 'console' },
        metrics: { readers: [{ pull: { exporter: { prometheus: { host: '127.0.0.1', port: metrics } } } }] },
      },
      pipelines: { traces: { exporters: ['debug', 'otlp_grpc'] } },
    },
  };
}

interface Store {
  readonly address: string;
  /** Files with the authority of its certificate, and with another one. */
  readonly ca: string;
  readonly foreignCa: string;
  /** Bytes that came after a handshake; a client that does not trust the certificate sends none. */
  received(): number;
}

/** Somebody who speaks TLS as a trace store does, and only counts. */
async function withStore(use: (store: Store) => Promise<void>): Promise<void> {
  const own = await createTestCertificates(['localhost']);
  const foreign = await createTestCertificates(['localhost']);
  let bytes = 0;
  const server = createTlsServer({ key: own.privateKey, cert: own.certificate, ALPNProtocols: ['h2'] }, (socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (chunk) => {
        bytes += chunk.length;
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await withFolder(async (directory) => {
      const files = { ca: join(directory, 'own', 'ca.crt'), foreignCa: join(directory, 'foreign', 'ca.crt') };
      for (const file of Object.values(files)) await mkdir(dirname(file));
      await writeFile(files.ca, own.ca);
      await writeFile(files.foreignCa, foreign.ca);
      await use({ address: `localhost:${portOf(server)}`, ...files, received: () => bytes });
    });
  } finally {
    server.close();
  }
}

async function withFolder(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'todo-chatbot-collector-'));
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
