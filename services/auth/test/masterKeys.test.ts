import assert from 'node:assert/strict';
import test, { afterEach, beforeEach } from 'node:test';
import { dataKeysSchema, newId } from '@todo-chatbot/contracts';
import { auditEntries, waitFor } from '@todo-chatbot/local-platform/testing';
import { createLogger, runInRequestContext, serviceContext } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { createMasterKeys } from '../src/adapters/masterKeys.ts';
import { createRewrapping } from '../src/adapters/rewrapping.ts';
import { keysCommand } from '../src/operator/keys.ts';
import type { MasterKeys } from '../src/ports/masterKeys.ts';
import {
  goodPassword,
  grantOf,
  outboxEvents,
  randomKey,
  startAuth,
  startAuthOnNewDatabase,
  testSecrets,
  uniqueEmail,
} from '../src/testing/harness.ts';

const graceMs = 31_000;
const first = testSecrets['auth-master-key'];
const renewed = { key: first.next, next: randomKey() };
const { currentId: firstId, nextId: secondId } = createMasterKeys(first);
const { nextId: thirdId } = createMasterKeys(renewed);

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
beforeEach(async () => {
  world = await startAuthOnNewDatabase();
});
afterEach(() => world.close());

/** The operator's command, in a process that has these keys. */
const master = (what: string, secret = first) =>
  runInRequestContext(serviceContext('auth'), () => {
    const { dapr, ...context } = world.auth.context;
    const secretOf = async (name: string) => (name === 'auth-master-key' ? secret : dapr.secret(name));
    return keysCommand({ ...context, dapr: { ...dapr, secret: secretOf } }, ['master', what]);
  });

/** The worker, which works when it is told to. */
function worker(
  options: { readonly secret?: typeof first; readonly batchSize?: number; readonly rewrap?: MasterKeys['rewrap'] } = {},
) {
  const { secret = first, batchSize = 200 } = options;
  const { rewrap } = createMasterKeys(secret);
  return createRewrapping({
    pool: world.database.pool,
    masterKeys: { rewrap: options.rewrap ?? rewrap },
    clock: world.auth.clock,
    logger: createLogger({ appId: 'auth', level: 'fatal' }),
    batchSize,
  });
}

/** Data keys of as many people, who have no account: that alone would take minutes of bcrypt. */
async function addPeople(count: number): Promise<string[]> {
  const masterKeys = createMasterKeys(first);
  const ids = Array.from({ length: count }, () => newId('user'));
  for (const id of ids) {
    const { wrappedKey, masterKeyId } = masterKeys.make(id, masterKeys.currentId);
    await world.database.pool.query('INSERT INTO data_keys VALUES ($1, $2, $3, now())', [
      id,
      Buffer.from(wrappedKey),
      masterKeyId,
    ]);
  }
  return ids;
}

async function keysOf(id: string, auth = world.auth): Promise<string> {
  const answer = await auth.call('GET', `/v1/data-keys/${id}`, { caller: 'task' });
  assert.equal(answer.status, 200);
  return JSON.stringify(dataKeysSchema.parse(answer.body).keys);
}

const statesSchema = z.array(z.object({ id: z.string(), state: z.string(), wrapped: z.int() }));
/** Each master key that wraps something or ever was one: state, and how much it wraps. */
async function states(): Promise<Record<string, string>> {
  const { rows } = await world.database.ownerPool.query(
    `SELECT id, state, (SELECT count(*)::int FROM data_keys WHERE master_key_id = id) AS wrapped FROM master_keys`,
  );
  return Object.fromEntries(statesSchema.parse(rows).map(({ id, state, wrapped }) => [id, `${state} ${wrapped}`]));
}

/** Until a transaction waits for another one's lock. */
const untilSomebodyWaits = () =>
  waitFor('a transaction to wait', async () => {
    const { rowCount } = await world.database.ownerPool.query('SELECT FROM pg_locks WHERE NOT granted');
    return rowCount === 1;
  });

async function administration(): Promise<string[]> {
  return auditEntries(await outboxEvents(world.database))
    .filter(({ action }) => action.startsWith('master-key.'))
    .map(({ action, object, success, reason }) => `${action} ${object?.id} ${success ? 'success' : reason}`);
}

test('a rotation under load: no read fails or changes, newcomers are wrapped by the new key, and in the end nothing is by the old one (DATA-2)', async () => {
  const people = await addPeople(300);
  const before = new Map<string, string>();
  for (const id of people) before.set(id, await keysOf(id));
  const replica = await startAuth(world.database, world.auth.clock);
  let isOver = false;
  let reads = 0;
  const emails: string[] = [];
  const read = async (auth: typeof replica) => {
    for (let index = 0; !isOver; index += 7) {
      const id = people[index % people.length] ?? '';
      assert.equal(await keysOf(id, auth), before.get(id));
      reads += 1;
    }
  };
  const register = async () => {
    while (!isOver) {
      const email = uniqueEmail();
      assert.equal((await replica.register({ email })).status, 201);
      emails.push(email);
    }
  };
  const load = [read(world.auth), read(replica), register()];
  try {
    await waitFor('the load', async () => reads > 20 && emails.length > 0);
    const said = await master('rotate');
    assert.match(said, new RegExp(`^${secondId} wraps from now on\\. What ${firstId} wraps`));

    // In both replicas, small batches, so that much comes in between.
    const workers = [worker({ batchSize: 20 }), worker({ batchSize: 20 })];
    await Promise.all(workers.map((one) => one.run()));
    const [earlier, newcomers] = [reads, emails.length];
    await waitFor('more load', async () => reads > earlier + 20 && emails.length > newcomers + 1);
    world.auth.clock.advance(graceMs);
    await Promise.all(workers.map((one) => one.run()));
    await waitFor('the retirement', async () => {
      await worker().run();
      return (await states())[firstId] === 'retired 0';
    });
  } finally {
    isOver = true;
    await Promise.all(load);
    await replica.close();
  }

  assert.equal((await states())[secondId], `active ${people.length + emails.length + 1}`, 'and the service’s own');
  assert.match(
    await master('status'),
    new RegExp(`^${secondId}  active +wraps \\d+ .*\n${firstId}  retired +wraps 0 `),
  );
  assert.equal(await master('check'), `${firstId} wraps nothing any more: throw it away.`);
  assert.deepEqual(await administration(), [
    `master-key.rotate ${firstId} success`,
    `master-key.retire ${firstId} success`,
  ]);

  // The old key is gone from the secret: all that was ever sealed still opens.
  const afterwards = await startAuth(world.database, world.auth.clock, {}, { 'auth-master-key': renewed });
  try {
    for (const id of people) assert.equal(await keysOf(id, afterwards), before.get(id));
    const grant = grantOf(await afterwards.login(emails[0] ?? '', goodPassword));
    assert.equal(grant.account.email, emails[0]);
    assert.equal((await afterwards.call('GET', '/v1/sessions', { token: grant.accessToken })).status, 200);
  } finally {
    await afterwards.close();
  }
});

test('a worker that dies between two batches loses nothing: everything opens, and the next one goes on where it was (DATA-2)', async () => {
  const people = await addPeople(50);
  const before = await Promise.all(people.map((id) => keysOf(id)));
  await master('rotate');
  let wrapped = 0;
  const { rewrap } = createMasterKeys(first);
  const dying = worker({
    batchSize: 10,
    rewrap: (...key) => {
      wrapped += 1;
      if (wrapped > 25) throw new Error('killed');
      return rewrap(...key);
    },
  });

  await assert.rejects(dying.run(), /killed/);

  assert.deepEqual(await states(), { [firstId]: 'retiring 31', [secondId]: 'active 20' }, 'whole batches');
  assert.deepEqual(await Promise.all(people.map((id) => keysOf(id))), before);
  await assert.rejects(master('check'), { code: 'master-key.retiring' });
  world.auth.clock.advance(graceMs);
  await worker().run();
  assert.deepEqual(await states(), { [firstId]: 'retired 0', [secondId]: 'active 51' });
  assert.deepEqual(await Promise.all(people.map((id) => keysOf(id))), before);
});

test('two rotations, one after the other: what lay under the first key opens with the third (DATA-2)', async () => {
  const [person = ''] = await addPeople(1);
  const before = await keysOf(person);
  await master('rotate');
  world.auth.clock.advance(graceMs);
  await worker().run();
  const middle = await startAuth(world.database, world.auth.clock, {}, { 'auth-master-key': renewed });
  await middle.close();

  await master('rotate', renewed);
  world.auth.clock.advance(graceMs);
  await worker({ secret: renewed }).run();

  assert.deepEqual(await states(), { [firstId]: 'retired 0', [secondId]: 'retired 0', [thirdId]: 'active 2' });
  const last = { key: renewed.next, next: randomKey() };
  const afterwards = await startAuth(world.database, world.auth.clock, {}, { 'auth-master-key': last });
  try {
    assert.equal(await keysOf(person, afterwards), before);
  } finally {
    await afterwards.close();
  }
});

test('a rotation waits for the last one, and for a new next key; each refusal is recorded', async () => {
  await master('rotate');
  await assert.rejects(master('rotate'), { code: 'master-key.retiring' });
  world.auth.clock.advance(graceMs);
  await worker().run();
  await assert.rejects(master('rotate'), { code: 'master-key.not-renewed' });

  assert.deepEqual((await administration()).toSorted(), [
    `master-key.retire ${firstId} success`,
    `master-key.rotate ${firstId} success`,
    `master-key.rotate ${secondId} master-key.not-renewed`,
    `master-key.rotate ${secondId} master-key.retiring`,
  ]);
});

test('of many rotations at once one takes place', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => master('rotate')));

  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.deepEqual(Object.keys(await states()).toSorted(), [firstId, secondId].toSorted());
});

test('attack: a key is destroyed while it is being wrapped anew: it stays destroyed (PRIV-4)', async () => {
  const [person = ''] = await addPeople(1);
  await master('rotate');
  const eraser = await world.database.ownerPool.connect();
  try {
    await eraser.query('BEGIN');
    await eraser.query('DELETE FROM data_keys WHERE person_id = $1', [person]);
    await eraser.query('INSERT INTO destroyed_keys VALUES ($1, now())', [person]);
    const running = worker().run();
    await untilSomebodyWaits();
    await eraser.query('COMMIT');
    await running;
  } finally {
    eraser.release();
  }

  const { rowCount } = await world.database.ownerPool.query('SELECT FROM data_keys WHERE person_id = $1', [person]);
  assert.equal(rowCount, 0);
  assert.equal((await world.auth.call('GET', `/v1/data-keys/${person}`, { caller: 'task' })).status, 410);
});

test('whoever is still writing under the old key is waited for, and nothing is wrapped by a retired one (DATA-2)', async () => {
  const { ownerPool } = world.database;
  const insert = (id: string) => ({
    text: 'INSERT INTO data_keys VALUES ($1, $2, $3, now())',
    values: [id, Buffer.from(createMasterKeys(first).make(id, firstId).wrappedKey), firstId],
  });
  const slow = await ownerPool.connect();
  try {
    await slow.query('BEGIN');
    await slow.query(insert(newId('user')));
    const rotating = master('rotate');
    await untilSomebodyWaits();
    await slow.query('COMMIT');
    await rotating;
  } finally {
    slow.release();
  }
  // Whoever read that the key is active, and writes only now.
  await ownerPool.query(insert(newId('user')));
  await worker().run();
  assert.equal((await states())[firstId], 'retiring 0', 'not yet');
  await ownerPool.query(insert(newId('user')));
  world.auth.clock.advance(graceMs);
  await worker().run();
  await worker().run();

  assert.equal((await states())[firstId], 'retired 0');
  await assert.rejects(ownerPool.query(insert(newId('user'))), /is not in use/);
  await assert.rejects(ownerPool.query("UPDATE data_keys SET master_key_id = '0000000000000000'"), /is not in use/);
});

test('attack: a data key under a master key that nobody has: it does not open, and the others do (PRIN-6)', async () => {
  const [stray = '', person = ''] = await addPeople(2);
  const { ownerPool } = world.database;
  await ownerPool.query('ALTER TABLE data_keys DISABLE TRIGGER data_keys_wrapped_by_usable_key');
  await ownerPool.query("UPDATE data_keys SET master_key_id = 'feedfeedfeedfeed' WHERE person_id = $1", [stray]);
  await ownerPool.query('ALTER TABLE data_keys ENABLE TRIGGER data_keys_wrapped_by_usable_key');

  assert.equal((await world.auth.call('GET', `/v1/data-keys/${stray}`, { caller: 'task' })).status, 500);
  assert.ok(await keysOf(person));
  assert.match(await master('status'), /^feedfeedfeedfeed {2}unknown +wraps 1$/m);
});

test('a service whose secret does not hold the active master key does not start, and says which one it misses (PRIN-6)', async () => {
  const wrong = { 'auth-master-key': { key: randomKey(), next: randomKey() } };
  await assert.rejects(startAuth(world.database, world.auth.clock, {}, wrong), {
    name: 'MasterKeyUnknown',
    message: `master key ${firstId} is not in the secret auth-master-key`,
  });
  const same = randomKey();
  const twice = { 'auth-master-key': { key: same, next: same } };
  await assert.rejects(startAuth(world.database, world.auth.clock, {}, twice), /must be another one/);
});

test('several replicas that start at once on an empty database make one master key active, and one key for the service', async () => {
  const { ownerPool } = world.database;
  for (const table of ['signing_keys', 'data_keys', 'master_keys']) await ownerPool.query(`DELETE FROM ${table}`);

  const replicas = await Promise.all(Array.from({ length: 4 }, () => startAuth(world.database)));
  await Promise.all(replicas.map((replica) => replica.close()));

  assert.deepEqual(await states(), { [firstId]: 'active 1' });
});

test('the worker of a running service does it by itself', async () => {
  await addPeople(3);
  await world.auth.service.start();

  await master('rotate');

  await waitFor('the keys to be wrapped anew', async () => (await states())[firstId] === 'retiring 0');
  world.auth.clock.advance(graceMs);
  await waitFor('the retirement', async () => (await states())[firstId] === 'retired 0');
});
