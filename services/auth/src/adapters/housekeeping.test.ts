import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { waitFor } from '@todo-chatbot/local-platform/testing';
import { startAuthOnNewDatabase } from '../testing/harness.ts';
import { createHousekeeping } from './housekeeping.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());

const keeper = () =>
  createHousekeeping({ pool: world.database.pool, clock: world.auth.clock, logger: world.auth.context.logger });

async function count(table: string, condition = 'true', values: readonly unknown[] = []): Promise<number> {
  const { rows } = await world.database.ownerPool.query(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${condition}`,
    [...values],
  );
  return Number(rows[0]?.count);
}

/** Rows of every kind, each of which has to go `ms` from now and not sooner. */
const shortLived = [
  { table: 'access_denials', ms: 31 * minuteMs },
  { table: 'tickets', ms: 5 * minuteMs },
  { table: 'email_links', ms: 60 * minuteMs },
  { table: 'mail_allowances', ms: 60 * minuteMs },
  { table: 'attempt_counters', ms: dayMs },
  { table: 'devices', ms: 365 * dayMs },
  { table: 'api_keys', ms: 365 * dayMs },
] as const;

async function insertRow(table: (typeof shortLived)[number]['table'], userId: string, ms: number): Promise<void> {
  const now = world.auth.clock.now();
  const end = new Date(now.getTime() + ms);
  const hash = randomBytes(32);
  const statements = {
    access_denials: [
      "INSERT INTO access_denials (kind, id, expires_at) VALUES ('session', $1, $2)",
      newId('session'),
      end,
    ],
    tickets: [
      "INSERT INTO tickets (token_hash, purpose, user_id, created_at, expires_at) VALUES ($1, 'passkey-step-up', $2, $3, $4)",
      hash,
      userId,
      now,
      end,
    ],
    email_links: [
      "INSERT INTO email_links (token_hash, purpose, user_id, email, email_index, created_at, expires_at) VALUES ($1, 'verify-email', $2, $1, $1, $3, $4)",
      hash,
      userId,
      now,
      end,
    ],
    mail_allowances: [
      "INSERT INTO mail_allowances (pool, key_hash, used, renewed_at) VALUES ('address', $1, 1, $2)",
      hash,
      end,
    ],
    attempt_counters: [
      "INSERT INTO attempt_counters (pool, key_hash, failures, last_attempt_at) VALUES ('password-account', $1, 1, $2)",
      hash,
      now,
    ],
    devices: [
      'INSERT INTO devices (id, user_id, token_hash, created_at, last_used_at) VALUES ($1, $2, $3, $4, $4)',
      newId('device'),
      userId,
      hash,
      now,
    ],
    // Revoked now, though it would have been good for another year.
    api_keys: [
      "INSERT INTO api_keys (id, user_id, key_hash, hint, name, scopes, created_at, revoked_at, expires_at) VALUES ($1, $2, $3, 'tcb_', 'key', '{task.own.read}', $4, $4, $5)",
      newId('apiKey'),
      userId,
      hash,
      now,
      new Date(now.getTime() + 366 * dayMs),
    ],
  } as const;
  const [statement, ...values] = statements[table];
  await world.database.pool.query(statement, [...values]);
}

for (const { table, ms } of shortLived) {
  test(`${table}: rows go when nobody can need them any more, and not sooner (PRIV-5)`, async () => {
    const { account } = await world.auth.signUp();
    await keeper().run();
    const others = await count(table);
    await insertRow(table, account.id, ms);

    world.auth.clock.advance(ms - minuteMs);
    await keeper().run();
    assert.ok((await count(table)) >= 1, 'not sooner');
    world.auth.clock.advance(2 * minuteMs);
    await keeper().run();

    assert.ok((await count(table)) <= others);
    assert.equal(await count('users', 'id = $1', [account.id]), 1);
  });
}

test('sessions go 30 days after they ended or could last be refreshed, with their tokens; live ones stay (PRIV-5)', async () => {
  const signedOut = await world.auth.signUp();
  await world.auth.call('POST', '/v1/logout', { token: signedOut.accessToken });
  const idle = await world.auth.signUp();
  const tokensOf = (sessionId: string) => count('refresh_tokens', 'session_id = $1', [sessionId]);
  const isThere = async (sessionId: string) => (await count('sessions', 'id = $1', [sessionId])) === 1;

  world.auth.clock.advance(30 * dayMs - minuteMs);
  await keeper().run();
  assert.deepEqual([await isThere(signedOut.sessionId), await isThere(idle.sessionId)], [true, true]);
  world.auth.clock.advance(2 * minuteMs);
  const live = await world.auth.signUp();
  await keeper().run();
  assert.deepEqual([await isThere(signedOut.sessionId), await isThere(idle.sessionId)], [false, true]);
  assert.deepEqual([await tokensOf(signedOut.sessionId), await tokensOf(idle.sessionId)], [0, 1]);
  world.auth.clock.advance(6 * dayMs);
  const refreshed = await world.auth.refresh(live.refreshToken);
  assert.equal(refreshed.status, 200);
  world.auth.clock.advance(2 * dayMs);
  await keeper().run();

  assert.equal(await isThere(idle.sessionId), false);
  assert.equal(await isThere(live.sessionId), true);
  assert.equal(await tokensOf(live.sessionId), 2, 'a used token is kept: a replay of it ends the session');
});

test('keys go when their last token has expired, and the active and published ones never', async () => {
  const { ownerPool } = world.database;
  await ownerPool.query(
    `INSERT INTO signing_keys (kid, state, modulus, exponent, published_at, retired_at)
     VALUES (rpad('retired', 43, '-'), 'retired', 'n', 'AQAB', $1, $1), (rpad('revoked', 43, '-'), 'revoked', 'n', 'AQAB', $1, $1)`,
    [world.auth.clock.now()],
  );
  world.auth.clock.advance(30 * minuteMs);
  await keeper().run();
  assert.equal(await count('signing_keys'), 4);
  world.auth.clock.advance(2 * minuteMs);
  await keeper().run();

  assert.equal(await count('signing_keys'), 2);
  assert.equal(await count('signing_keys', "state IN ('active', 'published')"), 2);
});

test('more rows than fit into one batch go in one round; one replica at a time', async () => {
  const { ownerPool } = world.database;
  await ownerPool.query(
    `INSERT INTO access_denials (kind, id, expires_at) SELECT 'session', 'ses_' || n, '2020-01-01' FROM generate_series(1, 2500) AS n`,
  );
  const holder = await world.database.pool.connect();
  await holder.query('SELECT pg_advisory_lock(7305814302)');
  await keeper().run();
  assert.equal(await count('access_denials', "expires_at = '2020-01-01'"), 2_500, 'somebody else is at it');
  await holder.query('SELECT pg_advisory_unlock(7305814302)');
  holder.release();

  const housekeeping = keeper();
  housekeeping.start();
  await waitFor('the round', async () => (await count('access_denials', "expires_at = '2020-01-01'")) === 0);
  await housekeeping.close();
});
