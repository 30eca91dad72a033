import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { newId } from '@todo-chatbot/contracts';
import { startTestDatabase, type TestDatabase } from '@todo-chatbot/local-platform/testing';
import {
  BackupBroken,
  type BackupKind,
  type BackupSets,
  checkBackup,
  generateIdentity,
  identityToRecipient,
  listBackups,
  openBackups,
  restoreDatabase,
  rotateBackups,
  takeBackup,
} from '../src/index.ts';

const { publicKey, privateKey: signingKey } = generateKeyPairSync('ed25519');
const keyTables = ['data_keys', 'destroyed_keys', 'master_keys'];
const masterKeyId = '0123456789abcdef';
const isKeyTable = (_database: string, table: string) => keyTables.includes(table);
/** What COPY has to escape. */
const awkward = ['a\tb\nc\\d\re', '\\N', '\\.', "'; DROP TABLE outbox; --", 'Zahnärztin 🦷', ''];

describe('Backups (DATA-3)', () => {
  let from: TestDatabase;
  let to: TestDatabase;
  let folder: string;
  let identity: string;
  let recipient: string;
  let minutes = 0;

  before(async () => {
    [from, to] = await Promise.all([startTestDatabase({ service: 'auth' }), startTestDatabase({ service: 'auth' })]);
    identity = await generateIdentity();
    recipient = await identityToRecipient(identity);
  });
  after(() => Promise.all([from.close(), to.close()]));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-backup-'));
    await from.ownerPool.query('TRUNCATE outbox, data_keys, destroyed_keys, master_keys');
    await to.ownerPool.query('TRUNCATE outbox, data_keys, destroyed_keys, master_keys');
  });

  const take = (kind: BackupKind) =>
    takeBackup({
      kind,
      databases: [{ name: 'auth', connection: from.superuser }],
      isInSet: (database, table) => kind !== 'log' && isKeyTable(database, table) === (kind === 'keys'),
      recipient,
      signingKey,
      folder: join(folder, kind),
      now: new Date(Date.parse('2026-11-27T03:00:00Z') + 60_000 * minutes++),
    });
  const takeAll = async () => ({ data: await take('data'), keys: await take('keys'), log: await take('log') });
  const restore = async (sets: BackupSets) => {
    const manifests = await openBackups({ sets, publicKey, identity });
    return restoreDatabase({ database: 'auth', connection: to.superuser, sets, manifests, identity });
  };
  async function fill(): Promise<string[]> {
    const people = awkward.map(() => newId('user'));
    await from.ownerPool.query("INSERT INTO master_keys VALUES ($1, 'active', now())", [masterKeyId]);
    for (const [index, text] of awkward.entries()) {
      await from.ownerPool.query('INSERT INTO outbox (id, topic, subject, event) VALUES ($1, $2, $3, $4)', [
        newId('event'),
        text,
        people[index],
        JSON.stringify({ text, bytes: randomBytes(40_000).toString('base64') }),
      ]);
      await from.ownerPool.query('INSERT INTO data_keys VALUES ($1, $2, $3, now())', [
        people[index],
        randomBytes(61),
        masterKeyId,
      ]);
    }
    return people;
  }
  const rowsOf = async ({ ownerPool }: TestDatabase) => ({
    outbox: (await ownerPool.query('SELECT * FROM outbox ORDER BY seq')).rows,
    keys: (await ownerPool.query('SELECT * FROM data_keys ORDER BY person_id')).rows,
  });

  it('a restored database is what was backed up, awkward texts, bytes and sequences included', async () => {
    await fill();
    const sets = await takeAll();
    const { rows } = await restore(sets);
    assert.equal(rows, awkward.length * 2 + 1);
    assert.deepEqual(await rowsOf(to), await rowsOf(from));
    const next = "INSERT INTO outbox (id, topic, subject, event) VALUES ('evt_next', 't', 's', '{}') RETURNING seq";
    const [inOld, inNew] = [await from.ownerPool.query(next), await to.ownerPool.query(next)];
    assert.equal(inNew.rows[0].seq, inOld.rows[0].seq);
  });

  it('attack: whoever has the backup and not the identity reads nothing of it', async () => {
    await fill();
    const sets = await takeAll();
    for (const set of Object.values(sets)) {
      for (const name of await readdir(set)) {
        const bytes = await readFile(join(set, name));
        for (const text of ['Zahnärztin', 'DROP TABLE']) assert.equal(bytes.indexOf(text), -1, name);
      }
    }
    const stranger = await generateIdentity();
    await assert.rejects(openBackups({ sets, publicKey, identity: stranger }), /does not open with this identity/);
  });

  it('data and keys are apart: neither set has a table of the other', async () => {
    await fill();
    const { data, keys } = await takeAll();
    const tablesOf = async (set: string) =>
      (await checkBackup({ set, publicKey, identity })).tables.map(({ table }) => table);
    assert.deepEqual(await tablesOf(keys), keyTables);
    const others = await tablesOf(data);
    assert.ok(others.includes('users') && others.includes('outbox'));
    assert.ok(!others.some((table) => keyTables.includes(table)));
  });

  it('attack: a changed, cut, missing or exchanged file, or another manifest, is refused before anything is touched', async () => {
    await fill();
    const faults: ((set: string, file: string) => Promise<unknown>)[] = [
      async (set, file) => {
        const bytes = await readFile(join(set, file));
        bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
        await writeFile(join(set, file), bytes);
      },
      (set, file) => truncate(join(set, file), 200),
      (set, file) => rm(join(set, file)),
      (set, file) => rename(join(set, 'auth.users.copy.gz.age'), join(set, file)),
      async (set) => {
        const manifest = await readFile(join(set, 'manifest.json'), 'utf8');
        await writeFile(join(set, 'manifest.json'), manifest.replace('"rows": 6', '"rows": 5'));
      },
      (set) => rm(join(set, 'manifest.sig')),
    ];
    await to.ownerPool.query("INSERT INTO outbox (id, topic, subject, event) VALUES ('evt_kept', 't', 's', '{}')");
    for (const [index, spoil] of faults.entries()) {
      const sets = await takeAll();
      await spoil(sets.data, 'auth.outbox.copy.gz.age');
      await assert.rejects(restore(sets), BackupBroken, `fault ${index}`);
    }
    const { rows } = await to.ownerPool.query('SELECT id FROM outbox');
    assert.deepEqual(rows, [{ id: 'evt_kept' }]);
  });

  it('attack: a set that somebody else made and signed is refused', async () => {
    const sets = await takeAll();
    const other = generateKeyPairSync('ed25519').publicKey;
    await assert.rejects(openBackups({ sets, publicKey: other, identity }), /not signed by our backup key/);
  });

  it('attack: keys from before the data, which would bring destroyed ones back, are refused (PRIV-4)', async () => {
    const keys = await take('keys');
    const data = await take('data');
    const sets = { data, keys, log: await take('log') };
    await assert.rejects(openBackups({ sets, publicKey, identity }), /keys are older than the data/);
  });

  it('an erased person’s key does not come back with old data: the newest keys do not have it (PRIV-4)', async () => {
    const [person] = await fill();
    const data = await take('data');
    await from.ownerPool.query('DELETE FROM data_keys WHERE person_id = $1', [person]);
    await from.ownerPool.query('INSERT INTO destroyed_keys VALUES ($1, now())', [person]);
    await restore({ data, keys: await take('keys'), log: await take('log') });
    const { rows } = await to.ownerPool.query('SELECT person_id FROM data_keys WHERE person_id = $1', [person]);
    assert.deepEqual(rows, []);
    const gone = await to.ownerPool.query('SELECT person_id FROM destroyed_keys');
    assert.deepEqual(gone.rows, [{ person_id: person }]);
  });

  it('what is written meanwhile is in the backup whole or not at all', async () => {
    let isTaking = true;
    const writing = (async () => {
      while (isTaking) {
        const person = newId('user');
        const client = await from.ownerPool.connect();
        await client.query('BEGIN');
        await client.query(
          `INSERT INTO users (id, email, email_index, email_verified, name, roles, created_at)
           VALUES ($1, $2, $2, true, $2, $3, now())`,
          [person, randomBytes(32), ['user']],
        );
        await client.query("INSERT INTO outbox (id, topic, subject, event) VALUES ($1, 't', $1, '{}')", [person]);
        await client.query('COMMIT');
        client.release();
      }
    })();
    const sets = await takeAll();
    isTaking = false;
    await writing;
    await restore(sets);
    const { rows } = await to.ownerPool.query(
      'SELECT id FROM users FULL JOIN outbox o USING (id) WHERE users.email IS NULL OR o.topic IS NULL',
    );
    assert.deepEqual(rows, []);
    await from.ownerPool.query('TRUNCATE users CASCADE');
    await to.ownerPool.query('TRUNCATE users CASCADE');
  });

  it('a backup that was cut short is no backup, and the next one clears it away', async () => {
    const broken = takeBackup({
      kind: 'data',
      databases: [{ name: 'auth', connection: from.superuser }],
      isInSet: (_database, table) => {
        if (table === 'outbox') throw new Error('the power went');
        return true;
      },
      recipient,
      signingKey,
      folder: join(folder, 'data'),
      now: new Date(),
    });
    await assert.rejects(broken, /the power went/);
    assert.deepEqual(await listBackups(join(folder, 'data')), []);
    const set = await take('data');
    assert.deepEqual(await listBackups(join(folder, 'data')), [set]);
    assert.deepEqual(await readdir(join(folder, 'data')), [set.slice(join(folder, 'data').length + 1)]);
  });

  it('a recipient that is none is told before anything is read', async () => {
    const options = { kind: 'data', databases: [], isInSet: () => true, signingKey, folder, now: new Date() } as const;
    await assert.rejects(takeBackup({ ...options, recipient: 'age1nobody' }), /no public key of age/);
    assert.deepEqual(await readdir(folder), []);
  });

  it('only the newest are kept', async () => {
    const sets = [await take('keys'), await take('keys'), await take('keys')];
    assert.deepEqual(await rotateBackups(join(folder, 'keys'), 1), [sets[1], sets[0]]);
    assert.deepEqual(await listBackups(join(folder, 'keys')), [sets[2]]);
    await assert.rejects(rotateBackups(join(folder, 'keys'), 0), RangeError);
  });

  it('a backup of other tables than the database has is refused, and nothing happens', async () => {
    await fill();
    const sets = await takeAll();
    await to.ownerPool.query('CREATE TABLE newcomer (id text PRIMARY KEY)');
    try {
      await assert.rejects(restore(sets), /differ in newcomer/);
    } finally {
      await to.ownerPool.query('DROP TABLE newcomer');
    }
  });
});
