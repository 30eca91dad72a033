import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type BackupKind, generateIdentity, identityToRecipient, listBackups, openBackups } from '@todo-chatbot/backup';
import { type AppId, appIds, newId } from '@todo-chatbot/contracts';
import { prepareTestServer, type TestServer } from '@todo-chatbot/local-platform/testing';
import { restoreInPlace } from '../src/backup/restoreInPlace.ts';
import {
  migrateServiceDatabase,
  ownerConnection,
  provisionDatabases,
  runtimeConnection,
  superuserConnection,
  withClient,
} from '../src/index.ts';
import { makeSecretsFolder, runOwnCommand, type SecretsFolder } from './support/commandRunner.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const masterKeyId = '0123456789abcdef';
const randomPassword = () => randomBytes(32).toString('base64url');
const databases = appIds.map((appId) => ({ appId, password: randomPassword(), ownerPassword: randomPassword() }));
const backupPassword = randomPassword();

describe('Backup and restore by command in a running server, as the cluster has them (DATA-3, PRIV-4)', () => {
  let server: TestServer;
  let secrets: SecretsFolder;
  let backups: string;
  let environment: Record<string, string>;
  let identity: string;
  before(async () => {
    server = await prepareTestServer({ appIds });
    await server.start();
    await provisionDatabases(server.superuser, { databases, backupPassword });
    await Promise.all(
      databases.map(({ appId, ownerPassword }) =>
        migrateServiceDatabase(appId, ownerConnection(server.where, appId, ownerPassword)),
      ),
    );
    backups = await mkdtemp(join(tmpdir(), 'todo-chatbot-backups-'));
    secrets = await makeSecretsFolder();
    identity = await generateIdentity();
    await secrets.put('superuser/password', server.superuser.password);
    await secrets.put('backup/databasePassword', backupPassword);
    await secrets.put('backup/signingKey', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    await secrets.put('backup/recipient', await identityToRecipient(identity));
    await secrets.put('backup-identity/identity', `# public key: …\n${identity}\n`);
    environment = {
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(server.where.port),
      DATABASE_CA_FILE: server.caFile,
      SECRETS_FOLDER: secrets.folder,
      BACKUPS_FOLDER: backups,
      WAIT_SECONDS: '0',
    };
  });
  after(async () => {
    await server.close();
    await secrets.remove();
    await rm(backups, { recursive: true, force: true });
  });

  const asOwner = (appId: AppId, text: string, values: unknown[] = []) =>
    withClient(superuserConnection(server.where, { password: server.superuser.password, database: appId }), (client) =>
      client.query(text, values),
    );
  const peopleWithKeys = async () =>
    (await asOwner('auth', 'SELECT person_id FROM data_keys ORDER BY 1')).rows.map(({ person_id }) => person_id);
  const kindsIn = (output: string) => [...output.matchAll(/\/(data|keys|log)\/\d{4}-/g)].map(([, kind]) => kind);

  it('one process after the other knows from the sets alone what is due: a destroyed key leaves the backup with the next', async () => {
    const [first, second] = [newId('user'), newId('user')].sort();
    await asOwner('auth', "INSERT INTO master_keys VALUES ($1, 'active', now())", [masterKeyId]);
    for (const person of [first, second]) {
      await asOwner('auth', "INSERT INTO data_keys VALUES ($1, '\\x01', $2, now())", [person, masterKeyId]);
    }
    const all = await runOwnCommand('backupCommand', environment);
    assert.equal(all.code, 0, all.output);
    assert.deepEqual(kindsIn(all.output), ['data', 'keys', 'log']);
    assert.deepEqual(await runOwnCommand('backupCommand', environment), { code: 0, output: '' });

    await asOwner('auth', 'DELETE FROM data_keys WHERE person_id = $1', [second]);
    await asOwner('auth', 'INSERT INTO destroyed_keys VALUES ($1, now())', [second]);
    assert.deepEqual(kindsIn((await runOwnCommand('backupCommand', environment)).output), ['keys', 'log']);
    assert.equal((await readdir(join(backups, 'keys'))).length, 1, 'the set with the destroyed key is gone');
  });

  it('attack: a restore while a service runs, which would lose what it writes', async () => {
    const runtime = runtimeConnection(
      server.where,
      'task',
      databases.find(({ appId }) => appId === 'task')?.password ?? '',
    );
    const { code, output } = await withClient(runtime, () => runOwnCommand('restoreCommand', environment));
    assert.equal(code, 1);
    assert.match(output, /Somebody is connected to task/);
  });

  it('the databases come back as they were, owned by their owners and open to their services; those from before are kept', async () => {
    const [staying] = await peopleWithKeys();
    await asOwner('auth', 'DELETE FROM data_keys');
    const { code, output } = await runOwnCommand('restoreCommand', environment);
    assert.equal(code, 0, output);

    assert.deepEqual(await peopleWithKeys(), [staying]);
    const owners = await asOwner(
      'booking',
      "SELECT DISTINCT tableowner AS owner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    );
    assert.deepEqual(owners.rows, [{ owner: 'booking_owner' }]);
    for (const { appId, password } of databases) {
      await withClient(runtimeConnection(server.where, appId, password), (client) =>
        client.query('SELECT 1 FROM outbox'),
      );
    }
    const kept = await withClient(server.superuser, (client) =>
      client.query("SELECT datname FROM pg_database WHERE datname LIKE '%\\_before\\_%'"),
    );
    assert.equal(kept.rowCount, appIds.length);
    assert.ok(kept.rows.every(({ datname }) => !String(datname).endsWith('_before_restore')));
    assert.match(output, /auth_before_\d{14}/);
    // What a service's roles could enter before they cannot enter under the other name.
    const auth = databases.find(({ appId }) => appId === 'auth');
    const old = kept.rows.map(({ datname }) => String(datname)).find((name) => name.startsWith('auth_'));
    assert.ok(auth && old);
    await assert.rejects(
      withClient({ ...runtimeConnection(server.where, 'auth', auth.password), database: old }, async () => undefined),
      { code: '28000' },
    );
  });

  it('a restore that was cut short left nobody in, and the next one begins with the databases from before', async () => {
    const people = await peopleWithKeys();
    await withClient(server.superuser, async (client) => {
      for (const name of ['auth', 'task']) {
        await client.query(`ALTER DATABASE ${name} RENAME TO ${name}_before_restore`);
      }
      await client.query('CREATE DATABASE auth');
    });
    await assert.rejects(
      provisionDatabases(server.superuser, { databases, backupPassword }),
      /A restore was cut short: start it again/,
      'a provision, which any apply starts, would let services into what is half restored',
    );
    const { code, output } = await runOwnCommand('restoreCommand', { ...environment, DATA_SET: 'missing' });
    assert.equal(code, 2, output);
    const wrong = await runOwnCommand('restoreCommand', { ...environment, DATA_SET: '2026-01-01T00-00-00.000Z' });
    assert.equal(wrong.code, 1, 'what is wrong with the backup is found before anything is touched');

    assert.equal((await runOwnCommand('restoreCommand', environment)).code, 0);
    assert.deepEqual(await peopleWithKeys(), people);
  });

  it('a restore that fails lets no service into what is half-way there, and leaves everything as it was', async () => {
    const people = await peopleWithKeys();
    const databasesNow = () =>
      withClient(server.superuser, (client) => client.query('SELECT oid, datname, datacl FROM pg_database ORDER BY 1'));
    const earlier = await databasesNow();
    const newest = async (kind: BackupKind) => (await listBackups(join(backups, kind)))[0] ?? '';
    const sets = { data: await newest('data'), keys: await newest('keys'), log: await newest('log') };
    const restoring = restoreInPlace({
      server: server.where,
      superuserPassword: server.superuser.password,
      sets,
      manifests: await openBackups({ sets, publicKey, identity }),
      identity,
      step: async (label, work) => {
        await work(() => undefined);
        if (label !== 'task') return;
        for (const { appId, password } of databases) {
          const attempt = withClient(runtimeConnection(server.where, appId, password), async () => undefined);
          await assert.rejects(attempt, { code: '42501' });
        }
        throw new Error('the volume is gone');
      },
    });
    await assert.rejects(restoring, /the volume is gone/);
    assert.deepEqual((await databasesNow()).rows, earlier.rows);
    assert.deepEqual(await peopleWithKeys(), people);
  });

  it('a backup that was changed is refused before anything is touched', async () => {
    const before = await withClient(server.superuser, (client) => client.query('SELECT oid, datname FROM pg_database'));
    const [set] = await readdir(join(backups, 'data'));
    assert.ok(set);
    const [file] = await readdir(join(backups, 'data', set));
    assert.ok(file);
    await appendFile(join(backups, 'data', set, file), 'x');
    const { code, output } = await runOwnCommand('restoreCommand', environment);
    assert.equal(code, 1);
    assert.match(output, /was changed/);
    const afterwards = await withClient(server.superuser, (client) =>
      client.query('SELECT oid, datname FROM pg_database'),
    );
    assert.deepEqual(afterwards.rows, before.rows);
  });
});
