import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { getCACertificates } from 'node:tls';
import { newId } from '@todo-chatbot/contracts';
import { startTestDatabase, waitFor } from '@todo-chatbot/local-platform/testing';
import {
  asProblemError,
  createDatabasePool,
  createOutboxRelay,
  executeRawOf,
  inTransaction,
  kitMigrationsDirectory,
  migrateDatabase,
  takeFromInbox,
} from '../src/index.ts';
import { capturingLogger, testConfig } from './support.ts';

const database = await startTestDatabase({ service: 'task' });
const { pool, ownerPool, connection } = database;
const { logger, lines } = capturingLogger();
const folder = await mkdtemp(join(tmpdir(), 'service-kit-'));
after(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

const config = testConfig({
  DATABASE_HOST: connection.host,
  DATABASE_PORT: connection.port,
  DATABASE_NAME: connection.database,
  DATABASE_USER: connection.user,
  DATABASE_CA_FILE: connection.caFile,
});

test('the pool speaks verified TLS and bounds statements, locks and transactions (DATA-1, DATA-4)', async () => {
  const kitPool = createDatabasePool({ config, password: connection.password, logger });
  const names = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout'];
  const { rows } = await kitPool.query('SELECT name, setting FROM pg_settings WHERE name = ANY($1) ORDER BY name', [
    names,
  ]);
  assert.deepEqual(Object.fromEntries(rows.map((row) => [row.name, row.setting])), {
    idle_in_transaction_session_timeout: '5000',
    lock_timeout: '2000',
    statement_timeout: '5000',
    transaction_timeout: '10000',
  });
  const tls = await kitPool.query('SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
  assert.deepEqual([tls.rows[0].ssl, tls.rows[0].version], [true, 'TLSv1.3']);
  await kitPool.end();
});

test('on a server of another time zone the pool speaks UTC, as the moments that Prisma writes without a zone are meant', async () => {
  await pool.query("ALTER ROLE CURRENT_USER SET TimeZone = 'Asia/Tokyo'");
  const kitPool = createDatabasePool({ config, password: connection.password, logger });
  try {
    const { rows } = await kitPool.query(
      "SELECT '2026-01-01 12:00:00'::timestamptz = '2026-01-01T12:00:00Z' AS is_utc",
    );
    assert.deepEqual(rows, [{ is_utc: true }]);
  } finally {
    await kitPool.end();
    await pool.query('ALTER ROLE CURRENT_USER RESET TimeZone');
  }
});

test('attack: a schema that is named after our role, or put into the path, hides none of our tables', async () => {
  const { user } = connection;
  await ownerPool.query(`CREATE SCHEMA ${user} CREATE TABLE inbox (id text)`);
  await ownerPool.query(`GRANT USAGE ON SCHEMA ${user} TO ${user}`);
  await pool.query(`ALTER ROLE CURRENT_USER SET search_path = ${user}, public`);
  const kitPool = createDatabasePool({ config, password: connection.password, logger });
  try {
    const { rows } = await kitPool.query("SELECT 'inbox'::regclass = 'public.inbox'::regclass AS is_ours");
    assert.deepEqual(rows, [{ is_ours: true }]);
  } finally {
    await kitPool.end();
    await pool.query('ALTER ROLE CURRENT_USER RESET search_path');
    await ownerPool.query(`DROP SCHEMA ${user} CASCADE`);
  }
});

test('attack: a database whose certificate comes from another authority is not talked to (DATA-1)', async () => {
  const DATABASE_CA_FILE = join(folder, 'other-ca.crt');
  await writeFile(DATABASE_CA_FILE, getCACertificates('bundled')[0] ?? '');
  const foreign = createDatabasePool({
    config: { ...config, DATABASE_CA_FILE },
    password: connection.password,
    logger,
  });
  await assert.rejects(foreign.query('SELECT 1'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  await foreign.end();
});

test('attack: a database that shows a certificate for another name is not talked to (DATA-1)', async () => {
  const DATABASE_HOST = '127.0.0.2';
  const proxy = createServer((socket) => {
    const upstream = connect(connection.port, connection.host);
    socket.pipe(upstream).pipe(socket);
    for (const each of [socket, upstream]) each.on('error', () => each.destroy());
  }).listen(connection.port, DATABASE_HOST);
  await once(proxy, 'listening');
  const renamed = createDatabasePool({ config: { ...config, DATABASE_HOST }, password: connection.password, logger });
  await assert.rejects(renamed.query('SELECT 1'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  await renamed.end();
  proxy.close();
});

test('a pooled connection that the server drops is logged and does not end the process', async () => {
  const kitPool = createDatabasePool({ config, password: connection.password, logger });
  const { rows } = await kitPool.query('SELECT pg_backend_pid() AS pid');
  await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  await waitFor('the warning', () => lines.some((line) => line.includes('an idle database connection broke')));
  assert.equal((await kitPool.query('SELECT 1')).rowCount, 1);
  await kitPool.end();
});

test('a transaction whose connection breaks between two statements fails and does not end the process', async () => {
  await assert.rejects(
    inTransaction(pool, async (client) => {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      await ownerPool.query('SELECT 1');
      const broken = new Promise((resolve) => client.once('error', resolve));
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
      await broken;
      await client.query('SELECT 1');
    }),
  );
  assert.equal((await pool.query('SELECT 1')).rowCount, 1);
});

test('a database that cannot answer now is `upstream.unavailable`, a wrong statement is not', async () => {
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'answered',
      (error: unknown) => asProblemError(error).code,
    );
  const within = (setting: string, ...statements: string[]) =>
    codeOf(
      inTransaction(pool, async (client) => {
        await client.query(`SET LOCAL ${setting} = '50ms'`);
        for (const statement of statements) await client.query(statement);
      }),
    );
  const full = createDatabasePool({ config, password: connection.password, logger });
  const taken = await Promise.all(Array.from({ length: 10 }, () => full.connect()));
  const away = createDatabasePool({ config: { ...config, DATABASE_PORT: 1 }, password: connection.password, logger });
  const owner = await ownerPool.connect();
  await owner.query('BEGIN');
  await owner.query('LOCK TABLE outbox');

  assert.equal(await within('lock_timeout', 'SELECT FROM outbox'), 'upstream.unavailable');
  await owner.query('ROLLBACK');
  owner.release();
  assert.equal(await within('statement_timeout', 'SELECT pg_sleep(10)'), 'upstream.unavailable');
  assert.equal(await within('transaction_timeout', 'SELECT pg_sleep(10)'), 'upstream.unavailable');
  assert.equal(await codeOf(pool.query('SELECT pg_terminate_backend(pg_backend_pid())')), 'upstream.unavailable');
  assert.equal(await codeOf(full.query('SELECT 1')), 'upstream.unavailable');
  assert.equal(await codeOf(away.query('SELECT 1')), 'upstream.unavailable');
  assert.equal(await codeOf(pool.query('SELECT FROM nothing')), 'internal.error');
  assert.equal(await codeOf(pool.query('DROP TABLE outbox')), 'internal.error');

  for (const client of taken) client.release();
  await Promise.all([full.end(), away.end()]);
});

test('the migrations run once, and a second run finds nothing to do', async () => {
  const files = await readdir(kitMigrationsDirectory);
  const { rows } = await ownerPool.query('SELECT name FROM kit_migrations ORDER BY id');
  assert.deepEqual(
    rows.map((row) => row.name),
    files.map((file) => file.slice(0, -'.sql'.length)).sort(),
  );
  const owner = { ...ownerPool.options, password: ownerPool.options.password };
  const again = await Promise.all(
    [1, 2].map(() =>
      migrateDatabase({ connection: owner, directory: kitMigrationsDirectory, table: 'kit_migrations' }),
    ),
  );
  assert.deepEqual(again, [[], []]);
});

test('the migration to sealed answers refuses a database that holds plain ones, rather than lose them', async () => {
  await ownerPool.query(
    `INSERT INTO idempotent_requests VALUES ('ada', now(), sha256('key'), sha256('request'), 'answer')`,
  );
  const file = join(kitMigrationsDirectory, '20261127102000_seal_kept_answers.sql');
  await assert.rejects(ownerPool.query(await readFile(file, 'utf8')), /in plain text/);
  assert.equal((await ownerPool.query(`DELETE FROM idempotent_requests WHERE user_id = 'ada'`)).rowCount, 1);
});

test('a migration that fails leaves nothing behind and is not remembered', async () => {
  await writeFile(join(folder, '20990101000000_broken.sql'), 'CREATE TABLE half_done (id int); SELECT nonsense;');
  const owner = { ...ownerPool.options, password: ownerPool.options.password };
  await assert.rejects(migrateDatabase({ connection: owner, directory: folder, table: 'migrations' }));
  const { rows } = await ownerPool.query(`SELECT to_regclass('half_done') AS found`);
  assert.equal(rows[0].found, null);
});

test("attack: the run-time role cannot rewrite the kit's tables or their history (DATA-4, PRIN-2)", async () => {
  const forbidden = [
    'UPDATE outbox SET topic = topic',
    'TRUNCATE outbox',
    'DROP TABLE inbox',
    'UPDATE inbox SET consumer = consumer',
    'ALTER TABLE outbox DISABLE TRIGGER outbox_notify',
    'DELETE FROM kit_migrations',
    `UPDATE migrations SET name = 'another'`,
    `INSERT INTO migrations (name, run_on) VALUES ('20990101000000_unwritten', now())`,
    'CREATE TABLE mine (id int)',
  ];
  for (const statement of forbidden) await assert.rejects(pool.query(statement), { code: '42501' }, statement);
});

test('an event is taken once by each consumer, and a rolled back effect can be taken again (KAFKA-4)', async () => {
  const eventId = newId('event');
  const take = (consumer: string) =>
    inTransaction(pool, (client) => takeFromInbox(executeRawOf(client), consumer, eventId));
  await assert.rejects(
    inTransaction(pool, async (client) => {
      assert.equal(await takeFromInbox(executeRawOf(client), 'a', eventId), true);
      throw new Error('the effect failed');
    }),
  );
  const taken = await Promise.all(Array.from({ length: 5 }, () => take('a')));
  assert.equal(taken.filter(Boolean).length, 1);
  assert.equal(await take('b'), true);
});

test('the relay forgets inbox rows after 14 days, and nothing younger', async () => {
  await pool.query(
    `INSERT INTO inbox VALUES ('old', 'e', now() - interval '15 days'), ('young', 'e', now() - interval '13 days')`,
  );
  const relay = createOutboxRelay({ pool, dapr: { publish: async () => undefined }, logger });
  await relay.start();
  await waitFor(
    'the clean-up',
    async () => (await pool.query(`SELECT 1 FROM inbox WHERE consumer = 'old'`)).rowCount === 0,
  );
  await relay.close();
  assert.equal((await pool.query(`SELECT 1 FROM inbox WHERE consumer = 'young'`)).rowCount, 1);
});
