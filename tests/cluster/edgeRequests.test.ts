import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { request as secureRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type EchoGateway, receivedIn, startEchoGateway } from '../support/echoGateway.ts';
import {
  announced,
  ask,
  type Edge,
  type EdgeRequest,
  edgeAddress,
  newAddress,
  problemCode,
  sendRaw,
  startEdge,
  tlsConnection,
} from '../support/edge.ts';

/** As API-3 has it. */
const perSecond = 30;
const burst = 20;
/** The edge's time-out for a header or a body that does not come, and what a busy machine adds. */
const slowLimitMs = 10_000;
const slackMs = 8_000;

describe('Requests at the edge (API-3, K8S-3)', () => {
  let gateway: EchoGateway;
  let edge: Edge;
  before(async () => {
    gateway = await startEchoGateway();
    edge = await startEdge({ gatewayPort: gateway.port, publicHost: 'localhost:8443' });
  });
  after(async () => {
    await edge.stop();
    await gateway.close();
  });

  async function received(request: EdgeRequest) {
    const got = await ask(edge, request);
    assert.equal(got.status, 200, got.text);
    return receivedIn(got.text);
  }

  it('attack: a header by which services speak to one another, or an address that a client makes up, goes no further (API-3, MESH-4)', async () => {
    const from = newAddress();
    const made = {
      'x-forwarded-for': '203.0.113.7',
      forwarded: 'for=203.0.113.7;host=evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-real-ip': '203.0.113.7',
      'true-client-ip': '203.0.113.7',
      'dapr-app-id': 'auth',
      'dapr-api-token': 'guess',
      'dapr-caller-app-id': 'chat-gateway',
      'x-client-address': '203.0.113.7',
      'x-query': 'scope=all',
      'x-console': 'open',
      'x-accel-redirect': '/secret',
      'x-http-method-override': 'DELETE',
      X_Forwarded_For: '203.0.113.7',
      baggage: 'a=b',
      upgrade: 'h2c',
      te: 'trailers',
    };
    const { headers, remoteAddress } = await received({ path: '/api/v1/tasks', from, headers: made });
    assert.deepEqual(headers, {
      host: 'localhost:8443',
      'x-forwarded-for': from,
      'x-forwarded-host': 'localhost:8443',
      'x-forwarded-proto': 'https',
      'x-console': 'closed',
    });
    assert.equal(remoteAddress, edgeAddress);
  });

  it('passes every header that an operation reads, and the path and query as they were sent', async () => {
    const description = await readFile(new URL('../../docs/api/openapi.json', import.meta.url), 'utf8');
    const described = [...description.matchAll(/"in": "header",\s+"name": "([\w-]+)"/g)].map(([, name = '']) => name);
    assert.ok(described.includes('idempotency-key'));
    const names = [
      ...new Set(described),
      ...['accept', 'accept-language', 'authorization', 'content-encoding', 'content-type', 'cookie', 'if-none-match'],
      ...['origin', 'sec-fetch-site', 'traceparent', 'user-agent', 'x-csrf-token'],
    ];
    const headers = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
    const got = await received({ method: 'POST', path: '/api/v1/tasks?a=%2F%20b', headers, body: '{"a":1}' });
    assert.deepEqual([got.method, got.url, got.bodyBytes], ['POST', '/api/v1/tasks?a=%2F%20b', 7]);
    for (const name of names) assert.equal(got.headers[name], `value of ${name}`);
  });

  it('attack: two lengths, a length and chunks, a space before a colon: nothing is smuggled', async () => {
    const before = gateway.requests();
    const start = 'POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\n';
    const hidden = 'GET /api/v1/admin/users HTTP/1.1\r\nHost: localhost\r\n\r\n';
    for (const bytes of [
      `${start}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`,
      `${start}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
      `${start}Transfer-Encoding: identity\r\n\r\n${hidden}`,
      `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
      `${start}Content-Length: +5\r\n\r\nabcde`,
      `${start}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
      `${start}Content-Length : 5\r\n\r\nabcde`,
      'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
    ]) {
      assert.match(await sendRaw(edge, bytes), /^HTTP\/1\.1 4\d\d /, bytes);
    }
    assert.equal(gateway.requests(), before);
  });

  it('attack: methods that nobody needs, and a request for another server through this one', async () => {
    const before = gateway.requests();
    for (const line of [
      ...['TRACE', 'CONNECT', 'PROPFIND', 'get', 'PURGE'].map((method) => `${method} /`),
      'CONNECT 127.0.0.1:22',
      'GET http://127.0.0.1:22/',
    ]) {
      const reply = await sendRaw(edge, `${line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      assert.match(reply, /^HTTP\/1\.1 40[05] /, line);
      assert.match(reply, /application\/problem\+json/);
    }
    assert.equal(gateway.requests(), before);
  });

  it('passes an event of a stream on when it happens, not when the answer ends (CHAT-4)', async () => {
    const outgoing = secureRequest({
      host: '127.0.0.1',
      port: edge.httpsPort,
      ca: edge.ca,
      servername: 'localhost',
      path: '/api/v1/events/stream',
      headers: { host: 'localhost', accept: 'text/event-stream' },
      agent: false,
    });
    const events = new Promise<string[]>((resolve, reject) => {
      outgoing.once('error', reject);
      outgoing.once('response', (answer) => {
        const arrived: string[] = [];
        answer.setEncoding('utf8');
        answer.on('data', (text: string) => {
          arrived.push(text);
          // The gateway says no more until the first event has come all the way.
          if (arrived.length === 1) gateway.endStreams();
        });
        answer.once('end', () => resolve(arrived));
      });
    });
    outgoing.end();
    assert.deepEqual(await events, ['data: first\n\n', 'data: last\n\n']);
  });

  it('lets no answer that broke off look like a whole one', async () => {
    await assert.rejects(ask(edge, { path: '/api/v1/audit/export' }));
  });

  it('answers 503 with a time to come back when the gateway does not', async () => {
    const alone = await startEdge({ gatewayPort: 1, publicHost: 'localhost' });
    try {
      const got = await ask(alone, { path: '/api/v1/tasks' });
      assert.deepEqual([got.status, problemCode(got), got.headers['retry-after']], [503, 'upstream.unavailable', '5']);
    } finally {
      await alone.stop();
    }
  });

  it('attack: a flood from one address: 20 at once and 30 a second pass, and nobody else notices (API-3)', async () => {
    const from = newAddress();
    const startedAt = performance.now();
    const flood = Promise.all(Array.from({ length: 100 }, () => ask(edge, { path: '/api/v1/tasks', from })));
    const neighbour = await ask(edge, { path: '/api/v1/tasks' });
    const answers = await flood;
    const seconds = (performance.now() - startedAt) / 1000;
    assert.equal(neighbour.status, 200);
    const passed = answers.filter(({ status }) => status === 200).length;
    assert.ok(passed > burst && passed <= burst + 1 + Math.ceil(perSecond * seconds), `${passed} in ${seconds} s`);
    const refused = answers.filter(({ status }) => status !== 200);
    assert.ok(refused.length > 0);
    for (const got of refused) {
      assert.deepEqual([got.status, problemCode(got), got.headers['retry-after']], [429, 'request.rate-limited', '1']);
    }
  });

  it('attack: an address of the same IPv6 network, or one that a client makes up, is no other client (API-3)', async () => {
    const behind = await startEdge({ gatewayPort: gateway.port, publicHost: 'localhost', loadBalancer: '127.0.0.1' });
    async function refusedOf(clientOf: (index: number) => string, headers = {}): Promise<number> {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          ask(behind, { path: '/api/v1/tasks', socket: announced(behind, clientOf(index)), headers }),
        ),
      );
      return answers.filter(({ status }) => status === 429).length;
    }
    try {
      assert.equal(await refusedOf((index) => `2001:db8:${index.toString(16)}::1`), 0);
      assert.ok((await refusedOf((index) => `2001:db8:ffff:1::${index.toString(16)}`)) > 0);
      assert.ok((await refusedOf(() => '192.0.2.1', { 'x-forwarded-for': '198.51.100.1' })) > 0);
      const got = await ask(behind, { path: '/api/v1/tasks', socket: announced(behind, '198.51.100.9') });
      assert.equal(receivedIn(got.text).headers['x-forwarded-for'], '198.51.100.9');
    } finally {
      await behind.stop();
    }
  });

  it('lets the gateway refuse a body that is a little too large, and refuses what is far too large', async () => {
    const send = async (path: string, kilobytes: number) => {
      const headers = { 'content-type': 'application/json' };
      const body = 'x'.repeat(kilobytes * 1024);
      return await ask(edge, { method: 'POST', path, from: newAddress('inside'), headers, body });
    };
    assert.equal((await send('/api/v1/tasks', 72)).status, 200);
    const refused = await send('/api/v1/tasks', 88);
    assert.deepEqual([refused.status, problemCode(refused)], [413, 'request.too-large']);
    assert.equal((await send('/api/v1/guardrail/trials', 256)).status, 200);
    assert.equal((await send('/api/v1/guardrail/trials', 300)).status, 413);
  });

  it('lets the header fields of a session through, and no more than 16 KB', async () => {
    const cookie = `a=${'x'.repeat(7_000)}`;
    assert.equal((await ask(edge, { path: '/api/v1/tasks', headers: { cookie } })).status, 200);
    const headers = { cookie, authorization: 'x'.repeat(7_000), 'user-agent': 'x'.repeat(7_000) };
    const refused = await ask(edge, { path: '/api/v1/tasks', headers });
    assert.deepEqual([refused.status, problemCode(refused)], [400, 'request.invalid']);
    assert.match(refused.text, /header fields are too large/);
    assert.equal((await ask(edge, { path: `/api/v1/tasks?q=${'x'.repeat(9_000)}` })).status, 400);
  });

  it('attack: clients that are slow on purpose, with a handshake, a header or a body, are cut off (API-3)', async () => {
    const before = gateway.requests();
    const start = 'POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\n';
    const silent = connect({ host: '127.0.0.1', port: edge.httpsPort, localAddress: newAddress() });
    const dripping = tlsConnection(edge);
    const drip = setInterval(() => dripping.write('x'), 1_000);
    dripping.write(`${start}X-Slow: `);
    const halfBody = tlsConnection(edge);
    halfBody.write(`${start}Content-Length: 100\r\n\r\nhalf`);
    try {
      for (const wait of await Promise.all([silent, dripping, halfBody].map(millisecondsUntilClosed))) {
        assert.ok(wait < slowLimitMs + slackMs, `${wait} ms`);
      }
    } finally {
      clearInterval(drip);
    }
    assert.equal(gateway.requests(), before);
  });
});

function millisecondsUntilClosed(socket: Socket): Promise<number> {
  const startedAt = performance.now();
  // A connection that is reset has ended, too.
  socket.on('error', () => {});
  socket.resume();
  return new Promise((resolve) => socket.once('close', () => resolve(performance.now() - startedAt)));
}
