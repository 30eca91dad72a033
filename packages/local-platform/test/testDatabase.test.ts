import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { startTestDatabase, type TestDatabase } from '../src/testing.ts';

describe('The database that component tests get', () => {
  let database: TestDatabase;
  before(async () => {
    database = await startTestDatabase({ service: 'task' });
  });
  after(async () => {
    await database.close();
  });

  it('is migrated, and its role is the service’s own', async () => {
    const { rows } = await database.pool.query('SELECT current_user AS role, current_database() AS database');
    assert.deepEqual(rows, [{ role: 'task', database: 'task' }]);
    assert.equal((await database.pool.query('SELECT count(*)::int AS n FROM outbox')).rows[0].n, 0);
  });

  it('lets the run-time role make nothing (DATA-4)', async () => {
    for (const statement of [
      'CREATE TABLE attack (x int)',
      'CREATE TEMPORARY TABLE attack (x int)',
      'CREATE SCHEMA attack',
      'CREATE ROLE attack',
      'DROP TABLE outbox',
    ]) {
      await assert.rejects(database.pool.query(statement), /permission denied|must be owner/, statement);
    }
  });

  it('ends a statement that hangs (DATA-4)', async () => {
    const { rows } = await database.pool.query<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings
       WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')`,
    );
    assert.equal(rows.length, 3);
    for (const { name, setting } of rows) assert.ok(Number(setting) > 0, name);
  });

  it('refuses a connection without TLS, with a wrong password, or to another database (DATA-1)', async () => {
    const attempt = async (change: pg.ClientConfig) => {
      const client = new pg.Client({ ...database.connection, ...change });
      try {
        await client.connect();
      } finally {
        await client.end();
      }
    };
    await attempt({});
    await assert.rejects(attempt({ ssl: false }), /pg_hba.conf rejects/);
    await assert.rejects(attempt({ password: 'guess' }), /authentication failed/);
    await assert.rejects(attempt({ database: 'postgres' }), /pg_hba.conf rejects/);
    await assert.rejects(attempt({ ssl: true }), /certificate/);
  });

  it('is apart from that of another test', async () => {
    const other = await startTestDatabase({ service: 'task' });
    try {
      await other.ownerPool.query('CREATE TABLE only_here (x int)');
      const { rows } = await database.ownerPool.query(`SELECT to_regclass('only_here') AS found`);
      assert.deepEqual(rows, [{ found: null }]);
    } finally {
      await other.close();
    }
  });
});
