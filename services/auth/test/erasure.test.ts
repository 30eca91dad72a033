import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import {
  auditEventDataSchema,
  type CloudEvent,
  erasedRowsInWords,
  erasuresSchema,
  type TokenGrant,
} from '@todo-chatbot/contracts';
import { auditEntries, codeOf } from '@todo-chatbot/local-platform/testing';
import { erasingServices } from '../src/domain/erasure.ts';
import {
  deliverReply,
  eraseSelf,
  giveReceipts,
  openErasureWorker,
  receiptOf,
  requestsFor,
  statusOfErasure,
  unknownErasure,
} from '../src/testing/erasures.ts';
import {
  goodPassword,
  grantOf,
  outboxEvents,
  startAuth,
  startAuthOnNewDatabase,
  takeEventNames,
} from '../src/testing/harness.ts';
import { openMailbox } from '../src/testing/mailbox.ts';
import { actOn, signUpAs } from '../src/testing/people.ts';
import { tablesHolding } from '../src/testing/tablesHolding.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
let admin: TokenGrant;
let worker: Awaited<ReturnType<typeof openErasureWorker>>;
before(async () => {
  world = await startAuthOnNewDatabase({ ERASURE_DEADLINE_HOURS: '2' });
  admin = await signUpAs(world, 'admin');
  worker = await openErasureWorker(world);
});
after(async () => {
  await worker.close();
  await world.close();
});
beforeEach(async () => {
  // Tests move the clock, and tokens expire.
  admin = grantOf(await world.auth.login(admin.account.email));
  await world.database.ownerPool.query('DELETE FROM outbox');
});

const hourMs = 3_600_000;
/** But for a letter as long as the kinds of rows of a receipt may be. */
const longestKind = 'k'.repeat(39);
const refusalOf = async (answer: ReturnType<typeof world.auth.call>) => {
  const { status, body } = await answer;
  return [status, codeOf({ body })];
};
const keyOf = (userId: string, caller = 'task') => world.auth.call('GET', `/v1/data-keys/${userId}`, { caller });
const count = async (query: string, ...values: unknown[]) =>
  (await world.database.ownerPool.query(query, values)).rowCount;
const hold = (verb: string, { account }: TokenGrant, by = admin, body?: object) =>
  world.auth.call(verb, `/v1/holds/${account.id}`, { token: by.accessToken, ...(body && { body }) });
const placeHold = (person: TokenGrant, reason = 'case 4711') => hold('PUT', person, admin, { reason });
const certificates = (events: readonly CloudEvent[]) =>
  events
    .filter(({ type }) => type === 'audit.recorded.v1')
    .map(({ id, data }) => ({ id, ...auditEventDataSchema.parse(data) }))
    .filter(({ action }) => action === 'privacy.complete-erasure');

test('a person erases themselves: the account is closed at once, and the services are asked (PRIV-4, AUTH-11)', async () => {
  const person = await signUpAs(world);
  const { id, email } = person.account;
  await takeEventNames(world.database);
  const { asked, ...begun } = await eraseSelf(world, person);

  assert.equal(begun.state, 'under-way');
  assert.deepEqual(await takeEventNames(world.database), [
    'auth.access_changed.v1',
    'privacy.erasure_requested.v1',
    'privacy.request-erasure: success',
  ]);
  const me = () => world.auth.call('GET', '/v1/account', { token: person.accessToken });
  assert.equal((await me()).status, 401);
  assert.deepEqual(await refusalOf(world.auth.login(email)), [401, 'auth.invalid-credentials']);
  assert.deepEqual(await refusalOf(world.auth.refresh(person.refreshToken)), [401, 'auth.refresh-invalid']);
  assert.equal((await keyOf(id)).status, 200, 'the services need the key until the end');
  const status = await statusOfErasure(world, begun);
  assert.equal(Date.parse(status.deadlineAt ?? '') - Date.parse(status.requestedAt), 2 * hourMs);
  assert.ok(status.services.every(({ erasedAt }) => erasedAt === null));
  assert.equal(asked.userId, id);
});

test('with the last receipt the key is destroyed for good, and the certificate is written (PRIV-4)', async () => {
  const person = await signUpAs(world);
  const { id, email } = person.account;
  const begun = await eraseSelf(world, person);
  await giveReceipts(world, begun.asked, erasingServices.slice(1));
  assert.equal((await keyOf(id)).status, 200);
  await world.database.ownerPool.query('DELETE FROM outbox');
  await giveReceipts(world, begun.asked, erasingServices.slice(0, 1));

  assert.deepEqual(await refusalOf(keyOf(id)), [410, 'person.erased']);
  const events = await outboxEvents(world.database);
  assert.deepEqual(
    events.map(({ type, subject }) => [type, subject]),
    [
      ['auth.access_changed.v1', id],
      ['privacy.key_destroyed.v1', id],
      ['audit.recorded.v1', 'auth'],
    ],
  );
  const [certificate] = certificates(events);
  const status = await statusOfErasure(world, begun);
  assert.equal(status.state, 'complete');
  assert.equal(status.certificateId, certificate?.id);
  assert.deepEqual(certificate?.object, { type: 'erasure', id: begun.id });
  assert.equal(certificate?.retentionClass, 'administration');
  const { input } = certificate ?? {};
  assert.deepEqual(
    input?.receipts,
    status.services.map(({ receiptId }) => receiptId).toSorted(byService(status.services)),
  );
  assert.deepEqual(
    input?.erased,
    status.services
      .map(({ service, erasedAt }) => `${service} ${erasedAt} things=2 answers=1`)
      .toSorted((a, b) => (a < b ? -1 : 1)),
  );
  assert.equal(input?.userId, id);
  assert.equal(await count('SELECT FROM data_keys WHERE person_id = $1', id), 0);

  // The queue holds one sealed mail to them until it is sent.
  assert.deepEqual(await tablesHolding(world.database.ownerPool, email), []);
  const again = await signUpWith(email);
  assert.notEqual(again.account.id, id);
});

function byService(services: readonly { readonly service: string; readonly receiptId: string | null }[]) {
  const serviceOf = (id: string | null) => services.find(({ receiptId }) => receiptId === id)?.service ?? '';
  return (a: string | null, b: string | null) => (serviceOf(a) < serviceOf(b) ? -1 : 1);
}

async function signUpWith(email: string) {
  await world.auth.register({ email });
  return grantOf(await world.auth.login(email));
}

test('the link to the progress is mailed to the person, and to nobody else is anything told (PRIV-4)', async () => {
  const person = await signUpAs(world);
  const mailbox = await openMailbox({ database: world.database, clock: world.auth.clock });
  try {
    const { id, token } = await eraseSelf(world, person);
    assert.equal(await mailbox.tokenTo(person.account.email), token);
    const status = (wrong: string) =>
      world.auth.call('GET', `/v1/erasures/${id}`, { headers: { 'x-erasure-token': wrong } });
    assert.deepEqual(await refusalOf(status('A'.repeat(43))), [404, 'erasure.not-found']);
    assert.deepEqual(await refusalOf(status('short')), [400, 'request.invalid']);
    assert.deepEqual(await tablesHolding(world.database.ownerPool, token), []);
    const other = await eraseSelf(world, await signUpAs(world));
    assert.deepEqual(await refusalOf(status(other.token)), [404, 'erasure.not-found'], 'the secret of another one');
  } finally {
    await mailbox.close();
  }
});

test('attack: a stolen session that has not proven itself lately erases nobody (AUTH-8)', async () => {
  const person = await signUpAs(world);
  await world.database.ownerPool.query(
    "UPDATE sessions SET authenticated_at = now() - interval '11 minutes' WHERE id = $1",
    [person.sessionId],
  );
  const answer = world.auth.call('POST', '/v1/erasures', { token: person.accessToken });
  assert.deepEqual(await refusalOf(answer), [401, 'auth.step-up-required']);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: person.accessToken })).status, 200);
});

test('the last administrator can erase neither themselves nor be erased; of two at once one stays (AUTH-10)', async () => {
  const lonely = await startAuthOnNewDatabase();
  try {
    const one = await signUpAs(lonely, 'admin');
    const erase = (person: TokenGrant) => lonely.auth.call('POST', '/v1/erasures', { token: person.accessToken });
    assert.deepEqual(await refusalOf(erase(one)), [409, 'user.last-admin']);
    const two = await signUpAs(lonely, 'admin');
    const statuses = (await Promise.all([erase(one), erase(two)])).map(({ status }) => status);
    assert.deepEqual(statuses.toSorted(), [202, 409]);
  } finally {
    await lonely.close();
  }
});

test('an erasure of one person that is asked for many times at once is one (PRIV-4)', async () => {
  const person = await signUpAs(world);
  const own = () => world.auth.call('POST', '/v1/erasures', { token: person.accessToken });
  const answers = await Promise.all([
    own(),
    actOn(world, admin, 'delete', person),
    own(),
    actOn(world, admin, 'delete', person),
  ]);
  assert.equal(answers.filter(({ status }) => status === 202 || status === 204).length, 1);
  assert.equal(await count('SELECT FROM erasures WHERE person_id = $1', person.account.id), 1);
  const requests = (await outboxEvents(world.database)).filter(({ type }) => type === 'privacy.erasure_requested.v1');
  assert.equal(requests.length, 1);
});

test('attack: a service gives no receipt for another one, and none for somebody else’s erasure (PRIV-4, PRIN-2)', async () => {
  const [person, other] = [await signUpAs(world), await signUpAs(world)];
  const { asked, ...begun } = await eraseSelf(world, person);
  await eraseSelf(world, other);
  for (const service of erasingServices.filter((name) => name !== 'task')) {
    assert.equal(await deliverReply(world, 'task', receiptOf(service, asked)), 'DROP', service);
  }
  const mixed = { erasureId: asked.erasureId, userId: other.account.id };
  assert.equal(await deliverReply(world, 'task', receiptOf('task', mixed)), 'DROP');
  assert.ok((await statusOfErasure(world, begun)).services.every(({ erasedAt }) => erasedAt === null));
  assert.equal((await keyOf(person.account.id)).status, 200);
});

test('attack: a service that was taken over gives a receipt that fits into no certificate: it is refused, and a true one counts (PRIV-4)', async () => {
  const person = await signUpAs(world);
  const { asked, ...begun } = await eraseSelf(world, person);
  const kinds = Array.from({ length: 20 }, (_, index) => `${longestKind}${String.fromCharCode(97 + index)}`);
  const long = receiptWith({ rows: Object.fromEntries(kinds.map((kind) => [kind, 1])) });
  const nameless = { ...receiptOf('task', asked), id: 'jane@example.com' };
  assert.equal(await deliverReply(world, 'task', long), 'DROP');
  assert.equal(await deliverReply(world, 'task', nameless), 'DROP');
  assert.ok((await statusOfErasure(world, begun)).services.every(({ erasedAt }) => erasedAt === null));
  await giveReceipts(world, asked);
  assert.equal((await statusOfErasure(world, begun)).state, 'complete');

  function receiptWith(said: object): CloudEvent {
    return { ...receiptOf('task', asked), data: { ...asked, service: 'task', ...said } };
  }
});

test('the longest receipts that are taken fit into a certificate (PRIV-4)', async () => {
  const { asked, ...begun } = await eraseSelf(world, await signUpAs(world));
  for (const service of erasingServices) {
    const rows = {
      [`${longestKind}a`]: 1,
      [`${longestKind}b`]: 1,
      [`${longestKind}c`]: 1,
      abcd: Number.MAX_SAFE_INTEGER,
    };
    assert.equal(erasedRowsInWords(rows).length, 150);
    const receipt = { ...receiptOf(service, asked), data: { ...asked, service, rows } };
    assert.equal(await deliverReply(world, service, receipt), 'SUCCESS', service);
  }
  assert.equal((await statusOfErasure(world, begun)).state, 'complete');
});

test('an erasure that cannot be completed holds up no other, nor what is told of missed deadlines (PRIV-4, OBS-3)', async () => {
  const [stuck, late, other] = [await signUpAs(world), await signUpAs(world), await signUpAs(world)];
  const [stuckErasure, lateErasure] = [await eraseSelf(world, stuck), await eraseSelf(world, late)];
  const { asked, ...begun } = await eraseSelf(world, other);
  const { ownerPool } = world.database;
  await ownerPool.query('REVOKE INSERT ON destroyed_keys FROM auth');
  await giveReceipts(world, stuckErasure.asked);
  await giveReceipts(world, asked);
  await ownerPool.query('GRANT INSERT ON destroyed_keys TO auth');
  await ownerPool.query(`ALTER TABLE destroyed_keys ADD CONSTRAINT stuck CHECK (person_id <> '${stuck.account.id}')`);
  world.auth.clock.advance(2 * hourMs + 1);
  await worker.run();

  assert.equal((await statusOfErasure(world, stuckErasure)).state, 'under-way');
  assert.equal((await statusOfErasure(world, begun)).state, 'complete');
  assert.equal((await requestsFor(world, lateErasure.asked)).length, 2, 'who has not answered is asked again');
  const overdue = auditEntries(await outboxEvents(world.database))
    .filter(({ action }) => action === 'privacy.erasure-overdue')
    .map(({ object }) => object?.id);
  for (const { id } of [stuckErasure, lateErasure]) assert.ok(overdue.includes(id));
  await ownerPool.query('ALTER TABLE destroyed_keys DROP CONSTRAINT stuck');
  await worker.run();
  assert.equal((await statusOfErasure(world, stuckErasure)).state, 'complete');
  await giveReceipts(world, lateErasure.asked);
});

test('attack: a receipt for an erasure that nobody asked for destroys nothing (PRIV-4)', async () => {
  const person = await signUpAs(world);
  await giveReceipts(world, unknownErasure());
  await giveReceipts(world, { ...unknownErasure(), userId: person.account.id });
  assert.equal((await keyOf(person.account.id)).status, 200);
  assert.deepEqual(certificates(await outboxEvents(world.database)), []);
});

test('receipts that come twice, in any order and at once, complete an erasure once (KAFKA-4)', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { asked } = await eraseSelf(world, await signUpAs(world));
    const receipts = erasingServices.map((service) => ({ service, event: receiptOf(service, asked) }));
    await world.database.ownerPool.query('DELETE FROM outbox');
    const outcomes = await Promise.all(
      [...receipts, ...receipts.toReversed()].map(({ service, event }) => deliverReply(world, service, event)),
    );
    assert.ok(
      outcomes.every((outcome) => outcome === 'SUCCESS' || outcome === 'RETRY'),
      outcomes.join(),
    );
    for (const { service, event } of receipts) assert.equal(await deliverReply(world, service, event), 'SUCCESS');
    const events = await outboxEvents(world.database);
    assert.equal(certificates(events).length, 1);
    assert.equal(events.filter(({ type }) => type === 'privacy.key_destroyed.v1').length, 1);
  }
});

test('services that do not answer are asked again, with growing pauses, by one replica alone (PRIV-4)', async () => {
  const { asked } = await eraseSelf(world, await signUpAs(world));
  const second = await openErasureWorker(world);
  try {
    const requests = async () => (await requestsFor(world, asked)).length;
    assert.equal(await requests(), 1);
    await worker.run();
    assert.equal(await requests(), 1, 'not yet');
    world.auth.clock.advance(15_001);
    await Promise.all([worker.run(), second.run(), worker.run(), second.run()]);
    assert.equal(await requests(), 2);
    world.auth.clock.advance(15_001);
    await worker.run();
    assert.equal(await requests(), 2, 'the pause has doubled');
    world.auth.clock.advance(15_001);
    await worker.run();
    assert.equal(await requests(), 3);
    await giveReceipts(world, asked);
    world.auth.clock.advance(hourMs);
    await worker.run();
    assert.equal(await requests(), 3, 'nothing is asked after the end');
  } finally {
    await second.close();
  }
});

test('a crash between the last receipt and the destruction of the key is made good (PRIV-4)', async () => {
  const person = await signUpAs(world);
  const { asked, ...begun } = await eraseSelf(world, person);
  const { ownerPool } = world.database;
  // Destroying the key fails as it would when the database goes away in between.
  await ownerPool.query('REVOKE INSERT ON destroyed_keys FROM auth');
  await giveReceipts(world, asked);
  await ownerPool.query('GRANT INSERT ON destroyed_keys TO auth');
  const halfWay = await statusOfErasure(world, begun);
  assert.equal(halfWay.state, 'under-way');
  assert.ok(halfWay.services.every(({ erasedAt }) => erasedAt !== null));
  assert.equal((await keyOf(person.account.id)).status, 200, 'nothing of the last step was done');

  await worker.run();
  assert.equal((await statusOfErasure(world, begun)).state, 'complete');
  assert.deepEqual(await refusalOf(keyOf(person.account.id)), [410, 'person.erased']);
});

test('the service may be closed and started anew after each step (PRIV-4)', async () => {
  const person = await signUpAs(world);
  const { asked, ...begun } = await eraseSelf(world, person);
  for (const service of erasingServices) {
    const restarted = await startAuth(world.database, world.auth.clock);
    await deliverReply({ ...world, auth: restarted }, service, receiptOf(service, asked));
    await restarted.close();
  }
  assert.equal((await statusOfErasure(world, begun)).state, 'complete');
});

test('an erasure that misses its deadline is told to the monitoring, once (PRIV-4, OBS-3)', async () => {
  const { asked, id } = await eraseSelf(world, await signUpAs(world));
  await giveReceipts(world, asked, erasingServices.slice(0, 3));
  const overdue = async () =>
    auditEntries(await outboxEvents(world.database)).filter(
      ({ action, object }) => action === 'privacy.erasure-overdue' && object?.id === id,
    );
  await worker.run();
  assert.deepEqual(await overdue(), []);
  world.auth.clock.advance(2 * hourMs + 1);
  await worker.run();
  await worker.run();
  assert.deepEqual(
    (await overdue()).map(({ reason, input }) => [reason, input.waitingFor]),
    [['deadline-missed', erasingServices.slice(3)]],
  );
  admin = grantOf(await world.auth.login(admin.account.email));
  const list = await world.auth.call('GET', '/v1/erasures', { token: admin.accessToken });
  const [newest] = erasuresSchema.parse(list.body).items;
  assert.deepEqual([newest?.id, newest?.isOverdue, newest?.waitingFor], [id, true, erasingServices.slice(3)]);
  await giveReceipts(world, asked, erasingServices.slice(3));
});

test('under a legal hold the account is closed at once and the data stay; the lift begins the erasure (PRIV-4)', async () => {
  const person = await signUpAs(world);
  const { id, email } = person.account;
  assert.equal((await placeHold(person, 'case 4711 of the court')).status, 200);
  assert.deepEqual(await tablesHolding(world.database.ownerPool, 'case 4711 of the court'), []);
  await takeEventNames(world.database);

  const { asked, ...begun } = await eraseSelf(world, person);
  assert.deepEqual([begun.state, begun.deadlineAt], ['held', null]);
  assert.deepEqual(await takeEventNames(world.database), [
    'auth.access_changed.v1',
    'privacy.request-erasure: success',
  ]);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: person.accessToken })).status, 401);
  assert.deepEqual(await refusalOf(world.auth.login(email)), [401, 'auth.invalid-credentials']);
  assert.equal((await keyOf(id)).status, 200);
  assert.equal(await count('SELECT FROM users WHERE id = $1 AND email IS NOT NULL', id), 1, 'the data stay');
  await giveReceipts(world, asked);
  assert.equal((await statusOfErasure(world, begun)).state, 'held', 'nobody was asked yet');
  assert.deepEqual(await refusalOf(actOn(world, admin, 'reinstate', person)), [409, 'erasure.under-way']);
  assert.deepEqual(await refusalOf(actOn(world, admin, 'delete', person)), [409, 'erasure.under-way']);

  await takeEventNames(world.database);
  assert.equal((await hold('DELETE', person)).status, 204);
  assert.deepEqual(await takeEventNames(world.database), [
    'privacy.erasure_requested.v1',
    'privacy.lift-hold: success',
  ]);
  const released = await statusOfErasure(world, begun);
  assert.equal(released.state, 'under-way');
  const early = released.services.filter(({ erasedAt }) => erasedAt !== null);
  assert.deepEqual(early, [], 'receipts from before it was asked for count for nothing');
  assert.notEqual(released.deadlineAt, null);
  await giveReceipts(world, asked);
  assert.equal((await statusOfErasure(world, begun)).state, 'complete');
  assert.equal(await count('SELECT FROM users WHERE id = $1 AND email IS NULL', id), 1);
  assert.deepEqual(await refusalOf(hold('DELETE', person)), [404, 'hold.not-found']);
});

test('a hold that comes too late is refused; a hold without an erasure hinders nobody (PRIV-4)', async () => {
  const person = await signUpAs(world);
  assert.equal((await placeHold(person)).status, 200);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: person.accessToken })).status, 200);
  const read = await hold('GET', person);
  assert.deepEqual(read.body, {
    userId: person.account.id,
    reason: 'case 4711',
    placedBy: admin.account.id,
    placedAt: await placedAt(person),
  });
  assert.equal((await hold('DELETE', person)).status, 204);
  const { asked } = await eraseSelf(world, person);
  assert.deepEqual(await refusalOf(placeHold(person)), [409, 'erasure.under-way']);
  await giveReceipts(world, asked);
  assert.deepEqual(await refusalOf(placeHold(person)), [410, 'person.erased']);
  assert.deepEqual(
    await refusalOf(
      world.auth.call('PUT', `/v1/holds/${unknownErasure().userId}`, {
        token: admin.accessToken,
        body: { reason: 'x' },
      }),
    ),
    [404, 'user.not-found'],
  );
});

async function placedAt({ account }: TokenGrant): Promise<string> {
  const query = 'SELECT placed_at FROM legal_holds WHERE person_id = $1';
  const { rows } = await world.database.ownerPool.query(query, [account.id]);
  return rows[0].placed_at.toISOString();
}

test('a hold and an erasure at once: either the hold holds, or it is told that it came too late (PRIV-4)', async () => {
  for (let round = 0; round < 6; round += 1) {
    const person = await signUpAs(world);
    const [placed, begun] = await Promise.all([placeHold(person), eraseSelf(world, person)]);
    assert.equal(placed.status, begun.state === 'held' ? 200 : 409, placed.text);
    assert.equal(
      await count('SELECT FROM legal_holds WHERE person_id = $1', person.account.id),
      begun.state === 'held' ? 1 : 0,
    );
    if (begun.state === 'held') assert.equal((await hold('DELETE', person)).status, 204);
    assert.equal((await statusOfErasure(world, begun)).state, 'under-way');
  }
});

test('the lift of a hold and an erasure at once: it begins once, whichever comes first (PRIV-4)', async () => {
  for (let round = 0; round < 6; round += 1) {
    const person = await signUpAs(world);
    await placeHold(person);
    const [lifted, begun] = await Promise.all([hold('DELETE', person), eraseSelf(world, person)]);
    assert.equal(lifted.status, 204);
    assert.equal((await statusOfErasure(world, begun)).state, 'under-way');
    assert.equal((await requestsFor(world, begun.asked)).length, 1);
  }
});

test('an erased person’s address is free again at once, also for a new password of somebody else (PRIV-4)', async () => {
  const person = await signUpAs(world);
  await eraseSelf(world, person);
  const again = await world.auth.register({ email: person.account.email, password: goodPassword });
  assert.equal(again.status, 201);
});

/** What a restore of old data with the newest keys makes: the account as it was, and its key destroyed. */
async function restoreFromBefore({ account }: TokenGrant): Promise<void> {
  const { ownerPool } = world.database;
  await ownerPool.query('DELETE FROM data_keys WHERE person_id = $1', [account.id]);
  await ownerPool.query('INSERT INTO destroyed_keys VALUES ($1, now())', [account.id]);
}

test('whoever comes back with a backup, and whose key is destroyed, is erased again, once (PRIV-4, DATA-3)', async () => {
  const [erased, other] = [await signUpAs(world), await signUpAs(world)];
  const { id } = erased.account;
  await restoreFromBefore(erased);
  await takeEventNames(world.database);
  await Promise.all([worker.run(), worker.run(), worker.run(), worker.run()]);

  // Erasures of other tests may be asked for again meanwhile.
  const events = await outboxEvents(world.database);
  assert.deepEqual(
    events.filter(({ subject }) => subject === id).map(({ type }) => type),
    ['auth.access_changed.v1', 'privacy.erasure_requested.v1'],
  );
  assert.deepEqual(
    auditEntries(events).map(({ action, object }) => [action, object?.id]),
    [['privacy.repeat-erasure', id]],
  );
  assert.equal((await world.auth.call('GET', '/v1/account', { token: erased.accessToken })).status, 401);
  assert.equal((await world.auth.call('GET', '/v1/account', { token: other.accessToken })).status, 200);
  const { rows } = await world.database.ownerPool.query('SELECT id FROM erasures WHERE person_id = $1', [id]);
  await giveReceipts(world, { erasureId: rows[0].id, userId: id });
  assert.equal(await count("SELECT FROM erasures WHERE person_id = $1 AND state = 'complete'", id), 1);
  assert.equal(certificates(await outboxEvents(world.database)).length, 1);
  await world.database.ownerPool.query('DELETE FROM outbox');
  await worker.run();
  assert.deepEqual(
    (await outboxEvents(world.database)).filter(({ subject }) => subject === id),
    [],
  );
});

test('a hold that a backup brought back does not keep what was erased after it was lifted (PRIV-4)', async () => {
  const person = await signUpAs(world);
  await placeHold(person);
  const begun = await eraseSelf(world, person);
  assert.equal(begun.state, 'held');
  await restoreFromBefore(person);
  await worker.run();

  assert.equal((await statusOfErasure(world, begun)).state, 'under-way');
  assert.equal((await requestsFor(world, begun.asked)).length, 1);
  assert.equal(await count('SELECT FROM legal_holds WHERE person_id = $1', person.account.id), 0);
});

test('attack: accounts made and erased in a loop flood nobody’s mailbox (PRIV-4, AUTH-13)', async () => {
  const email = 'victim@example.com';
  const mails = () => count('SELECT FROM mail_queue');
  const before = (await mails()) ?? 0;
  for (let round = 0; round < 6; round += 1) await eraseSelf(world, await signUpWith(email));
  assert.equal((await mails()) ?? 0, before + 5, 'no more within an hour');
});

test('attack: trying to register a taken address uses up nothing of what its owner may ask for (AUTH-13)', async () => {
  const { email } = (await signUpAs(world)).account;
  for (let round = 0; round < 6; round += 1) assert.equal((await world.auth.register({ email })).status, 409);
  const before = (await count('SELECT FROM mail_queue')) ?? 0;
  assert.equal((await world.auth.call('POST', '/v1/password/reset-request', { body: { email } })).status, 202);
  assert.equal((await count('SELECT FROM mail_queue')) ?? 0, before + 1);
});

test('attack: a thief cannot use up the mails of an hour, so that the owner is not told of the erasure (PRIV-4)', async () => {
  const person = await signUpAs(world);
  const { email } = person.account;
  await world.database.ownerPool.query('UPDATE users SET email_verified = true WHERE id = $1', [person.account.id]);
  const reset = () => world.auth.call('POST', '/v1/password/reset-request', { body: { email } });
  for (let round = 0; round < 6; round += 1) assert.equal((await reset()).status, 202);
  const mailbox = await openMailbox({ database: world.database, clock: world.auth.clock });
  try {
    const { token } = await eraseSelf(world, person);
    assert.equal(await mailbox.tokenTo(email), token);
  } finally {
    await mailbox.close();
  }
});
