import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId, problemSchema } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { makeTask } from './support/fakeTasks.ts';
import { type Gateway, startGateway } from './support/gateway.ts';

describe('GET events/stream (CHAT-4)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  after(() => gateway.close());

  async function open(token: string, at = gateway) {
    const reader = new AbortController();
    const response = await fetch(`${at.origin}/api/v1/events/stream`, {
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

  /** What `auth` says when something of this person's access is taken away. */
  const takings: Readonly<
    Record<string, (claims: { sub: string; sid: string; kid: string }) => { type: string; data: object }>
  > = {
    'the session is revoked': ({ sub, sid }) => ({
      type: 'auth.session_revoked.v1',
      data: { userId: sub, sessionId: sid },
    }),
    'the person has other roles or is suspended': ({ sub }) => ({
      type: 'auth.access_changed.v1',
      data: { userId: sub, minimumVersion: 1 },
    }),
    'the signing key is revoked': ({ kid }) => ({ type: 'auth.signing_key_revoked.v1', data: { keyId: kid } }),
  };
  // Each with a gateway of its own: nobody is let in afterwards with a key that was revoked.
  for (const [what, takingOf] of Object.entries(takings)) {
    it(`ends the streams within two seconds when ${what} (AUTH-11)`, async () => {
      const own = await startGateway();
      try {
        const token = await own.mesh.tokenFor();
        const [sub, sid] = [String(decodeJwt(token).sub), String(decodeJwt(token).sid)];
        const { received } = await open(token, own);
        const { type, data } = takingOf({ sub, sid, kid: String(decodeProtectedHeader(token).kid) });
        const accessTokensExpireAt = new Date(Date.now() + 60_000).toISOString();
        await own.deliver('auth-events', { type, subject: sub, data: { ...data, accessTokensExpireAt } });
        const startedAt = performance.now();
        await waitFor('the end of the stream', () => received.isEnded || undefined);
        assert.ok(performance.now() - startedAt < 2_000);
        assert.equal((await own.call('GET', '/api/v1/tasks', { token })).status, 401);
      } finally {
        await own.close();
      }
    });
  }

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
