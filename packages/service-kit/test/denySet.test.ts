import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { type CloudEvent, type Denial, denialsSchema, newId } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import fc from 'fast-check';
import { authEventsSubscription, createDenySet, type Dapr, type DenySet, ProblemError } from '../src/index.ts';
import { capturingLogger, fakeDapr, testEvent } from './support.ts';

const { logger, lines } = capturingLogger();
const opened: DenySet[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((denySet) => denySet.close()));
});

type Page = { items: Denial[]; next: string; isComplete: boolean };

/** `auth` as the deny-set meets it. A test gives the pages by their cursor; it may be down. */
function fakeAuth(pageFor: (since: string | undefined) => Page = () => page()) {
  const state = { isDown: false, asked: [] as (string | undefined)[], traceparents: [] as string[], pageFor };
  const invoke: Dapr['invoke'] = async (request) => {
    assert.deepEqual([request.appId, request.method, request.path], ['auth', 'GET', '/v1/denials']);
    const since = request.query?.since === undefined ? undefined : String(request.query.since);
    state.asked.push(since);
    state.traceparents.push(request.headers?.traceparent ?? '');
    if (state.isDown) throw new ProblemError('upstream.unavailable');
    return { status: 200, body: request.responseSchema.parse(state.pageFor(since)), headers: new Headers() };
  };
  return { state, dapr: fakeDapr({ invoke }) };
}

function page(items: readonly Denial[] = [], next = '1', isComplete = true): Page {
  return denialsSchema.parse({ items, next, isComplete });
}

const inHalfAnHour = () => new Date(Date.now() + 1_800_000).toISOString();
const sessionDenial = (id = newId('session')): Denial => ({ kind: 'session', id, expiresAt: inHalfAnHour() });

/** Somebody's access, with nothing denied of it. */
function access() {
  return { userId: newId('user'), sessionId: newId('session'), accessVersion: 1, keyId: 'k1' };
}

async function started(
  auth: { dapr: Dapr },
  options: { elapsedMs?: () => number; limit?: number; now?: () => Date } = {},
) {
  const { now = () => new Date(), ...rest } = options;
  const denySet = createDenySet({ dapr: auth.dapr, clock: { now }, logger, ...rest });
  opened.push(denySet);
  await denySet.start();
  return denySet;
}

function deliver(denySet: DenySet, event: Pick<CloudEvent, 'type' | 'data'>) {
  return authEventsSubscription({ denySet }).deliver(JSON.stringify(testEvent(event)), logger, 'task');
}

test('Kafka is lost: a denial is known within one poll, of each kind (AUTH-11)', async () => {
  const auth = fakeAuth();
  const denySet = await started(auth);
  const [bySession, byVersion, byKey, other] = [access(), access(), { ...access(), keyId: 'k2' }, access()];
  for (const one of [bySession, byVersion, byKey, other]) assert.equal(denySet.denies(one), false);

  auth.state.pageFor = () =>
    page([
      sessionDenial(bySession.sessionId),
      { kind: 'user', id: byVersion.userId, minimumVersion: 2, expiresAt: inHalfAnHour() },
      { kind: 'key', id: 'k2', expiresAt: inHalfAnHour() },
    ]);
  const startedAt = performance.now();
  await waitFor('the poll', () => denySet.denies(bySession));

  assert.ok(performance.now() - startedAt < 1_500);
  assert.equal(denySet.denies(byVersion), true);
  assert.equal(denySet.denies({ ...byVersion, accessVersion: 2 }), false, 'newer tokens of the person are good');
  assert.equal(denySet.denies(byKey), true);
  assert.equal(denySet.denies(other), false);
});

test('auth is down, Kafka works: a denial is known by its event at once, of each kind (AUTH-11)', async () => {
  const auth = fakeAuth();
  const denySet = await started(auth);
  auth.state.isDown = true;
  const [one, two, three] = [access(), access(), { ...access(), keyId: 'k3' }];
  const accessTokensExpireAt = inHalfAnHour();

  const { userId, sessionId } = one;
  await deliver(denySet, { type: 'auth.session_revoked.v1', data: { userId, sessionId, accessTokensExpireAt } });
  const changed = { userId: two.userId, minimumVersion: 2, accessTokensExpireAt };
  await deliver(denySet, { type: 'auth.access_changed.v1', data: changed });
  await deliver(denySet, { type: 'auth.signing_key_revoked.v1', data: { keyId: 'k3', accessTokensExpireAt } });

  assert.deepEqual([one, two, three, access()].map(denySet.denies), [true, true, true, false]);
});

test('both are gone: nobody is let in when auth was not heard of for 10 s, and again when it is back (PRIN-6)', async () => {
  const auth = fakeAuth();
  let elapsed = 0;
  const denySet = await started(auth, { elapsedMs: () => elapsed });
  auth.state.isDown = true;

  elapsed = 10_000;
  assert.equal(denySet.denies(access()), false);
  elapsed = 10_001;
  assert.throws(() => denySet.denies(access()), { code: 'upstream.unavailable' });

  auth.state.isDown = false;
  await waitFor('an answer', () => {
    try {
      return denySet.denies(access()) === false;
    } catch {
      return false;
    }
  });
});

test('attack: the machine clock is set back: old news does not become young (PRIN-6)', async () => {
  const auth = fakeAuth();
  let elapsed = 0;
  let now = Date.now();
  const denySet = await started(auth, { elapsedMs: () => elapsed, now: () => new Date(now) });
  auth.state.isDown = true;
  elapsed += 11_000;
  now -= 3_600_000;

  assert.throws(() => denySet.denies(access()), { code: 'upstream.unavailable' });
});

test('an answer is as old as its question: a slow one does not count as news (PRIN-6)', async () => {
  let elapsed = 0;
  const auth = fakeAuth(() => {
    elapsed += 11_000;
    return page();
  });
  const denySet = await started(auth, { elapsedMs: () => elapsed });

  assert.throws(() => denySet.denies(access()), { code: 'upstream.unavailable' });
});

test('just started while auth is down: the service starts, nobody is let in, then older denials are known (PRIN-6)', async () => {
  const someone = access();
  const auth = fakeAuth(() => page([sessionDenial(someone.sessionId)]));
  auth.state.isDown = true;
  const denySet = await started(auth);

  assert.equal(denySet.isLoaded(), false);
  assert.throws(() => denySet.denies(someone), { code: 'upstream.unavailable' });
  auth.state.isDown = false;
  await waitFor('the first answer', () => denySet.isLoaded());
  assert.equal(denySet.denies(someone), true);
});

test('a long answer is read to its end before anybody is let in, and the next question goes on from there', async () => {
  const someone = access();
  const auth = fakeAuth((since) => {
    if (since === undefined) return page([sessionDenial()], '5.7.session.x', false);
    return since === '5.7.session.x' ? page([sessionDenial(someone.sessionId)], '5') : page([], '6');
  });
  const denySet = await started(auth);

  assert.equal(denySet.denies(someone), true);
  await waitFor('further questions', () => auth.state.asked.length >= 4);
  assert.deepEqual(auth.state.asked.slice(0, 4), [undefined, '5.7.session.x', '5', '6']);
});

test('events that come twice, late and out of order never weaken a denial (AUTH-11)', async () => {
  const denySet = await started(fakeAuth());
  // A lower version may well come with a later end, when an old event is sent again by a clock that is ahead.
  const news = fc.record({
    minimumVersion: fc.integer({ min: 1, max: 50 }),
    minutes: fc.integer({ min: 1, max: 30 }),
    source: fc.constantFrom('event' as const, 'poll' as const),
  });
  fc.assert(
    fc.property(fc.array(news, { minLength: 1 }), (plan) => {
      const someone = access();
      for (const { minimumVersion, minutes, source } of plan) {
        const expiresAt = new Date(Date.now() + minutes * 60_000).toISOString();
        denySet.add({ kind: 'user', id: someone.userId, minimumVersion, expiresAt }, source);
      }
      const highest = Math.max(...plan.map(({ minimumVersion }) => minimumVersion));
      assert.equal(denySet.denies({ ...someone, accessVersion: highest - 1 }), true);
      assert.equal(denySet.denies({ ...someone, accessVersion: highest }), false);
    }),
  );
});

test('a denial is kept until its last token has expired and not longer', async () => {
  const auth = fakeAuth();
  let now = Date.now();
  const denySet = await started(auth, { now: () => new Date(now) });
  const someone = access();
  denySet.add(sessionDenial(someone.sessionId), 'event');
  now += 1_790_000;
  const asked = auth.state.asked.length;
  await waitFor('another poll', () => auth.state.asked.length > asked + 1);
  assert.equal(denySet.denies(someone), true);
  now += 20_000;
  await waitFor('the end of it', () => !denySet.denies(someone));
  denySet.add({ kind: 'session', id: someone.sessionId, expiresAt: new Date(now).toISOString() }, 'event');
  assert.equal(denySet.denies(someone), false, 'nor is it taken up again');
});

test('attack: more denials than fit: nobody is let in, loudly, until all of them fit again (PRIN-6)', async () => {
  const auth = fakeAuth();
  let now = Date.now();
  const denySet = await started(auth, { limit: 10, now: () => new Date(now) });
  for (let count = 0; count < 10; count += 1) denySet.add(sessionDenial(), 'event');
  assert.equal(denySet.denies(access()), false);
  const lost = access();
  const expiresAt = new Date(now + 7_200_000).toISOString();
  denySet.add({ kind: 'session', id: lost.sessionId, expiresAt }, 'event');

  assert.throws(() => denySet.denies(access()), { code: 'upstream.unavailable' });
  assert.ok(lines.some((line) => line.includes('too many denials')));

  auth.state.pageFor = (since) =>
    since === undefined ? page([{ kind: 'session', id: lost.sessionId, expiresAt }]) : page();
  now += 3_600_000;
  await waitFor('room, and everything read anew', () => {
    try {
      return denySet.denies(lost);
    } catch {
      return false;
    }
  });
  assert.equal(denySet.denies(access()), false);
});

test('the question leaves no trace behind: it says so to the sidecars', async () => {
  const auth = fakeAuth();
  await started(auth);

  assert.match(auth.state.traceparents[0] ?? '', /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
});
