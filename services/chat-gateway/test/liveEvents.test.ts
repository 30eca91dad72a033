import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { liveEvents, newId, problemSchema, type Task } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { sealJson } from '@todo-chatbot/service-kit';
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

  const newsOf = (userId: string, task: Task, type: 'task.created.v2' | 'task.changed.v2' = 'task.created.v2') => {
    const box = gateway.mesh.dataKeys.boxOf(userId, 'task.events');
    const sealed = sealJson(box, { field: type, row: task.id }, task);
    return { type, subject: task.id, data: { userId, taskId: task.id, sealed } };
  };
  const keyCallsFor = (userId: string) => gateway.mesh.keyRequests.filter((asked) => asked === userId).length;

  it('pushes a person’s events to all of that person’s tabs, and to nobody else’s', async () => {
    const person = await gateway.newPerson();
    const other = await gateway.newPerson();
    const [first, second, foreign] = [await open(person.token), await open(person.token), await open(other.token)];
    assert.match(first.response.headers.get('content-type') ?? '', /^text\/event-stream/);
    const task = makeTask({ title: 'milk <b>' });
    const event = newsOf(person.userId, task);
    assert.deepEqual((await gateway.deliver('task-events', event)).body, { status: 'SUCCESS' });
    for (const { received } of [first, second]) {
      await waitFor('the event', () => (received.text.includes('event: task.created.v1') ? true : undefined));
      const data = /^data: (.*)$/m.exec(received.text)?.[1] ?? '';
      assert.deepEqual(JSON.parse(data), { userId: person.userId, task });
    }
    await gateway.deliver('task-events', newsOf(other.userId, makeTask({ title: 'marker' })));
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
    const answer = await gateway.deliver('task-events', { type: 'task.created.v2', subject: 'x', data });
    assert.deepEqual(answer.body, { status: 'DROP' });
  });

  it('the public names and data are the API’s own, whatever Kafka carries', async () => {
    const { userId, token } = await gateway.newPerson();
    const { received, leave } = await open(token);
    const task = makeTask({ title: 'milk' });
    const booking = {
      id: newId('booking'),
      serviceId: newId('service'),
      serviceName: 'Consultation',
      startsAt: '2026-12-01T09:00:00.000Z',
      endsAt: '2026-12-01T09:30:00.000Z',
      name: 'Ada',
      email: 'ada@example.com',
      phone: '+491701234567',
      status: 'confirmed',
      createdAt: '2026-11-22T10:00:00.000Z',
    };
    const bookingBox = gateway.mesh.dataKeys.boxOf(userId, 'booking.events');
    const sealed = sealJson(bookingBox, { field: 'booking.created.v2', row: booking.id }, booking);
    const deliveries = [
      ['task-events', newsOf(userId, task)],
      ['task-events', newsOf(userId, task, 'task.changed.v2')],
      ['task-events', { type: 'task.deleted.v1', subject: task.id, data: { userId, taskId: task.id } }],
      [
        'booking-events',
        { type: 'booking.created.v2', subject: booking.id, data: { userId, bookingId: booking.id, sealed } },
      ],
    ] as const;
    for (const [topic, event] of deliveries) {
      assert.deepEqual((await gateway.deliver(topic, event)).body, { status: 'SUCCESS' });
    }
    await waitFor('the last event', () => received.text.includes('event: booking.created.v1') || undefined);
    const events = [...received.text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, name, data]) => [name, data]);
    assert.deepEqual(
      events.map(([name]) => name),
      Object.keys(liveEvents),
    );
    for (const [index, schema] of Object.values(liveEvents).entries()) {
      schema.parse(JSON.parse(events[index]?.[1] ?? ''));
    }
    leave();
  });

  describe('sealed news (DATA-2)', () => {
    it('of somebody who is not here need no key; of somebody who is, one key for all', async () => {
      const [absent, present] = [await gateway.newPerson(), await gateway.newPerson()];
      await gateway.deliver('task-events', newsOf(absent.userId, makeTask({ title: 'unseen' })));
      assert.equal(keyCallsFor(absent.userId), 0);
      const { received, leave } = await open(present.token);
      for (const title of ['one', 'two', 'three']) {
        await gateway.deliver('task-events', newsOf(present.userId, makeTask({ title })));
      }
      await waitFor('the last event', () => received.text.includes('three') || undefined);
      assert.equal(keyCallsFor(present.userId), 1);
      leave();
    });

    it('attack: changed, cut, or moved from another person, task, type or scope, they are dropped and show nothing', async () => {
      const [person, other] = [await gateway.newPerson(), await gateway.newPerson()];
      const { received, leave } = await open(person.token);
      const task = makeTask({ title: 'canary title' });
      const good = newsOf(person.userId, task);
      const bytes = Buffer.from(good.data.sealed, 'base64');
      const withSealed = (sealed: string) => ({ ...good, data: { ...good.data, sealed } });
      const flipped = Buffer.from(bytes.map((byte, index) => (index === 20 ? byte ^ 1 : byte)));
      const ownRows = gateway.mesh.dataKeys.boxOf(person.userId, 'chat-gateway');
      const ownEvents = gateway.mesh.dataKeys.boxOf(person.userId, 'task.events');
      const place = { field: good.type, row: task.id };
      const forged = {
        flipped: withSealed(flipped.toString('base64')),
        cut: withSealed(bytes.subarray(0, -1).toString('base64')),
        'of another person': withSealed(newsOf(other.userId, task).data.sealed),
        'of another task': { ...good, subject: newId('task') },
        'of another type': { ...newsOf(person.userId, task, 'task.changed.v2'), type: good.type },
        'of another scope': withSealed(sealJson(ownRows, place, task)),
        'of another shape': withSealed(sealJson(ownEvents, place, { canary: 'canary text' })),
        'that are no JSON': withSealed(Buffer.from(ownEvents.seal(place, 'canary text')).toString('base64')),
      };
      const linesBefore = gateway.logged.length;
      for (const [what, event] of Object.entries(forged)) {
        assert.deepEqual((await gateway.deliver('task-events', event)).body, { status: 'DROP' }, what);
      }
      await gateway.deliver('task-events', newsOf(person.userId, makeTask({ title: 'marker' })));
      await waitFor('the marker', () => received.text.includes('marker') || undefined);
      assert.doesNotMatch(received.text, /canary/);
      const lines = gateway.logged.slice(linesBefore).join('');
      assert.equal(lines.match(/could not be opened/g)?.length, Object.keys(forged).length);
      assert.doesNotMatch(lines, /canary/);
      leave();
    });

    it('of an erased person are nobody’s news; without a word of auth they come again (PRIN-6)', async () => {
      const person = await gateway.newPerson();
      const { received, leave } = await open(person.token);
      const event = newsOf(person.userId, makeTask({ title: 'too late' }));
      await gateway.outdate(person.userId);
      gateway.mesh.down.add('auth');
      assert.deepEqual((await gateway.deliver('task-events', event)).body, { status: 'RETRY' });
      gateway.mesh.down.delete('auth');
      gateway.mesh.dataKeys.destroy(person.userId);
      assert.deepEqual((await gateway.deliver('task-events', event)).body, { status: 'SUCCESS' });
      assert.doesNotMatch(received.text, /too late/);
      leave();
    });

    it('the key of a person whose tokens are outdated is asked for anew', async () => {
      const person = await gateway.newPerson();
      const { received, leave } = await open(person.token);
      await gateway.deliver('task-events', newsOf(person.userId, makeTask({ title: 'before' })));
      await gateway.outdate(person.userId);
      await gateway.deliver('task-events', newsOf(person.userId, makeTask({ title: 'after' })));
      await waitFor('the second event', () => received.text.includes('after') || undefined);
      assert.equal(keyCallsFor(person.userId), 2);
      leave();
    });
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
