import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { after, before, describe, it } from 'node:test';
import { auditEntriesSchema, loginResponseSchema, postMessageResponseSchema } from '@todo-chatbot/contracts';
import { testPlatform } from '@todo-chatbot/local-platform/testing';
import { sharedAdministrator } from '../support/administrator.ts';
import { newPerson, type Person } from '../support/client.ts';
import {
  ask,
  type Edge,
  type EdgeAnswer,
  type EdgeRequest,
  newAddress,
  problemCode,
  startEdge,
} from '../support/edge.ts';
import { waitFor } from '../support/waitFor.ts';

/** Longest wait for an event of a stream. */
const eventTimeoutMs = 15_000;

describe('The platform behind the edge (API-3, K8S-3)', () => {
  let edge: Edge;
  let person: Person;
  before(async () => {
    const { url } = await testPlatform();
    const { host, port } = new URL(url);
    edge = await startEdge({ gatewayPort: Number(port), publicHost: host });
    person = await newPerson(url);
  });
  after(() => edge.stop());

  async function asPerson(request: EdgeRequest & { body?: string }, token = person.token): Promise<EdgeAnswer> {
    const json = request.body === undefined ? {} : { 'content-type': 'application/json' };
    return await ask(edge, { ...request, headers: { authorization: `Bearer ${token}`, ...json, ...request.headers } });
  }

  /** Begins an answer of server-sent events; its parts come as they arrive. */
  async function openStream(method: string, path: string, body?: string): Promise<IncomingMessage> {
    return await new Promise((resolve, reject) => {
      const outgoing = request({
        host: '127.0.0.1',
        port: edge.httpsPort,
        localAddress: newAddress(),
        ca: edge.ca,
        servername: 'localhost',
        agent: false,
        method,
        path,
        signal: AbortSignal.timeout(eventTimeoutMs),
        headers: {
          host: 'localhost',
          authorization: `Bearer ${person.token}`,
          accept: 'text/event-stream',
          'content-type': 'application/json',
        },
      });
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }

  it('attack: an address made up at sign-in reaches neither the trail nor the counters (AUTH-7, AUD-1)', async () => {
    const body = JSON.stringify({ email: person.email, password: person.password });
    const made = { 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7', 'x-client-address': '203.0.113.7' };
    const headers = { 'content-type': 'application/json', ...made };
    const signedIn = await ask(edge, { method: 'POST', path: '/api/v1/auth/login', from: '127.9.77.7', headers, body });
    assert.equal(signedIn.status, 200, signedIn.text);
    const { accessToken } = loginResponseSchema.parse(JSON.parse(signedIn.text));
    const addresses = await waitFor('the sign-in in the trail', async () => {
      const { text } = await asPerson({ path: '/api/v1/audit/entries?limit=100' }, accessToken);
      const found = auditEntriesSchema.parse(JSON.parse(text)).items.map(({ event }) => event.metadata.address);
      return found.includes('127.9.77.0') ? found : undefined;
    });
    assert.ok(!addresses.includes('203.0.113.0'));
  });

  it('streams a reply of the assistant, whole and in order (CHAT-1)', async () => {
    const answer = await openStream(
      'POST',
      '/api/v1/chat/messages',
      JSON.stringify({ text: 'add task water the plants' }),
    );
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['content-type'], 'text/event-stream; charset=utf-8');
    let text = '';
    for await (const part of answer) text += part;
    const pieces = [...text.matchAll(/event: delta\ndata: (.+)\n\n/g)].map(([, data = '']) => JSON.parse(data).text);
    const done = postMessageResponseSchema.parse(JSON.parse(/event: done\ndata: (.+)\n\n/.exec(text)?.[1] ?? ''));
    assert.equal(pieces.join(''), done.reply);
  });

  it('passes a live event on while the stream is open (CHAT-4)', async () => {
    const stream = await openStream('GET', '/api/v1/events/stream');
    const title = 'seen at once';
    const made = asPerson({
      method: 'POST',
      path: '/api/v1/tasks',
      headers: { 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ title }),
    });
    let text = '';
    for await (const part of stream) {
      text += part;
      if (text.includes('event: task')) break;
    }
    assert.equal((await made).status, 201);
    assert.match(text, /event: task/);
  });

  it('attack: stolen rights of an administrator, from outside: no console, and of the trail their own alone (K8S-3)', async () => {
    const { url } = await testPlatform();
    const administrator = await sharedAdministrator(url);
    const get = (path: string, place: 'inside' | 'outside') =>
      asPerson({ path, from: newAddress(place) }, administrator.token);
    for (const path of ['/api/v1/admin/users', '/api/v1/alerts', '/api/v1/guardrail/settings']) {
      const refused = await get(path, 'outside');
      assert.deepEqual([refused.status, problemCode(refused)], [404, 'resource.not-found']);
      assert.equal((await get(path, 'inside')).status, 200);
    }
    const ofPerson = `/api/v1/audit/entries?actor=${person.userId}`;
    await waitFor('acts of somebody else, from inside', async () => {
      const { text } = await get(ofPerson, 'inside');
      return auditEntriesSchema.parse(JSON.parse(text)).items.length > 0 ? true : undefined;
    });
    assert.ok(!(await get(ofPerson, 'outside')).text.includes('"items"'));
    // Their own searches hold the other's id; acts of the other are what must not be there.
    const actOfPerson = `"id":"${person.userId}"`;
    const own = await get('/api/v1/audit/entries?limit=100', 'outside');
    assert.equal(own.status, 200);
    assert.ok(!own.text.includes(actOfPerson));
    const exported = await get('/api/v1/audit/export?format=jsonl', 'outside');
    assert.equal(exported.status, 200, exported.text);
    assert.ok(exported.text.includes(administrator.userId) && !exported.text.includes(actOfPerson));
  });

  it('shows the web app, with the headers of the gateway (API-4)', async () => {
    const page = await ask(edge, { path: '/', headers: { accept: 'text/html' } });
    assert.equal(page.status, 200);
    assert.match(page.text, /<div id="root">/);
    assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
    assert.equal(page.headers['strict-transport-security'], 'max-age=63072000; includeSubDomains');
  });
});
