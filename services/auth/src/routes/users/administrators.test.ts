import assert from 'node:assert/strict';
import test, { afterEach, beforeEach } from 'node:test';
import { auditEventDataSchema, type TokenGrant } from '@todo-chatbot/contracts';
import { codeOf } from '@todo-chatbot/local-platform/testing';
import { outboxEvents, startAuthOnNewDatabase } from '../../testing/harness.ts';
import { actOn, signUpAs, userOf } from '../../testing/people.ts';

// Each test has a platform of its own: who is the last administrator depends on everybody there.
let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
beforeEach(async () => {
  world = await startAuthOnNewDatabase();
});
afterEach(() => world.close());

const acts = ['roles', 'suspend', 'delete'] as const;
const refusalOf = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer;
  return [status, codeOf({ body })];
};

async function activeAdministrators(): Promise<number> {
  const { rows } = await world.database.ownerPool.query(
    "SELECT id FROM users WHERE status = 'active' AND 'admin' = ANY (roles)",
  );
  return rows.length;
}

for (const act of acts) {
  test(`attack: two administrators ${act === 'roles' ? 'demote' : act} one another at the same moment: one is left (AUTH-10)`, async () => {
    for (let round = 0; round < 4; round += 1) {
      const [one, other] = await Promise.all([signUpAs(world, 'admin'), signUpAs(world, 'admin')]);
      await retire([one, other]);

      const answers = await Promise.all([actOn(world, one, act, other), actOn(world, other, act, one)]);

      assert.equal(await activeAdministrators(), 1, `round ${round}`);
      const codes = answers.filter(({ status }) => status >= 400).map((answer) => codeOf(answer));
      // Whoever comes later is refused as the last one, or is no administrator any more when their request is checked.
      assert.equal(codes.length, 1);
      assert.ok(['user.last-admin', 'auth.token-invalid'].includes(codes[0] ?? ''), codes[0]);
    }
  });
}

/** Leaves the given as the only administrators. */
async function retire(staying: readonly TokenGrant[]): Promise<void> {
  await world.database.ownerPool.query("UPDATE users SET roles = ARRAY['user'] WHERE NOT id = ANY ($1)", [
    staying.map((grant) => grant.account.id),
  ]);
}

test('409: the last administrator is refused while other ones are suspended, and the refusal is recorded', async () => {
  const last = await signUpAs(world, 'admin');
  const suspended = await signUpAs(world, 'admin');
  // Somebody who was an administrator until a moment ago, and whose request is under way.
  const leaving = await signUpAs(world, 'admin');
  await actOn(world, last, 'suspend', suspended);
  await world.database.ownerPool.query("UPDATE users SET roles = ARRAY['user'] WHERE id = $1", [leaving.account.id]);

  for (const act of acts) {
    assert.deepEqual(await refusalOf(actOn(world, leaving, act, last)), [409, 'user.last-admin'], act);
  }
  assert.equal(await activeAdministrators(), 1);
  const failures = (await outboxEvents(world.database))
    .flatMap(({ type, data }) => (type === 'audit.recorded.v1' ? [auditEventDataSchema.parse(data)] : []))
    .filter(({ reason }) => reason === 'user.last-admin');
  assert.deepEqual(
    failures.map(({ action, category, object, success }) => [action, category, object?.id, success]),
    acts.map((act) => [act === 'roles' ? 'user.set-roles' : `user.${act}`, 'administration', last.account.id, false]),
  );
});

test('200: with another one left, an administrator can be demoted, and a suspended one deleted', async () => {
  const one = await signUpAs(world, 'admin');
  const other = await signUpAs(world, 'admin');
  const third = await signUpAs(world, 'admin');

  assert.deepEqual(userOf(await actOn(world, one, 'roles', other)).roles, ['user']);
  assert.equal((await actOn(world, one, 'suspend', third)).status, 200);
  assert.equal((await actOn(world, one, 'delete', third)).status, 204);
  assert.equal(await activeAdministrators(), 1);
});

test('attack: nobody promotes, suspends or deletes themselves (AUTH-10)', async () => {
  const admin = await signUpAs(world, 'admin');
  await signUpAs(world, 'admin');

  for (const act of acts) {
    const answer = actOn(world, admin, act, admin, ['admin', 'editor']);
    assert.deepEqual(await refusalOf(answer), [409, 'user.own-account'], act);
  }
});

test('attack: a role that no administrator gives is refused: service, user, an unknown one, or one twice over', async () => {
  const admin = await signUpAs(world, 'admin');
  const person = await signUpAs(world);

  for (const role of ['service', 'user', 'root', 'Admin', 'admin ', '', null]) {
    const answer = world.auth.call('PUT', `/v1/users/roles/${person.account.id}`, {
      token: admin.accessToken,
      body: { roles: [role] },
    });
    assert.deepEqual(await refusalOf(answer), [400, 'request.invalid'], String(role));
  }
  const tooMany = actOn(world, admin, 'roles', person, ['admin', 'admin', 'admin', 'admin']);
  assert.deepEqual(await refusalOf(tooMany), [400, 'request.invalid']);
  assert.deepEqual(userOf(await actOn(world, admin, 'roles', person, ['viewer', 'viewer'])).roles, ['user', 'viewer']);
});

test('attack: user, viewer and editor promote nobody, themselves least of all (AUTH-10)', async () => {
  const admin = await signUpAs(world, 'admin');
  for (const attacker of [await signUpAs(world), await signUpAs(world, 'viewer'), await signUpAs(world, 'editor')]) {
    for (const target of [attacker, admin]) {
      for (const act of ['roles', 'suspend', 'reinstate', 'end-sessions', 'delete'] as const) {
        const answer = actOn(world, attacker, act, target, ['admin']);
        assert.deepEqual(await refusalOf(answer), [403, 'access.permission-denied'], act);
      }
    }
  }
  assert.equal(await activeAdministrators(), 1);
});

test('attack: an administrator demoted a moment ago is refused with the token from before (AUTH-11)', async () => {
  const admin = await signUpAs(world, 'admin');
  const demoted = await signUpAs(world, 'admin');
  await actOn(world, admin, 'roles', demoted);

  assert.deepEqual(await refusalOf(actOn(world, demoted, 'suspend', admin)), [401, 'auth.token-invalid']);
});

test('attack: a sign-in that races a suspension leaves no session that outlives it (AUTH-11)', async () => {
  const admin = await signUpAs(world, 'admin');
  for (let round = 0; round < 5; round += 1) {
    const person = await signUpAs(world);
    const [login] = await Promise.all([
      world.auth.login(person.account.email),
      // Meets the sign-in after its check of the password, which takes about this long.
      world.auth.login(person.account.email, 'Wrong-Password-1').then(() => actOn(world, admin, 'suspend', person)),
    ]);
    await actOn(world, admin, 'reinstate', person);

    const { rows } = await world.database.ownerPool.query(
      'SELECT id FROM sessions WHERE user_id = $1 AND revoked_at IS NULL',
      [person.account.id],
    );
    assert.equal(rows.length, 0, `round ${round}: sign-in answered ${login.status}`);
  }
});
