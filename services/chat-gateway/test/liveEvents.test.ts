import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId, problemSchema } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { decodeJwt } from 'jose';
import { makeTask } from './support/fakeTasks.ts';
import { type Gateway, startGateway } from './support/gateway.ts';

describe('GET events/stream (CHAT-4)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  async function open(token: string) {
    const reader = new AbortController();
    const response = await fetch(`${gateway.origin}/api/v1/events/stream`, {
      headers: { authorization: `Bearer ${token}` },
      signal: reader.signal,
    });
    const received = { text: '', isEnded: false };
    const decoder = new TextDecoder();
    (async () => {
      for await (const chunk of response.body ?? []) received.text += decoder.decode(chunk, { stream: true });
    })()
      .catch(() => undefined)
      .finally(() => {
        received.isEnded = true;
      });
    return { response, received, leave: () => reader.abort() };
  }

  const createdFor = (userId: string, title: string) => {
    const task = makeTask({ title });
    return { type: 'task.created.v1', subject: task.id, data: { userId, task } };
  };

  it('pushes a person’s events to all of that person’s tabs, and to nobody else’s', async () => {
    const person = await gateway.newPerson();
    const other = await gateway.newPerson();
    const [first, second, foreign] = [await open(person.token), await open(person.token), await open(other.token)];
    assert.match(first.response.headers.get('content-type') ?? '', /^text\/event-stream/);
    const event = createdFor(person.userId, 'milk <b>');
    assert.deepEqual((await gateway.deliver('task-events', event)).body, { status: 'SUCCESS' });
    for (const { received } of [first, second]) {
      await waitFor('the event', () => (received.text.includes('event: task.created.v1') ? true : undefined));
      const data = /^data: (.*)$/m.exec(received.text)?.[1] ?? '';
      assert.deepEqual(JSON.parse(data), event.data);
    }
    const marker = createdFor(other.userId, 'marker');
    await gateway.deliver('task-events', marker);
    await waitFor('the marker', () => (foreign.received.text.includes('marker') ? true : undefined));
    assert.ok(!foreign.received.text.includes('milk'), 'another person’s stream stays silent');
    for (const { leave } of [first, second, foreign]) leave();
  });

  it('ends the streams of a revoked session within two seconds (AUTH-11)', async () => {
    const token = await gateway.mesh.tokenFor();
    const { sid, sub } = decodeJwt(token);
    const { received } = await open(token);
    await gateway.deliver('auth-events', {
      type: 'auth.session_revoked.v1',
      subject: String(sub),
      data: { userId: sub, sessionId: sid, accessTokensExpireAt: new Date(Date.now() + 60_000).toISOString() },
    });
    const startedAt = performance.now();
    await waitFor('the end of the stream', () => received.isEnded || undefined);
    assert.ok(performance.now() - startedAt < 2_000);
    assert.equal((await gateway.call('GET', '/api/v1/tasks', { token })).status, 401);
  });

  it('ends when the access token runs out', async () => {
    // The verifier tolerates five seconds of difference between clocks; the stream does not.
    const { received } = await open(await gateway.mesh.tokenFor({ lifetimeSeconds: 1 }));
    await waitFor('the end of the stream', () => received.isEnded || undefined);
  });

  it('429: more streams than a person has tabs', async () => {
    const person = await gateway.newPerson();
    const streams = await Promise.all(Array.from({ length: 9 }, () => open(person.token)));
    const refused = streams.filter(({ response }) => response.status === 429);
    assert.equal(refused.length, 1);
    for (const { leave } of streams) leave();
    const again = await waitFor('a free place', async () => {
      const stream = await open(person.token);
      return stream.response.status === 200 ? stream : undefined;
    });
    again.leave();
  });

  it('401: nobody is signed in', async () => {
    const answer = await gateway.call('GET', '/api/v1/events/stream');
    assert.equal(problemSchema.parse(answer.body).code, 'auth.token-missing');
  });

  it('a malformed event is dropped and reaches no stream', async () => {
    const data = { userId: newId('user'), task: 'none' };
    const answer = await gateway.deliver('task-events', { type: 'task.created.v1', subject: 'x', data });
    assert.deepEqual(answer.body, { status: 'DROP' });
  });
});

describe('Shutdown', () => {
  it('ends open streams and returns', async () => {
    const gateway = await startGateway();
    const person = await gateway.newPerson();
    const response = await fetch(`${gateway.origin}/api/v1/events/stream`, {
      headers: { authorization: `Bearer ${person.token}` },
    });
    const [text] = await Promise.all([response.text(), gateway.close()]);
    assert.match(text, /^retry: 3000/);
  });
});
