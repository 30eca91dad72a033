import assert from 'node:assert/strict';
import test, { after, before, beforeEach } from 'node:test';
import { auditEventDataSchema, type jwksSchema } from '@todo-chatbot/contracts';
import { codeOf, testAudience, testIssuerName } from '@todo-chatbot/local-platform/testing';
import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { z } from 'zod';
import {
  goodPassword,
  grantOf,
  outboxEvents,
  startAuthOnNewDatabase,
  takeEventNames,
  uniqueEmail,
} from '../../testing/harness.ts';
import { openAudit } from '../../testing/openAudit.ts';

let world: Awaited<ReturnType<typeof startAuthOnNewDatabase>>;
before(async () => {
  world = await startAuthOnNewDatabase();
});
after(() => world.close());
beforeEach(() => takeEventNames(world.database));

test('AUTH-1, 200: the access token is RS256 of type at+jwt with every claim, and lives 30 minutes', async () => {
  const grant = await world.auth.signUp();
  const jwks: z.infer<typeof jwksSchema> = JSON.parse((await world.auth.call('GET', '/v1/jwks')).text);

  const { payload, protectedHeader } = await jwtVerify(grant.accessToken, createLocalJWKSet(jwks), {
    algorithms: ['RS256'],
    issuer: testIssuerName,
    audience: testAudience,
    typ: 'at+jwt',
  });

  // Beside the key that signs there is one that waits.
  const signer = jwks.keys.find(({ kid }) => kid === protectedHeader.kid);
  assert.deepEqual(protectedHeader, { alg: 'RS256', typ: 'at+jwt', kid: await calculateJwkThumbprint(signer ?? {}) });
  const { iat, exp, jti, auth_time: provedAt, ...rest } = payload;
  assert.deepEqual(rest, {
    iss: testIssuerName,
    aud: testAudience,
    sub: grant.account.id,
    sid: grant.sessionId,
    roles: ['user'],
    con: [],
    ver: 0,
  });
  assert.ok(Math.abs(Number(provedAt) - Number(iat)) <= 1);
  assert.equal(Number(exp) - Number(iat), 1800);
  assert.match(String(jti), /^tok_/);
  assert.deepEqual(Object.keys(payload).sort(), [
    'aud',
    'auth_time',
    'con',
    'exp',
    'iat',
    'iss',
    'jti',
    'roles',
    'sid',
    'sub',
    'ver',
  ]);
});

test('AUTH-1: two sign-ins have two sessions and two token ids', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });

  const first = grantOf(await world.auth.login(email));
  const second = grantOf(await world.auth.login(email));

  assert.notEqual(first.sessionId, second.sessionId);
  assert.notEqual(first.refreshToken, second.refreshToken);
  assert.equal(decodeProtectedHeader(first.accessToken).kid, decodeProtectedHeader(second.accessToken).kid);
});

test('AUTH-3, 200: the refresh token is 32 opaque bytes and lives 7 days', async () => {
  const grant = await world.auth.signUp();

  assert.match(grant.refreshToken, /^[\w-]{43}$/);
  assert.equal(grant.refreshExpiresIn, 7 * 24 * 60 * 60);
  assert.equal(grant.expiresIn, 1800);
});

test('AUTH-14, PRIN-7: success is recorded with person and session in the transaction of the session', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });
  await takeEventNames(world.database);

  const grant = grantOf(await world.auth.login(email));

  const events = await outboxEvents(world.database);
  assert.equal(events.length, 1);
  const audit = auditEventDataSchema.parse(events[0]?.data);
  assert.equal(audit.action, 'auth.login');
  assert.equal(audit.success, true);
  assert.deepEqual(audit.actor, { type: 'user', id: grant.account.id });
  assert.equal(audit.sessionId, grant.sessionId);
  assert.deepEqual([audit.input, audit.metadata.userAgent], [{ email: null }, null]);
  assert.deepEqual(await openAudit(world.auth, events[0]), {
    'input.email': 'p***@example.com',
    'metadata.userAgent': 'test-browser/1',
  });
});

test('AUTH-14, 401: a wrong password is recorded against the account, an unknown address against nobody', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });
  await takeEventNames(world.database);

  const wrong = await world.auth.login(email, 'Wrong-Password-1');
  const unknown = await world.auth.login(uniqueEmail());

  assert.deepEqual([wrong.status, unknown.status], [401, 401]);
  const events = await outboxEvents(world.database);
  const audits = events.map((event) => auditEventDataSchema.parse(event.data));
  assert.deepEqual(
    audits.map((audit) => [audit.action, audit.success, audit.reason, audit.object?.type ?? null, audit.actor.type]),
    [
      ['auth.login', false, 'auth.invalid-credentials', 'user', 'anonymous'],
      ['auth.login', false, 'auth.invalid-credentials', null, 'anonymous'],
    ],
  );
  // What came from a stranger to an account is sealed for its owner; of what concerns nobody, nothing personal is kept (AUD-4).
  const [toOwner, toNobody] = await Promise.all(events.map((event) => openAudit(world.auth, event)));
  assert.deepEqual(toOwner, { 'input.email': 'p***@example.com', 'metadata.userAgent': 'test-browser/1' });
  assert.deepEqual(toNobody, {});
  assert.doesNotMatch(JSON.stringify(events), /example\.com|test-browser/);
});

test('AUTH-5, 401: what follows the 72 bytes that bcrypt reads is not ignored', async () => {
  const email = uniqueEmail();
  const password = `Aa1${'x'.repeat(69)}`;
  await world.auth.register({ email, password });

  assert.equal((await world.auth.login(email, password)).status, 200);
  assert.equal((await world.auth.login(email, `${password}y`)).status, 401);
});

test('400: a body that does not fit the schema', async () => {
  const answer = await world.auth.call('POST', '/v1/login', { body: { email: uniqueEmail() } });

  assert.equal(answer.status, 400);
  assert.equal(codeOf(answer), 'request.invalid');
});

test('403: any caller but the gateway', async () => {
  assert.equal((await world.auth.call('POST', '/v1/login', { caller: 'audit', body: {} })).status, 403);
});

test('attack: user enumeration by status, body or headers finds no difference (AUTH-6)', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });
  const visible = async (answer: Promise<{ status: number; headers: Headers; body: unknown }>) => {
    const { status, headers, body } = await answer;
    const fixed = z.looseObject({}).parse(body);
    return {
      status,
      headers: [...headers].filter(([name]) => name !== 'date' && name !== 'etag'),
      body: { ...fixed, traceId: undefined, instance: undefined },
    };
  };

  const wrongPassword = await visible(world.auth.login(email, 'Wrong-Password-1'));
  const tooLong = await visible(world.auth.login(email, 'x'.repeat(200)));
  const unknownPerson = await visible(world.auth.login(uniqueEmail(), 'Wrong-Password-1'));

  assert.equal(wrongPassword.status, 401);
  assert.deepEqual(unknownPerson, wrongPassword);
  assert.deepEqual(tooLong, wrongPassword);
});

test('attack: a login flood is refused with 503 and Retry-After, and the event loop goes on answering (AUTH-5)', async () => {
  const email = uniqueEmail();
  await world.auth.register({ email });
  await takeEventNames(world.database);
  const flood = Array.from({ length: 60 }, () => world.auth.login(uniqueEmail(), 'Wrong-Password-1'));
  const delays: number[] = [];
  let isFlooded = true;
  const watching = (async () => {
    while (isFlooded) {
      const start = performance.now();
      await world.auth.call('GET', '/v1/jwks');
      delays.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();

  const answers = await Promise.all(flood);
  isFlooded = false;
  await watching;

  const busy = answers.filter((answer) => answer.status === 503);
  const checked = answers.filter((answer) => answer.status === 401);
  assert.equal(busy.length + checked.length, 60);
  assert.equal(checked.length >= 18, true, 'two at work and sixteen waiting are all served');
  assert.equal(busy.length >= 30, true, `only ${busy.length} refused`);
  for (const answer of busy) {
    assert.equal(codeOf(answer), 'auth.busy');
    assert.equal(answer.headers.get('retry-after'), '3');
  }
  assert.ok(delays.length >= 5);
  const median = delays.toSorted((a, b) => a - b)[Math.floor(delays.length / 2)] ?? Number.POSITIVE_INFINITY;
  assert.ok(median < 200, `another request took ${median} ms at the median`);
  assert.equal((await takeEventNames(world.database)).length, 60, 'each attempt is recorded (AUTH-14)');
  assert.equal((await world.auth.login(email, goodPassword)).status, 200, 'and afterwards all is as before');
});
