import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, test } from 'node:test';
import { auditEventDataSchema, auditScopeOf, type CloudEvent, newId } from '@todo-chatbot/contracts';
import { listen, waitFor } from '@todo-chatbot/local-platform/testing';
import express from 'express';
import { z } from 'zod';
import {
  createAuditBoxes,
  createPersonBox,
  createTokenVerifier,
  defineRoute,
  mountRoutes,
  newAuditEvent,
  notFoundHandler,
  type PersonBoxes,
  ProblemError,
  placeOfAuditField,
  problemHandler,
  type RequestContext,
  SealBroken,
  serviceContext,
  systemClock,
  truncateAddress,
} from '../src/index.ts';
import { capturingLogger, keysOf, testIssuer } from './support.ts';

const item = z.strictObject({ name: z.string() });

test('a handler has the types that its schemas promise', () => {
  const common = { operation: 'op', method: 'POST', path: '/v1/items/:id' } as const;
  defineRoute({
    ...common,
    permission: 'task.own.change',
    request: { body: item, params: z.object({ id: z.string() }), headers: z.object({ 'idempotency-key': z.string() }) },
    responses: { 201: item, 204: z.undefined() },
    handler: async ({ body, params, query, headers, user, caller }) => {
      query satisfies undefined;
      const texts: string[] = [body.name, params.id, headers['idempotency-key'], user.userId, caller ?? ''];
      return texts.includes('') ? { status: 204 } : { status: 201, body };
    },
  });
  defineRoute({
    ...common,
    permission: null,
    responses: { 200: item },
    // @ts-expect-error the body has another shape
    handler: async ({ user }) => ({ status: 200, body: { nam: user satisfies null } }),
  });
  defineRoute({
    ...common,
    permission: null,
    responses: { 200: item },
    // @ts-expect-error the status is not declared
    handler: async () => ({ status: 201, body: { name: '' } }),
  });
  defineRoute({
    ...common,
    permission: null,
    // @ts-expect-error nobody is signed in who could have agreed
    purpose: 'assistant',
    responses: { 200: item },
    handler: async () => ({ status: 200, body: { name: '' } }),
  });
  const route = defineRoute({
    ...common,
    permission: 'task.own.read',
    raw: true,
    handler: async ({ res, user }) => {
      // @ts-expect-error somebody is signed in
      user satisfies null;
      res.end();
    },
  });
  assert.equal(route.raw, true);
});

const issuer = await testIssuer();
const { logger, lines } = capturingLogger();
const recorded: string[] = [];
const held: (() => void)[] = [];
const app = express();
app.disable('x-powered-by');
const doorOptions: Parameters<typeof mountRoutes>[2] = {
  service: 'chat-gateway',
  logger,
  tokens: createTokenVerifier({
    issuer: 'https://todo-chatbot.local',
    audience: 'todo-chatbot',
    keys: keysOf(issuer),
    denySet: { denies: () => false },
    clock: systemClock,
  }),
  clock: systemClock,
  accessToken: (req) => /access=([^;]+)/.exec(req.headers.cookie ?? '')?.[1],
  client: (req) => ({ address: truncateAddress(req.socket.remoteAddress), userAgent: null }),
  recordDenial: async (denial) => {
    recorded.push(denial.code);
    await new Promise<void>((resolve) => void held.push(resolve));
  },
};
mountRoutes(
  app,
  [
    defineRoute({
      operation: 'whoAmI',
      method: 'GET',
      path: '/me',
      permission: 'account.own.read',
      request: { headers: z.object({ cookie: z.string() }) },
      responses: { 200: z.strictObject({ id: z.string(), address: z.string().nullable(), caller: z.null() }) },
      handler: async ({ user, context, caller }) => ({
        status: 200,
        body: { id: user.userId, address: context.client.address, caller: z.null().parse(caller) },
      }),
    }),
    defineRoute({
      operation: 'tear',
      method: 'GET',
      path: '/torn',
      permission: null,
      raw: true,
      handler: async ({ res }) => {
        res.write('half');
        throw new Error('broke');
      },
    }),
    defineRoute({
      operation: 'busy',
      method: 'GET',
      path: '/busy',
      permission: null,
      raw: true,
      handler: async () => {
        throw new ProblemError('request.rate-limited', { retryAfterSeconds: 7, detail: 'Slow down' });
      },
    }),
  ],
  doorOptions,
);
app.use(notFoundHandler);
app.use(problemHandler({ logger }));
const door = await listen(app);
after(() => door.close());

test('the public door may take the token from a cookie, and knows no calling service', async () => {
  const response = await fetch(`${door.url}/me`, { headers: { cookie: `access=${await issuer.token()}` } });
  assert.deepEqual(await response.json(), { id: issuer.userId, address: '127.0.0.0', caller: null });
});

test('a refusal with a wait says so in header and body, an unknown path is a 404 (RFC 9457)', async () => {
  const busy = await fetch(`${door.url}/busy`);
  assert.deepEqual([busy.status, busy.headers.get('retry-after')], [429, '7']);
  assert.equal(busy.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  assert.deepEqual(await busy.json(), {
    type: 'urn:todo-chatbot:error:request.rate-limited',
    title: 'Too many requests',
    status: 429,
    code: 'request.rate-limited',
    detail: 'Slow down',
    instance: '/busy',
    retryAfterSeconds: 7,
  });
  assert.equal((await fetch(`${door.url}/nowhere`)).status, 404);
});

test('an answer that breaks off half-way does not look like a whole one', async () => {
  await assert.rejects(async () => await (await fetch(`${door.url}/torn`)).text());
});

test('attack: a flood of bad tokens does not become a flood of audit transactions', async () => {
  await Promise.all(
    Array.from({ length: 60 }, async () => {
      const response = await fetch(`${door.url}/me`, { headers: { cookie: 'access=abc' } });
      assert.equal(response.status, 401);
      await response.body?.cancel();
    }),
  );
  assert.equal(recorded.length, 20);
  assert.equal(lines.filter((line) => line.includes('access was denied')).length, 60);
  for (const release of held.splice(0)) release();
  await waitFor('room for the next', async () => {
    const response = await fetch(`${door.url}/me`, { headers: { cookie: 'access=abc' } });
    await response.body?.cancel();
    return recorded.length > 20;
  });
});

const about = {
  action: 'task.create',
  category: 'data-change',
  success: true,
  retentionClass: 'task-execution',
} as const;
const person = {
  userId: newId('user'),
  sessionId: newId('session'),
  roles: [],
  scopes: null,
  consents: [],
  accessVersion: 0,
  authenticatedAt: null,
  tokenId: 't',
  keyId: 'k',
  expiresAt: new Date(),
};
const boxOf = (personId: string) =>
  createPersonBox({ personId, scope: auditScopeOf('task'), key: hash('sha256', personId, 'buffer') });

/** A request of a person in which the boxes of some people are at hand. */
async function requestOf(userAgent: string, prepared: readonly string[]): Promise<RequestContext> {
  const auditBoxes = createAuditBoxes({ boxes: { of: async (personId) => boxOf(personId) }, logger });
  for (const personId of prepared) await auditBoxes.prepare(personId);
  return { ...serviceContext('task'), user: person, client: { address: '203.0.113.0', userAgent }, auditBoxes };
}

/** What an audit event says, and what its boxes open to. */
function readAudit(event: CloudEvent, personId: string) {
  const data = auditEventDataSchema.parse(event.data);
  const opened = Object.entries(data.sealed ?? {}).map(([field, box]) => [
    field,
    boxOf(personId).open(placeOfAuditField(event.id, field), Buffer.from(box, 'base64')),
  ]);
  return { data, opened: Object.fromEntries(opened) };
}

test('an audit event says who, from where and what, and its input is masked (AUD-2)', () => {
  const context = {
    ...serviceContext('task'),
    user: person,
    client: { address: '203.0.113.0', userAgent: 'browser/1' },
  };
  const event = newAuditEvent({ ...about, context, input: { to: 'jane.doe@example.com', count: 2 } });
  const { data } = readAudit(event, person.userId);
  assert.equal(event.subject, person.userId);
  assert.deepEqual(data.actor, { type: 'user', id: person.userId });
  assert.deepEqual(data.input, { to: 'j***@example.com', count: 2 });
  assert.equal(newAuditEvent({ ...about, context: serviceContext('task') }).subject, 'task');
  const anonymous = newAuditEvent({ ...about, context: { ...context, user: null, origin: 'request' } });
  assert.equal(anonymous.subject, 'anonymous');
  assert.throws(() => newAuditEvent(about), TypeError);
});

test('what is personal in an audit event is masked and sealed for that event and person (AUD-4)', async () => {
  // Some programs tell whom to write to; and anybody may have it say anything.
  const userAgent = `Bot/1.0 (jane.doe@example.com) ${'x '.repeat(200)}`;
  const context = await requestOf(userAgent, [person.userId]);
  const personalInput = { email: 'jane.doe@example.com', phone: null };
  const event = newAuditEvent({ ...about, context, input: { count: 2 }, personalInput });
  const { data, opened } = readAudit(event, person.userId);
  assert.deepEqual(data.input, { count: 2, email: null, phone: null });
  assert.deepEqual(data.metadata, { address: '203.0.113.0', userAgent: null });
  assert.deepEqual(opened, {
    'metadata.userAgent': userAgent.slice(0, 300).replace('jane.doe@', 'j***@'),
    'input.email': 'j***@example.com',
  });
  assert.doesNotMatch(JSON.stringify(event), /Bot|example\.com/);
  const other = newAuditEvent({ ...about, context, personalInput });
  assert.throws(() => readAudit({ ...other, id: event.id }, person.userId), SealBroken, 'moved to another event');
});

test('what is personal is sealed for whom the act is about, where nobody is known to act (AUD-4)', async () => {
  const [owner, context] = [newId('user'), await requestOf('browser/1', [])];
  await context.auditBoxes?.prepare(owner);
  const object = { type: 'user', id: owner };
  const guess = newAuditEvent({ ...about, context: { ...context, user: null, origin: 'request' }, object });
  assert.deepEqual(readAudit(guess, owner).opened, { 'metadata.userAgent': 'browser/1' });
  const act = newAuditEvent({ ...about, context, object });
  assert.equal(readAudit(act, owner).data.sealed, undefined, 'what somebody else does is theirs');
});

test('attack: without a key, what is personal is left out and never plain: strangers, events, auth that is down (AUD-4)', async () => {
  const personalInput = { email: 'j***@example.com' };
  const prepared = await requestOf('browser/1', [person.userId]);
  const away = createAuditBoxes({
    boxes: { of: () => Promise.reject(new ProblemError('upstream.unavailable')) },
    logger,
  });
  await away.prepare(person.userId);
  for (const context of [
    { ...prepared, user: null },
    { ...prepared, user: { ...person, userId: newId('user') } },
    { ...prepared, auditBoxes: away },
    serviceContext('task', 'event'),
  ]) {
    const { data } = readAudit(newAuditEvent({ ...about, context, personalInput }), person.userId);
    assert.deepEqual([data.sealed, data.input, data.metadata.userAgent], [undefined, { email: null }, null]);
  }
});

test('the box of whoever is signed in is at hand in a route, and a key that cannot be had refuses nobody (AUD-4)', async () => {
  const asked: string[] = [];
  let isAway = false;
  const boxes: PersonBoxes = {
    async of(personId) {
      asked.push(personId);
      if (isAway) throw new ProblemError('upstream.unavailable');
      return boxOf(personId);
    },
  };
  const router = express();
  const route = defineRoute({
    operation: 'audit',
    method: 'GET',
    path: '/audit',
    permission: 'account.own.read',
    responses: { 200: z.strictObject({ isSealed: z.boolean() }) },
    handler: async () => {
      const event = newAuditEvent(about);
      return { status: 200, body: { isSealed: auditEventDataSchema.parse(event.data).sealed !== undefined } };
    },
  });
  mountRoutes(router, [route], {
    ...doorOptions,
    client: () => ({ address: null, userAgent: 'browser/1' }),
    auditBoxes: boxes,
  });
  const served = await listen(router);
  try {
    const headers = { cookie: `access=${await issuer.token()}` };
    const ask = async () => await (await fetch(`${served.url}/audit`, { headers })).json();
    assert.deepEqual(await ask(), { isSealed: true });
    isAway = true;
    assert.deepEqual(await ask(), { isSealed: false });
    assert.deepEqual(asked, [issuer.userId, issuer.userId]);
  } finally {
    await served.close();
  }
});
