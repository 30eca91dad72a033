import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type AppId, appIds, databaseNameOf, kitTables } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import pg from 'pg';

describe('SQL rights of each service (DATA-1, DATA-4, AUD-3)', () => {
  let facts: PlatformState;
  before(async () => {
    facts = await (await testPlatform()).state();
  });

  const options = (role: AppId, database: AppId): pg.ClientConfig => ({
    host: facts.postgres.host,
    port: facts.postgres.port,
    user: databaseNameOf(role),
    password: facts.apps[role].databasePassword,
    database: databaseNameOf(database),
    ssl: { ca: facts.postgres.ca },
    connectionTimeoutMillis: 5_000,
  });

  async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client(config);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  it('each role enters its own database and no other', async () => {
    for (const role of appIds) {
      for (const database of appIds) {
        const attempt = withClient(options(role, database), async (client) => client.query('select 1'));
        if (role === database) await attempt;
        else
          await assert.rejects(
            attempt,
            /permission denied for database|pg_hba.conf rejects/,
            `${role} enters ${database}`,
          );
      }
      await assert.rejects(
        withClient({ ...options(role, role), database: 'postgres' }, async (client) => client.query('select 1')),
        /permission denied for database|pg_hba.conf rejects/,
      );
    }
  });

  it('no role is more than it must be', async () => {
    for (const role of appIds) {
      await withClient(options(role, role), async (client) => {
        const { rows } = await client.query(
          'select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls from pg_roles where rolname = current_user',
        );
        assert.deepEqual(Object.values(rows[0]), [false, false, false, false, false], role);
        for (const statement of [
          'create table attack (x int)',
          'create schema attack',
          'create temporary table attack (x int)',
          'create role attack',
          'drop table outbox',
          'alter table outbox disable trigger all',
          'truncate outbox',
          "copy (select 1) to program 'true'",
          "select pg_read_file('/etc/passwd')",
        ]) {
          await assert.rejects(client.query(statement), /permission denied|must be owner/, `${role}: ${statement}`);
        }
      });
    }
  });

  it('the role of backups reads every database and writes none, whatever it says of itself (DATA-3)', async () => {
    for (const database of appIds) {
      const backup = {
        ...options(database, database),
        user: 'todo_chatbot_backup',
        password: facts.postgres.backupPassword,
      };
      await withClient(backup, async (client) => {
        await client.query('SELECT count(*) FROM outbox');
        await client.query('SET default_transaction_read_only = off');
        for (const statement of [
          "insert into inbox (consumer, event_id) values ('attack', 'attack')",
          'delete from outbox',
          'create table attack (x int)',
          'drop table outbox',
          "set session_replication_role = 'replica'",
        ]) {
          await assert.rejects(client.query(statement), /permission denied|must be owner/, `${database}: ${statement}`);
        }
      });
    }
  });

  it('the audit log takes INSERT and SELECT only: no UPDATE, DELETE or TRUNCATE on any of its tables', async () => {
    // What jobs remember between rounds is no part of the log.
    const memories = ['heartbeat', 'dead_letter_position', 'entry_scan', 'log_scan', 'rule_memory'];
    await withClient(options('audit', 'audit'), async (client) => {
      const { rows } = await client.query<{ table: string }>(
        `select tablename as table from pg_tables where schemaname = 'public'
          and tablename <> all ($1)`,
        [[...Object.keys(kitTables), ...memories]],
      );
      assert.ok(rows.length >= 2, 'the log has tables');
      for (const { table } of rows) {
        const columns = await client.query<{ column_name: string }>(
          "select column_name from information_schema.columns where table_schema = 'public' and table_name = $1 limit 1",
          [table],
        );
        const column = columns.rows[0]?.column_name ?? '';
        for (const statement of [
          `update "${table}" set "${column}" = "${column}"`,
          `delete from "${table}"`,
          `truncate "${table}"`,
          `drop table "${table}"`,
          `alter table "${table}" disable trigger all`,
        ]) {
          await assert.rejects(client.query(statement), /permission denied|must be owner/, statement);
        }
      }
    });
  });

  it('a connection without TLS, or with a wrong password, is refused', async () => {
    await assert.rejects(
      withClient({ ...options('task', 'task'), ssl: false }, async () => {}),
      /pg_hba.conf rejects/,
    );
    await assert.rejects(
      withClient({ ...options('task', 'task'), password: 'guess' }, async () => {}),
      /authentication failed/,
    );
  });

  it('a server with a certificate of somebody else is refused by the client', async () => {
    await assert.rejects(
      withClient({ ...options('task', 'task'), ssl: true }, async () => {}),
      /certificate/i,
    );
  });
});
