import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { listen, waitFor } from '@todo-chatbot/local-platform/testing';
import express from 'express';
import { z } from 'zod';
import {
  createTokenVerifier,
  defineRoute,
  mountRoutes,
  newAuditEvent,
  notFoundHandler,
  ProblemError,
  problemHandler,
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
  {
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
  },
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

test('an audit event says who, from where and what, and its input is masked (AUD-2)', () => {
  const about = {
    action: 'task.create',
    category: 'data-change',
    success: true,
    retentionClass: 'task-execution',
  } as const;
  const user = {
    userId: issuer.userId,
    sessionId: issuer.sessionId,
    roles: [],
    scopes: null,
    consents: [],
    accessVersion: 0,
    authenticatedAt: null,
    tokenId: 't',
    keyId: 'k',
    expiresAt: new Date(),
  };
  // Some programs tell whom to write to; and anybody may have it say anything.
  const userAgent = `Bot/1.0 (jane.doe@example.com) ${'x '.repeat(200)}`;
  const context = { ...serviceContext('task'), user, client: { address: '203.0.113.0', userAgent } };
  const event = newAuditEvent({ ...about, context, input: { to: 'jane.doe@example.com', count: 2 } });
  const { data } = z.object({ data: z.record(z.string(), z.unknown()) }).parse(event);
  assert.equal(event.subject, issuer.userId);
  assert.deepEqual(data.actor, { type: 'user', id: issuer.userId });
  assert.deepEqual(data.input, { to: 'j***@example.com', count: 2 });
  const masked = userAgent.slice(0, 300).replace('jane.doe@', 'j***@');
  assert.deepEqual(data.metadata, { address: '203.0.113.0', userAgent: masked });
  const browser =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
  const client = { address: null, userAgent: browser };
  assert.ok(JSON.stringify(newAuditEvent({ ...about, context: { ...context, client } })).includes(browser));
  assert.equal(newAuditEvent({ ...about, context: serviceContext('task') }).subject, 'task');
  const anonymous = newAuditEvent({ ...about, context: { ...context, user: null, origin: 'request' } });
  assert.equal(anonymous.subject, 'anonymous');
  assert.throws(() => newAuditEvent(about), TypeError);
});
