import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test, { after, before } from 'node:test';
import {
  apiKeysSchema,
  factorsSchema,
  kitTables,
  sessionsSchema,
  storedData,
  type TokenGrant,
} from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { z } from 'zod';
import { emailIndexOf, goodPassword, startAuthOnNewDatabase } from '../src/testing/harness.ts';
import { openMailbox } from '../src/testing/mailbox.ts';
import { createKey, signUpAs } from '../src/testing/people.ts';
import {
  addPasskey,
  newPersonWithTotp,
  passPassword,
  passSecondFactor,
  siteOrigin,
  stepMs,
} from '../src/testing/secondFactors.ts';
import { createSoftAuthenticator } from '../src/testing/softAuthenticator.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
let mailbox: Awaited<ReturnType<typeof openMailbox>>;
let admin: TokenGrant;
let ada: Awaited<ReturnType<typeof newOwner>>;
let eve: Awaited<ReturnType<typeof newOwner>>;
before(async () => {
  world = await startAuthOnNewDatabase();
  mailbox = await openMailbox({ database: world.database, clock: world.auth.clock });
  admin = await signUpAs(world, 'admin');
  ada = await newOwner();
  eve = await newOwner();
});
after(async () => {
  await mailbox.close();
  await world.close();
});

type Owner = typeof ada;

/** Somebody who has a row in every table with a sealed column. */
async function newOwner() {
  const { auth } = world;
  const person = await newPersonWithTotp(auth);
  await addPasskey(auth, { token: person.token, authenticator: createSoftAuthenticator({ origin: siteOrigin }) });
  await createKey(world, { accessToken: person.token });
  await auth.call('POST', '/v1/password/reset-request', { body: { email: person.email } });
  await auth.call('PUT', `/v1/holds/${person.userId}`, { token: admin.accessToken, body: { reason: 'case 4711' } });
  return { ...person, resetToken: await mailbox.tokenTo(person.email) };
}

const get = async (owner: Owner, path: string) => world.auth.call('GET', path, { token: owner.token });

/** Each sealed column, how its row of a person is found, and a request that opens it: 200 when it is whole, or the other status. */
const columns = {
  'users.email': { row: 'id = $1', read: (owner: Owner) => get(owner, '/v1/account') },
  'users.name': { row: 'id = $1', read: (owner: Owner) => get(owner, '/v1/account') },
  'sessions.user_agent': { row: 'user_id = $1', read: (owner: Owner) => get(owner, '/v1/sessions') },
  'sessions.address': { row: 'user_id = $1', read: (owner: Owner) => get(owner, '/v1/sessions') },
  'passkeys.name': { row: 'user_id = $1', read: (owner: Owner) => get(owner, '/v1/factors') },
  'api_keys.name': { row: 'user_id = $1', read: (owner: Owner) => get(owner, '/v1/api-keys') },
  'email_links.email': {
    row: "user_id = $1 AND purpose = 'reset-password'",
    // The address is a part of the password's policy. The password breaks a rule, so that the link stays.
    read: (owner: Owner) =>
      world.auth.call('POST', '/v1/password/reset', { body: { token: owner.resetToken, newPassword: 'short' } }),
    whole: 400,
  },
  'legal_holds.sealed_reason': {
    row: 'person_id = $1',
    read: (owner: Owner) => world.auth.call('GET', `/v1/holds/${owner.userId}`, { token: admin.accessToken }),
  },
  'totp_factors.sealed_secret': {
    row: 'user_id = $1',
    read: async (owner: Owner) => {
      // Proofs that could not be looked at count as well, and would lock the account in the end.
      await world.database.ownerPool.query('DELETE FROM attempt_counters');
      world.auth.clock.advance(stepMs);
      const { ticket } = await passPassword(world.auth, owner.email);
      return passSecondFactor(world.auth, ticket, { method: 'totp', oneTimeCode: owner.totp.code() });
    },
  },
} as const;
type Column = keyof typeof columns;
const columnNames = [
  'users.email',
  'users.name',
  'sessions.user_agent',
  'sessions.address',
  'passkeys.name',
  'api_keys.name',
  'email_links.email',
  'legal_holds.sealed_reason',
  'totp_factors.sealed_secret',
] as const satisfies readonly Column[];

/** What is on its way to an archive, and the archive: see exports.test.ts. */
const attackedElsewhere = ['export_archives.sealed', 'export_parts.sealed'];

const rowsSchema = z.array(z.object({ sealed: z.instanceof(Buffer) })).min(1);

async function sealedOf(owner: Owner, column: Column): Promise<Buffer> {
  const [table, name] = column.split('.');
  const { rows } = await world.database.ownerPool.query(
    `SELECT "${name}" AS sealed FROM "${table}" WHERE ${columns[column].row} LIMIT 1`,
    [owner.userId],
  );
  const [row] = rowsSchema.parse(rows);
  return row?.sealed ?? Buffer.alloc(0);
}

async function put(owner: Owner, column: Column, sealed: Buffer): Promise<void> {
  const [table, name] = column.split('.');
  await world.database.ownerPool.query(`UPDATE "${table}" SET "${name}" = $2 WHERE ${columns[column].row}`, [
    owner.userId,
    sealed,
  ]);
}

function withFlippedBit(sealed: Buffer, byte: number): Buffer {
  const flipped = Buffer.from(sealed);
  const at = byte < 0 ? flipped.length + byte : byte;
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  return flipped;
}

test('these are the columns that the record of processing calls sealed', () => {
  const own = Object.entries(storedData.auth).filter(([table]) => !(table in kitTables));
  const sealed = own.flatMap(([table, { columns: held }]) =>
    Object.entries(held).flatMap(([name, data]) =>
      typeof data === 'object' && data.protection === 'sealed' ? [`${table}.${name}`] : [],
    ),
  );
  assert.deepEqual(sealed.toSorted(), [...columnNames, ...attackedElsewhere].toSorted());
});

for (const column of columnNames) {
  test(`attack: a changed bit, a cut, another person’s or another field’s value in ${column}: it does not open, it shows nothing, and others go on (DATA-2)`, async () => {
    const { read } = columns[column];
    const whole = 'whole' in columns[column] ? columns[column].whole : 200;
    const original = await sealedOf(ada, column);
    const elsewhere = column === 'users.name' ? 'users.email' : 'users.name';
    const damaged = {
      'another version': withFlippedBit(original, 0),
      'a bit of the nonce': withFlippedBit(original, 5),
      'a bit of the text': withFlippedBit(original, 13),
      'a bit of the tag': withFlippedBit(original, -1),
      'cut off': original.subarray(0, -1),
      'the head alone': original.subarray(0, 13),
      nothing: Buffer.alloc(0),
      'of another person': await sealedOf(eve, column),
      'of another field': await sealedOf(ada, elsewhere),
    };

    assert.equal((await read(ada)).status, whole);
    for (const [damage, sealed] of Object.entries(damaged)) {
      await put(ada, column, sealed);
      const answer = await read(ada);
      assert.deepEqual([answer.status, codeOf(answer)], [500, 'internal.error'], damage);
      for (const secret of [ada.email, eve.email, 'Ada Example', 'test-browser', 'Laptop', 'a program']) {
        assert.ok(!answer.text.includes(secret), damage);
      }
    }
    assert.equal((await read(eve)).status, whole, 'somebody else');
    await put(ada, column, original);
    assert.equal((await read(ada)).status, whole);
  });
}

test('what is sealed comes back as it was: labels, browser and network', async () => {
  const sessions = sessionsSchema.parse((await get(ada, '/v1/sessions')).body).items;
  assert.ok(sessions.every(({ userAgent, address }) => userAgent === 'test-browser/1' && address === '203.0.113.0'));
  const { passkeys } = factorsSchema.parse((await get(ada, '/v1/factors')).body);
  assert.deepEqual(
    passkeys.map(({ name }) => name),
    ['Laptop'],
  );
  const { items } = apiKeysSchema.parse((await get(ada, '/v1/api-keys')).body);
  assert.deepEqual(
    items.map(({ name }) => name),
    ['a program'],
  );
});

test('attack: the index of somebody’s address is put into another row: that row’s owner does not get in by it, nor their mail (DATA-2)', async () => {
  const { ownerPool } = world.database;
  const victim = await newOwner();
  const thief = await newOwner();
  const index = emailIndexOf(victim.email);
  await ownerPool.query('UPDATE users SET email_index = $2 WHERE id = $1', [victim.userId, randomBytes(32)]);
  await ownerPool.query('UPDATE users SET email_index = $2 WHERE id = $1', [thief.userId, index]);

  assert.equal((await world.auth.login(victim.email, goodPassword)).status, 500);
  await world.auth.call('POST', '/v1/password/reset-request', { body: { email: victim.email } });
  const earlier = (await mailbox.mailsTo(victim.email)).length;
  await mailbox.deliverAll();
  assert.equal((await mailbox.mailsTo(victim.email)).length, earlier);
  await ownerPool.query('DELETE FROM mail_queue');
});
