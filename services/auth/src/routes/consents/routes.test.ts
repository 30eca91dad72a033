import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { accessGrantSchema, consentPurposes, privacyNotice, type TokenGrant } from '@todo-chatbot/contracts';
import { auditEntries, codeOf } from '@todo-chatbot/local-platform/testing';
import { changeConsents, consentClaimsOf, consentsOf } from '../../testing/consents.ts';
import { grantOf, outboxEvents, startAuthOnNewDatabase, takeEventNames } from '../../testing/harness.ts';
import { actOn, createKey, signUpAs } from '../../testing/people.ts';
import {
  accessTokenOf,
  ceremony,
  newPersonWithPasskey,
  newPersonWithTotp,
  passPassword,
  passSecondFactor,
  stepUp,
} from '../../testing/secondFactors.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

const read = (token: string) => world.auth.call('GET', '/v1/consents', { token });
const change = (person: Pick<TokenGrant, 'accessToken'>, ...rest: Tail) =>
  changeConsents(world.auth, person.accessToken, ...rest);
type Tail = Parameters<typeof changeConsents> extends [unknown, unknown, ...infer T] ? T : never;
const refresh = async (grant: TokenGrant) => grantOf(await world.auth.refresh(grant.refreshToken));
const agreed = (token: string) => consentClaimsOf(token).con;
const rowsOf = async ({ account }: Pick<TokenGrant, 'account'>) => {
  const statement = 'SELECT purpose, act, notice_version, session_id FROM consents WHERE user_id = $1 ORDER BY id';
  return (await world.database.ownerPool.query(statement, [account.id])).rows;
};

test('200: whoever is new has agreed to nothing (PRIV-2)', async () => {
  const person = await world.auth.signUp();

  const { states, entries } = consentsOf(await read(person.accessToken));

  assert.deepEqual(states, { assistant: 'never', appointments: 'never', improvement: 'never' });
  assert.deepEqual(entries, []);
  assert.deepEqual(agreed(person.accessToken), []);
});

test('200: a consent is in the ledger with notice, time and session, in the next token, and on record (PRIV-2, AUD-1)', async () => {
  const person = await world.auth.signUp();
  await takeEventNames(world.database);

  const { states, history } = consentsOf(await change(person, { assistant: true, improvement: false }));

  assert.deepEqual(states, { assistant: 'given', appointments: 'never', improvement: 'never' });
  assert.equal(history.length, 1);
  assert.equal(history[0]?.noticeVersion, privacyNotice.version);
  assert.ok(Math.abs(Date.parse(history[0]?.at ?? '') - world.auth.clock.now().getTime()) < 60_000);
  assert.equal((await rowsOf(person))[0].session_id, person.sessionId);
  const [entry, ...others] = auditEntries(await outboxEvents(world.database));
  assert.deepEqual(others, []);
  assert.deepEqual(
    [entry?.action, entry?.category, entry?.success, entry?.actor.id, entry?.sessionId],
    ['auth.change-consents', 'data-change', true, person.account.id, person.sessionId],
  );
  const { version } = privacyNotice;
  assert.deepEqual(entry?.input, { noticeVersion: version, given: ['assistant'], withdrawn: [] });
  assert.equal((await read(person.accessToken)).status, 200, 'the session goes on');
  assert.deepEqual(agreed((await refresh(person)).accessToken), ['assistant']);
});

test('200: a withdrawal outdates every older token at once, and no later one says otherwise (PRIV-2, AUTH-11)', async () => {
  const first = await world.auth.signUp();
  await change(first, { assistant: true, appointments: true });
  const person = await refresh(first);
  await takeEventNames(world.database);

  const { states, entries } = consentsOf(await change(person, { appointments: false }));

  assert.deepEqual(states, { assistant: 'given', appointments: 'withdrawn', improvement: 'never' });
  assert.equal(entries[0], 'appointments withdrawn');
  assert.deepEqual(await takeEventNames(world.database), [
    'auth.access_changed.v1',
    'auth.consent_withdrawn.v1',
    'auth.change-consents: success',
  ]);
  const { rows } = await world.database.ownerPool.query('SELECT minimum_version FROM access_denials WHERE id = $1', [
    person.account.id,
  ]);
  assert.deepEqual(rows, [{ minimum_version: consentClaimsOf(person.accessToken).ver + 1 }], 'for services that ask');
  for (const { accessToken } of [first, person]) {
    assert.equal(codeOf(await read(accessToken)), 'auth.token-invalid');
  }
  assert.deepEqual(agreed((await refresh(person)).accessToken), ['assistant']);
});

test('200: to say the same again writes nothing and outdates nothing', async () => {
  const person = await world.auth.signUp();
  for (let round = 0; round < 2; round += 1) await change(person, { assistant: true, appointments: false });

  assert.equal((await rowsOf(person)).length, 1);
  assert.equal((await read(person.accessToken)).status, 200);
});

test('200: the ledger keeps every change of mind in its order', async () => {
  let person = await world.auth.signUp();
  for (const assistant of [true, false, true]) {
    await change(person, { assistant });
    person = await refresh(person);
  }

  const { states, entries } = consentsOf(await read(person.accessToken));

  assert.equal(states.assistant, 'given');
  assert.deepEqual(entries, ['assistant given', 'assistant withdrawn', 'assistant given']);
});

test('409: nobody agrees to another notice than the one in force; to withdraw, any will do (PRIV-2)', async () => {
  const person = await world.auth.signUp();
  await change(person, { assistant: true });
  await takeEventNames(world.database);

  for (const version of ['2020-01-01', '2999-12-31']) {
    const answer = await change(person, { assistant: false, appointments: true }, version);
    assert.deepEqual([answer.status, codeOf(answer)], [409, 'consent.notice-outdated'], version);
  }
  assert.equal((await rowsOf(person)).length, 1, 'nothing of it is done');
  assert.deepEqual(
    await takeEventNames(world.database),
    Array.from({ length: 2 }, () => 'auth.change-consents: consent.notice-outdated'),
  );

  const withdrawn = await change(person, { assistant: false }, '2020-01-01');
  assert.equal(consentsOf(withdrawn).states.assistant, 'withdrawn');
  assert.equal((await rowsOf(person))[1].notice_version, privacyNotice.version, 'the notice in force');
});

test('400: no purpose, an unknown one, a purpose without a word, or no version', async () => {
  const { accessToken: token } = await world.auth.signUp();
  const noticeVersion = privacyNotice.version;
  for (const body of [
    { noticeVersion, agrees: {} },
    { noticeVersion, agrees: { operation: true } },
    { noticeVersion, agrees: { assistant: 'yes' } },
    { noticeVersion, agrees: { assistant: null } },
    { agrees: { assistant: true } },
    { noticeVersion: 'latest', agrees: { assistant: true } },
    { noticeVersion, agrees: { assistant: true }, userId: 'usr_1' },
  ]) {
    const answer = await world.auth.call('PUT', '/v1/consents', { token, body });
    assert.deepEqual([answer.status, codeOf(answer)], [400, 'request.invalid'], JSON.stringify(body));
  }
});

test('every way to a token says what its person agrees to at that moment (PRIV-2)', async () => {
  const { auth } = world;
  const expected = ['assistant', 'appointments'];
  const agree = (token: string) => changeConsents(auth, token, { assistant: true, appointments: true });

  const plain = await auth.signUp();
  await agree(plain.accessToken);
  const apiKey = await createKey(world, plain, { scopes: ['chat.own.use'] });
  const tokens: Record<string, string> = {
    login: grantOf(await auth.login(plain.account.email)).accessToken,
    refresh: (await refresh(plain)).accessToken,
    'refresh that lost a race': (await refresh(plain)).accessToken,
    'step-up': accessTokenOf(
      await stepUp(auth, plain.accessToken, { method: 'password', password: 'Correct-Horse-7' }),
    ),
    'API key': accessTokenOf(await auth.call('POST', '/v1/api-key-exchange', { body: { key: apiKey.key } })),
  };
  const withTotp = await newPersonWithTotp(auth);
  await agree(withTotp.token);
  const { ticket } = await passPassword(auth, withTotp.email);
  const proof = { method: 'totp', oneTimeCode: withTotp.totp.code() };
  tokens['second factor'] = grantOf(await passSecondFactor(auth, ticket, proof)).accessToken;
  const withPasskey = await newPersonWithPasskey(auth);
  await agree(withPasskey.token);
  const started = await ceremony(auth, '/v1/login/passkey/options');
  const response = withPasskey.authenticator.authenticate(started.options);
  const body = { ticket: started.ticket, response };
  tokens.passkey = grantOf(await auth.call('POST', '/v1/login/passkey', { body })).accessToken;

  for (const [way, token] of Object.entries(tokens)) assert.deepEqual(agreed(token), expected, way);
});

test('attack: an API key of somebody who agreed to nothing, or withdrew, gives tokens for nothing; it agrees to nothing itself (PRIV-2, AUTH-12)', async () => {
  const { auth } = world;
  const person = await auth.signUp();
  const { key } = await createKey(world, person, { scopes: ['chat.own.use', 'task.own.change', 'booking.own.change'] });
  const exchange = async () =>
    accessGrantSchema.parse((await auth.call('POST', '/v1/api-key-exchange', { body: { key } })).body).accessToken;

  const token = await exchange();
  assert.deepEqual(agreed(token), []);
  const refused = await changeConsents(auth, token, { assistant: true });
  assert.deepEqual([refused.status, codeOf(refused)], [403, 'access.permission-denied']);

  await change(person, { assistant: true });
  const agreeing = await exchange();
  assert.deepEqual(agreed(agreeing), ['assistant']);
  await change(person, { assistant: false });
  assert.equal(codeOf(await read(agreeing)), 'auth.token-invalid', 'the key’s older token is outdated, too');
  assert.deepEqual(agreed(await exchange()), []);
});

test('attack: a refresh under way while its person withdraws brings no good token with the old consent (PRIV-2)', async () => {
  for (let round = 0; round < 20; round += 1) {
    const first = await world.auth.signUp();
    await change(first, { assistant: true });
    const person = await refresh(first);

    const [withdrawn, refreshed] = await Promise.all([
      change(person, { assistant: false }),
      world.auth.refresh(person.refreshToken),
    ]);

    assert.equal(withdrawn.status, 200, withdrawn.text);
    const { con, ver } = consentClaimsOf(grantOf(refreshed).accessToken);
    const isDenied = ver <= consentClaimsOf(person.accessToken).ver;
    assert.ok(isDenied || con.length === 0, `version ${ver} agrees to ${con}`);
  }
});

test('two changes of mind at once come one after the other: the last entry is what counts', async () => {
  for (let round = 0; round < 8; round += 1) {
    const person = await world.auth.signUp();
    await change(person, { assistant: true });
    await Promise.all([
      change(person, { assistant: false, appointments: true }),
      change(person, { assistant: true, appointments: false }),
    ]);

    const { accessToken } = grantOf(await world.auth.login(person.account.email));
    const { states, history } = consentsOf(await read(accessToken));
    for (const purpose of consentPurposes) {
      const last = history.find((entry) => entry.purpose === purpose)?.act ?? 'never';
      assert.equal(states[purpose], last, purpose);
    }
    assert.deepEqual(
      agreed(accessToken),
      consentPurposes.filter((purpose) => states[purpose] === 'given'),
    );
  }
});

test('a consent to a notice that is too old is in no token until it is given again (PRIV-2)', async () => {
  const person = await world.auth.signUp();
  await change(person, { assistant: true, appointments: true });
  const { ownerPool } = world.database;
  const aged = "UPDATE consents SET notice_version = '2026-01-01' WHERE user_id = $1 AND purpose = 'assistant'";
  await ownerPool.query(aged, [person.account.id]);

  assert.equal(consentsOf(await read(person.accessToken)).states.assistant, 'outdated');
  const next = await refresh(person);
  assert.deepEqual(agreed(next.accessToken), ['appointments']);
  assert.equal(consentsOf(await change(next, { assistant: true })).states.assistant, 'given');
  assert.deepEqual(agreed((await refresh(next)).accessToken), ['assistant', 'appointments']);
});

test('attack: the service cannot change the ledger, not even with a query of an attacker’s own (PRIV-2)', async () => {
  const person = await world.auth.signUp();
  await change(person, { assistant: true });
  const before = await rowsOf(person);

  for (const statement of [
    "UPDATE consents SET act = 'given'",
    'UPDATE consents SET at = now()',
    'DELETE FROM consents',
    'TRUNCATE consents',
    'SELECT erase_consents_of_deleted()',
    'ALTER TABLE users DISABLE TRIGGER ALL',
    "INSERT INTO consents (id, user_id, purpose, act, notice_version, session_id, at) OVERRIDING SYSTEM VALUE VALUES (1, 'x', 'x', 'given', '2026-01-01', 'x', now())",
  ]) {
    await assert.rejects(world.database.pool.query(statement), statement);
  }
  assert.deepEqual(await rowsOf(person), before);
});

test('the ledger of a person goes with their account, and nobody else’s does (PRIV-4)', async () => {
  const [leaver, other, admin] = [await world.auth.signUp(), await world.auth.signUp(), await signUpAs(world, 'admin')];
  for (const person of [leaver, other]) await change(person, { assistant: true });

  assert.equal((await actOn(world, admin, 'suspend', other)).status, 200);
  assert.equal((await actOn(world, admin, 'delete', leaver)).status, 204);

  assert.deepEqual(await rowsOf(leaver), []);
  assert.equal((await rowsOf(other)).length, 1);
});

test('PRIN-7: a consent that cannot be recorded is none', async () => {
  const person = await world.auth.signUp();
  await world.database.ownerPool.query('ALTER TABLE outbox RENAME TO outbox_away');
  try {
    assert.equal((await change(person, { assistant: true })).status, 500);
  } finally {
    await world.database.ownerPool.query('ALTER TABLE outbox_away RENAME TO outbox');
  }
  assert.deepEqual(await rowsOf(person), []);
});
