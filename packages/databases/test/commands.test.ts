import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type AppId, appIds, databaseNameOf, databaseOwnerOf } from '@todo-chatbot/contracts';
import { prepareTestServer, type TestServer, waitFor } from '@todo-chatbot/local-platform/testing';
import { ownerConnection, provisionDatabases, runtimeConnection, withClient } from '../src/index.ts';
import { makeSecretsFolder, runOwnCommand, type SecretsFolder } from './support/commandRunner.ts';

const randomPassword = () => randomBytes(32).toString('base64url');

/** A server with nothing on it, and a folder with all passwords. */
async function setUp() {
  const server = await prepareTestServer({ appIds });
  const secrets = await makeSecretsFolder();
  const databases = appIds.map((appId) => ({ appId, password: randomPassword(), ownerPassword: randomPassword() }));
  const backupPassword = randomPassword();
  for (const { appId, password, ownerPassword } of databases) {
    await secrets.put(`${appId}-database/password`, password);
    await secrets.put(`${appId}-database-owner/password`, ownerPassword);
  }
  await secrets.put('backup/databasePassword', backupPassword);
  await secrets.put('superuser/password', server.superuser.password);
  const environment = {
    DATABASE_HOST: '127.0.0.1',
    DATABASE_PORT: String(server.where.port),
    DATABASE_CA_FILE: server.caFile,
    SECRETS_FOLDER: secrets.folder,
    WAIT_SECONDS: '60',
  };
  const passwordsOf = (appId: AppId) => {
    const found = databases.find((one) => one.appId === appId);
    assert.ok(found);
    return found;
  };
  return { server, secrets, databases, backupPassword, environment, passwordsOf };
}

describe('Roles, databases and migrations by command, as the cluster has them (DATA-4, K8S-3)', () => {
  let world: Awaited<ReturnType<typeof setUp>>;
  let server: TestServer;
  let secrets: SecretsFolder;
  before(async () => {
    world = await setUp();
    ({ server, secrets } = world);
  });
  after(async () => {
    await server.close();
    await secrets.remove();
  });

  it('a migration waits for a server that comes late and for its role, and runs then; what it ran is said', async () => {
    const migrating = runOwnCommand('migrateCommand', { ...world.environment, APP_ID: 'task' });
    await server.start();

    const provisioned = await runOwnCommand('provisionCommand', world.environment);
    const migrated = await migrating;

    assert.equal(provisioned.code, 0, provisioned.output);
    assert.equal(migrated.code, 0, migrated.output);
    assert.match(migrated.output, /^task: \d{14}_create_tasks$/m);
    const repeated = await runOwnCommand('migrateCommand', { ...world.environment, APP_ID: 'task' });
    assert.deepEqual(repeated, { code: 0, output: 'task: nothing to do.\n' });
  });

  it('two migrations and two provisions at once are as good as one', async () => {
    const environment = { ...world.environment, APP_ID: 'booking' };
    const ran = await Promise.all([
      runOwnCommand('migrateCommand', environment),
      runOwnCommand('migrateCommand', environment),
      runOwnCommand('provisionCommand', environment),
      runOwnCommand('provisionCommand', environment),
    ]);
    assert.deepEqual(
      ran.map(({ code }) => code),
      [0, 0, 0, 0],
      ran.map(({ output }) => output).join(''),
    );
    assert.equal(ran.filter(({ output }) => output.includes('create_services_and_bookings')).length, 1);
    const provision = () => provisionDatabases(server.superuser, world);
    await Promise.all(Array.from({ length: 6 }, provision));
  });

  it('a migration that does not get its table gives up, so that no request waits behind it for long (K8S-1)', async () => {
    const { password, ownerPassword } = world.passwordsOf('task');
    await withClient(runtimeConnection(server.where, 'task', password), async (service) => {
      await service.query('BEGIN; SELECT FROM tasks');
      await withClient(ownerConnection(server.where, 'task', ownerPassword), async (owner) => {
        const { rows } = await owner.query('SHOW lock_timeout');
        assert.deepEqual(rows, [{ lock_timeout: '5s' }]);
        await owner.query("SET lock_timeout = '50ms'");
        await assert.rejects(owner.query('ALTER TABLE tasks ADD COLUMN later text'), { code: '55P03' });
      });
      await service.query('SELECT FROM tasks');
    });
  });

  it('attack: a role enters the database of another service, or without TLS, or with the password from before a rotation (DATA-1)', async () => {
    const { password } = world.passwordsOf('task');
    const own = runtimeConnection(server.where, 'task', password);
    const attempt = (connection: object) => withClient({ ...own, ...connection }, (client) => client.query('SELECT 1'));
    await attempt({});
    await assert.rejects(attempt({ database: 'booking' }), { code: '28000' });
    await assert.rejects(attempt({ database: 'postgres' }), { code: '28000' });
    await assert.rejects(attempt({ ssl: false }), { code: '28000' });

    const next = randomPassword();
    await secrets.put('task-database/password', next);
    assert.equal((await runOwnCommand('provisionCommand', world.environment)).code, 0);
    await assert.rejects(attempt({}), { code: '28P01' });
    await attempt({ password: next });
  });

  it('a password that the server refuses ends the wait with a clear word and without the password', async () => {
    const wrong = randomPassword();
    await secrets.put('superuser/password', wrong);
    const { code, output } = await runOwnCommand('provisionCommand', { ...world.environment, WAIT_SECONDS: '1' });
    await secrets.put('superuser/password', server.superuser.password);
    assert.equal(code, 1);
    assert.match(output, /SQLSTATE 28P01, the password was refused/);
    assert.ok(!output.includes(wrong));
  });

  it('a certificate of another authority is refused at once', async () => {
    const other = await prepareTestServer({ appIds: [] });
    try {
      const startedAt = performance.now();
      const { code, output } = await runOwnCommand('provisionCommand', {
        ...world.environment,
        DATABASE_CA_FILE: other.caFile,
      });
      assert.equal(code, 1);
      assert.match(output, /certificate/);
      assert.ok(performance.now() - startedAt < 30_000, 'no wait of a minute');
    } finally {
      await other.close();
    }
  });

  it('a malformed environment or secret is named, changes nothing and is never shown', async () => {
    const nothing = await runOwnCommand('migrateCommand', {});
    assert.equal(nothing.code, 2);
    for (const name of ['DATABASE_HOST', 'DATABASE_PORT', 'DATABASE_CA_FILE', 'APP_ID', 'SECRETS_FOLDER']) {
      assert.ok(nothing.output.includes(name), name);
    }
    const trailing = `${randomPassword()}\n`;
    await secrets.put('audit-database/password', trailing);
    const { code, output } = await runOwnCommand('provisionCommand', world.environment);
    await secrets.put('audit-database/password', world.passwordsOf('audit').password);
    assert.equal(code, 2);
    assert.match(output, /audit-database\/password holds no password/);
    assert.ok(!output.includes(trailing.trim()));
  });

  it('what failed half-way is completed by the next run', async () => {
    const owner = databaseOwnerOf('guardrail');
    await withClient(server.superuser, async (client) => {
      await client.query(`DROP DATABASE ${databaseNameOf('guardrail')}`);
      await client.query(`DROP ROLE ${owner}`);
      // Somebody else makes the same role and does not say yet whether it stays: the provision waits in the middle of its work.
      await client.query(`BEGIN; CREATE ROLE ${owner}`);
      const provisioning = provisionDatabases(server.superuser, {
        databases: world.databases,
        backupPassword: world.backupPassword,
      });
      const failed = assert.rejects(provisioning, { code: '57P01' });
      await withClient(server.superuser, (other) =>
        waitFor('the provision to wait', async () => {
          const { rowCount } = await other.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'CREATE ROLE ${owner}%'`,
          );
          return rowCount === 1;
        }),
      );
      await failed;
      await client.query('ROLLBACK');
    });

    assert.equal((await runOwnCommand('provisionCommand', world.environment)).code, 0);
    const connection = ownerConnection(server.where, 'guardrail', world.passwordsOf('guardrail').ownerPassword);
    await withClient(connection, (client) => client.query('SELECT 1'));
  });
});
