/**
 * `npm run check:collector`: puts the cluster's configuration of the OpenTelemetry collector before the real collector, built from Go modules
 * the first time (minutes), sends it spans of service-kit and the worst that a sidecar could send, and looks at what comes out (OBS-1, OBS-2).
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureGoPrograms, waitFor } from '@todo-chatbot/local-platform/testing';

const root = join(import.meta.dirname, '../..');
const configuration = join(root, 'k8s/base/observability/collector/collector.yaml');
/** Nothing is listening at the trace store: what would be sent there is printed, too. */
const store = { TRACE_STORE: '127.0.0.1:9', TRACE_STORE_PLAIN: 'true' };
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

await promisify(execFile)(program, ['validate', `--config=${configuration}`], { env: { ...environment, ...store } });
console.log('The collector takes the configuration.');
await assert.rejects(promisify(execFile)(program, ['validate', `--config=${configuration}`], { env: environment }));
console.log('Without the address of a store it does not start.');

const printed = await spansThrough(async (endpoint) => {
  const body = JSON.stringify([hostile]);
  const answer = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  assert.equal(answer.status, 202);
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
});
for (const kept of ['Str(/v1/tasks/:id)', 'Str(http://task/v1/tasks)', hostile.traceId, 'Str(traced)']) {
  assert.ok(printed.includes(kept), `${kept} is missing`);
}
for (const personal of ['canary', '192.0.2.', 'eyJ', '+49']) {
  const line = printed.split('\n').find((text) => text.includes(personal));
  assert.equal(line, undefined, `${personal} came out: ${line}`);
}
console.log('Spans of services and sidecars come out without anything personal.');

/** What the collector prints of the spans that it is sent meanwhile. */
async function spansThrough(send: (endpoint: string) => Promise<void>): Promise<string> {
  const [spans, health, metrics] = [await freePort(), await freePort(), await freePort()];
  const directory = await mkdtemp(join(tmpdir(), 'todo-chatbot-collector-'));
  // Natively everything listens on the loopback address, and prints what it sends.
  const natively = {
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
  const overlay = join(directory, 'natively.yaml');
  await writeFile(overlay, JSON.stringify(natively));
  const child = spawn(program, [`--config=${configuration}`, `--config=${overlay}`], {
    env: { ...environment, ...store },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  try {
    await waitFor('the collector', async () => (await fetch(`http://127.0.0.1:${health}/`)).ok);
    await send(`http://127.0.0.1:${spans}/api/v2/spans`);
    await waitFor('the spans', () => text.includes(hostile.traceId) && text.includes('Str(traced)'));
    return text;
  } finally {
    await ended(child);
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
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
