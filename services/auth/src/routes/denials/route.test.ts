import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { allowedCalls, appIds, denialPageLimit, denialsSchema, newId } from '@todo-chatbot/contracts';
import { startAuthOnNewDatabase } from '../../testing/harness.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => world.database.ownerPool.query('DELETE FROM access_denials'));

async function ask(since?: string) {
  const query = since === undefined ? '' : `?since=${since}`;
  const answer = await world.auth.call('GET', `/v1/denials${query}`, { caller: 'task' });
  assert.equal(answer.status, 200, answer.text);
  return denialsSchema.parse(answer.body);
}

const insertSession = `INSERT INTO access_denials (kind, id, expires_at) VALUES ('session', $1, now() + interval '30 minutes')`;

test('200: a denial is there as soon as its act is, and a reader that goes on with the cursor gets what is new (AUTH-11)', async () => {
  const start = await ask();
  assert.deepEqual(start.items, []);
  const grant = await world.auth.signUp();
  await world.auth.call('POST', '/v1/logout', { token: grant.accessToken });

  const news = await ask(start.next);

  assert.deepEqual(
    news.items.map(({ kind, id }) => ({ kind, id })),
    [{ kind: 'session', id: grant.sessionId }],
  );
  assert.equal(news.isComplete, true);
  assert.deepEqual((await ask()).items, news.items, 'whoever starts now gets it, too');
});

test('200: users and keys are denied as well, expired denials are left out (AUTH-11)', async () => {
  const [userId, old] = [newId('user'), newId('session')];
  await world.database.pool.query(
    `INSERT INTO access_denials (kind, id, minimum_version, expires_at) VALUES
       ('user', $1, 3, now() + interval '30 minutes'), ('key', 'k', NULL, now() + interval '30 minutes'),
       ('session', $2, NULL, now() - interval '1 second')`,
    [userId, old],
  );

  const { items } = await ask();

  assert.deepEqual(
    items.map(({ expiresAt: _, ...rest }) => rest),
    [
      { kind: 'key', id: 'k' },
      { kind: 'user', id: userId, minimumVersion: 3 },
    ],
  );
});

test('a denial that commits late is not skipped by a reader that saw a later one (AUTH-11)', async () => {
  const [late, early] = [newId('session'), newId('session')];
  const slow = await world.database.pool.connect();
  const quick = await world.database.pool.connect();
  try {
    await slow.query('BEGIN');
    await slow.query(insertSession, [late]);
    await quick.query('BEGIN');
    await quick.query(insertSession, [early]);
    await quick.query('COMMIT');
    const first = await ask();
    assert.deepEqual(
      first.items.map(({ id }) => id),
      [early],
    );
    await slow.query('COMMIT');

    const second = await ask(first.next);

    assert.ok(second.items.some(({ id }) => id === late));
  } finally {
    slow.release();
    quick.release();
  }
});

test('pages hold every denial once, also those of one transaction, and of one that commits in between (AUTH-11)', async () => {
  const count = 2 * denialPageLimit + 5;
  const ids = Array.from({ length: count }, () => newId('session'));
  const late = newId('session');
  const slow = await world.database.pool.connect();
  try {
    await slow.query('BEGIN');
    await slow.query(insertSession, [late]);
    await world.database.pool.query(
      `INSERT INTO access_denials (kind, id, expires_at)
       SELECT 'session', id, now() + interval '30 minutes' FROM unnest($1::text[]) AS id`,
      [ids],
    );
    const first = await ask();
    assert.deepEqual([first.items.length, first.isComplete], [denialPageLimit, false]);
    await slow.query('COMMIT');
    const second = await ask(first.next);
    const third = await ask(second.next);

    assert.deepEqual([second.isComplete, third.isComplete], [false, true]);
    const read = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id));
    assert.deepEqual(read.toSorted(), ids.toSorted());
    let rest = await ask(third.next);
    const later = rest.items.map(({ id }) => id);
    while (!rest.isComplete) {
      rest = await ask(rest.next);
      later.push(...rest.items.map(({ id }) => id));
    }
    assert.ok(later.includes(late));
  } finally {
    slow.release();
  }
});

test('a cursor of another database, which is in the future of this one, counts as none (AUTH-11)', async () => {
  const id = newId('session');
  await world.database.pool.query(insertSession, [id]);

  assert.deepEqual(
    (await ask('999999999999')).items.map((denial) => denial.id),
    [id],
  );
});

test('400: a cursor that is none of ours', async () => {
  for (const since of ['', 'x', '1.2', '-1', '1.2.session', "1.2.session.'", '9'.repeat(19)]) {
    const answer = await world.auth.call('GET', `/v1/denials?since=${since}`, { caller: 'task' });
    assert.equal(answer.status, 400, since);
  }
});

test('MESH-2: every service of the table of allowed calls gets the denials, every other caller 403', async () => {
  const allowed = allowedCalls.filter((call) => call.callee === 'auth' && call.path === '/v1/denials');
  assert.equal(allowed.length, 5);
  for (const caller of [...appIds, 'stranger']) {
    const isAllowed = allowed.some((call) => call.caller === caller);
    assert.equal((await world.auth.call('GET', '/v1/denials', { caller })).status, isAllowed ? 200 : 403, caller);
  }
});
