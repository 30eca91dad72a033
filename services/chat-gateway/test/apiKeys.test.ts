import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import {
  type AccessGrant,
  type ApiKeyScope,
  apiKeyTextOf,
  exchangeApiKeyRequestSchema,
  newId,
  problemSchema,
} from '@todo-chatbot/contracts';
import { createTestClock, createTestIssuer, waitFor } from '@todo-chatbot/local-platform/testing';
import { ProblemError } from '@todo-chatbot/service-kit';
import { createApiKeyTokens } from '../src/adapters/apiKeyTokens.ts';
import { type Answer, type Gateway, startGateway } from './support/gateway.ts';

const newKey = () => apiKeyTextOf(randomBytes(32).toString('base64url'));
const outcomeOf = ({ status, body }: Answer) => [status, status < 400 ? null : problemSchema.parse(body).code];

/** A key that the fake `auth` exchanges, with what it gives. */
async function addKey(gateway: Gateway, { scopes = ['task.own.read'] }: { scopes?: ApiKeyScope[] } = {}) {
  const key = newKey();
  const [keyId, userId] = [newId('apiKey'), newId('user')];
  const exchange = async (): Promise<AccessGrant> => ({
    accessToken: await gateway.mesh.tokenFor({ userId, sessionId: keyId, scopes, lifetimeSeconds: 300 }),
    expiresIn: 300,
    sessionId: keyId,
  });
  gateway.mesh.apiKeys.set(key, exchange);
  return { key, keyId, userId, exchange };
}

const exchangesOf = (gateway: Gateway, key: string) =>
  gateway.mesh
    .callsTo('auth', 'POST')
    .filter(({ path }) => path === '/v1/api-key-exchange')
    .filter(({ body }) => exchangeApiKeyRequestSchema.parse(body).key === key).length;

describe('API keys at the door (AUTH-12)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway();
  });
  afterEach(() => gateway.mesh.down.clear());
  after(() => gateway.close());

  const tasks = (token: string) => gateway.call('GET', '/api/v1/tasks', { token });

  it('are exchanged once for many requests, and what goes on is the token, never the key', async () => {
    const { key, keyId } = await addKey(gateway);

    for (let round = 0; round < 3; round += 1) assert.deepEqual(outcomeOf(await tasks(key)), [200, null]);

    assert.equal(exchangesOf(gateway, key), 1);
    const [call] = gateway.mesh.callsTo('task', 'GET').slice(-1);
    assert.ok(call?.userToken?.startsWith('eyJ'));
    const others = gateway.mesh.calls.filter(({ path }) => path !== '/v1/api-key-exchange');
    assert.equal(JSON.stringify(others).includes(key), false);
    assert.match(keyId, /^key_/);
  });

  it('allow what their scopes say and no more, and never anything of the account', async () => {
    const { key } = await addKey(gateway, { scopes: ['task.own.read'] });
    const denied = [403, 'access.permission-denied'];

    assert.deepEqual(outcomeOf(await tasks(key)), [200, null]);
    const create = { token: key, body: { title: 'milk' }, headers: { 'idempotency-key': 'a-key-of-12' } };
    assert.deepEqual(outcomeOf(await gateway.call('POST', '/api/v1/tasks', create)), denied);
    assert.deepEqual(
      outcomeOf(await gateway.call('POST', '/api/v1/chat/messages', { token: key, body: { text: 'hello' } })),
      denied,
    );
    assert.deepEqual(outcomeOf(await gateway.call('GET', '/api/v1/auth/account', { token: key })), denied);
  });

  it('chat with the scope for it: no cookie and no CSRF token is asked of a program', async () => {
    const { key } = await addKey(gateway, { scopes: ['chat.own.use'] });
    const answer = await gateway.call('POST', '/api/v1/chat/messages', { token: key, body: { text: 'hello' } });
    assert.deepEqual(outcomeOf(answer), [200, null]);
  });

  it('attack: a mistyped key is refused without asking anybody', async () => {
    const { key } = await addKey(gateway);
    const calls = gateway.mesh.calls.length;
    const mistyped = `${key.slice(0, 10)}${key[10] === 'x' ? 'y' : 'x'}${key.slice(11)}`;

    for (const text of [mistyped, 'tcb_', key.slice(0, -1), `${key}x`]) {
      const answer = await tasks(text);
      assert.deepEqual(outcomeOf(answer), [401, 'auth.token-invalid']);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
    }
    assert.equal(gateway.mesh.calls.length, calls);
  });

  it('attack: a dead key that comes again and again is looked up once, and opens not even public operations', async () => {
    const key = newKey();

    for (let round = 0; round < 5; round += 1)
      assert.deepEqual(outcomeOf(await tasks(key)), [401, 'auth.token-invalid']);
    const login = { token: key, body: { email: 'a@example.com', password: 'Correct-Horse-1' } };
    assert.equal((await gateway.call('POST', '/api/v1/auth/login', login)).status, 401);

    assert.equal(exchangesOf(gateway, key), 1);
    await waitFor('the audit entry', async () => {
      const entries = await gateway.auditEvents(null);
      return entries.find(({ action, input }) => action === 'access.refuse' && input.credential === 'api-key');
    });
  });

  it('attack: a revoked key is refused within a second, though its token is still kept (AUTH-11)', async () => {
    const { key, keyId, userId } = await addKey(gateway);
    assert.equal((await tasks(key)).status, 200);

    gateway.mesh.apiKeys.delete(key);
    await gateway.deliver('auth-events', {
      type: 'auth.session_revoked.v1',
      subject: userId,
      data: { userId, sessionId: keyId, accessTokensExpireAt: new Date(Date.now() + 1_860_000).toISOString() },
    });

    assert.deepEqual(outcomeOf(await tasks(key)), [401, 'auth.token-invalid']);
  });

  it('give a new token when the kept one is refused, as after a change of their owner’s roles (AUTH-11)', async () => {
    const { key, exchange } = await addKey(gateway);
    const elsewhere = await createTestIssuer();
    const { token: accessToken } = await elsewhere.signIn();
    gateway.mesh.apiKeys.set(key, async () => ({ ...(await exchange()), accessToken }));
    assert.equal((await tasks(key)).status, 401);

    gateway.mesh.apiKeys.set(key, exchange);

    assert.equal((await tasks(key)).status, 200);
    assert.equal((await tasks(key)).status, 200);
    assert.equal(exchangesOf(gateway, key), 2);
  });

  it('are refused with 503 while auth does not answer and nothing is kept, and go on working where it is (PRIN-6)', async () => {
    const [fresh, used] = [await addKey(gateway), await addKey(gateway)];
    await tasks(used.key);
    gateway.mesh.down.add('auth');

    assert.deepEqual(outcomeOf(await tasks(fresh.key)), [503, 'upstream.unavailable']);
    assert.equal((await tasks(used.key)).status, 200);
    gateway.mesh.down.clear();
    assert.equal((await tasks(fresh.key)).status, 200, 'and nobody remembers it as refused');
  });

  it('attack: a key in a cookie is no credential', async () => {
    const { key } = await addKey(gateway);
    for (const name of ['__Host-access', '__Secure-refresh']) {
      const answer = await gateway.call('GET', '/api/v1/tasks', { headers: { cookie: `${name}=${key}` } });
      assert.equal(answer.status, 401, name);
    }
    assert.equal(exchangesOf(gateway, key), 0);
  });

  it('attack: a key opens no cookie’s session: beside it cookies count for nothing (AUTH-4)', async () => {
    const { key } = await addKey(gateway);
    const { cookies } = await gateway.newBrowser();
    const calls = () => gateway.mesh.callsTo('auth', 'POST').filter(({ path }) => path === '/v1/refresh').length;
    const before = calls();

    const refresh = await gateway.call('POST', '/api/v1/auth/refresh', { token: key, headers: { cookie: cookies } });

    assert.deepEqual(outcomeOf(refresh), [401, 'auth.refresh-invalid']);
    assert.equal(calls(), before);
  });
});

describe('Rate limits of API keys (AUTH-12, API-3)', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({
      RATE_LIMIT_API_KEY_CALLS_PER_MINUTE: '4',
      RATE_LIMIT_MESSAGES_PER_MINUTE: '2',
      RATE_LIMIT_TASK_LISTS_PER_MINUTE: '100',
      RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: '12',
    });
  });
  after(() => gateway.close());

  const tasks = (token: string) => gateway.call('GET', '/api/v1/tasks', { token });

  it('are each key’s own, and show in the headers', async () => {
    const [one, other] = [await addKey(gateway), await addKey(gateway)];
    const first = await tasks(one.key);
    assert.equal(first.headers.get('ratelimit-policy'), '4;w=60');
    assert.equal(first.headers.get('ratelimit-remaining'), '3');
    for (let round = 0; round < 3; round += 1) assert.equal((await tasks(one.key)).status, 200);

    const refused = await tasks(one.key);

    assert.deepEqual(outcomeOf(refused), [429, 'request.rate-limited']);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.equal((await tasks(other.key)).status, 200);
  });

  it('attack: a key is no way around its owner’s own limits', async () => {
    const { key } = await addKey(gateway, { scopes: ['chat.own.use'] });
    const say = () => gateway.call('POST', '/api/v1/chat/messages', { token: key, body: { text: 'hello' } });
    assert.equal((await say()).status, 200);
    assert.equal((await say()).headers.get('ratelimit-policy'), '2;w=60', 'the tightest limit is told');
    assert.equal((await say()).status, 429);
  });

  it('attack: a flood of invented keys counts against the address and is not passed on; a key in use goes on', async () => {
    const { key } = await addKey(gateway);
    assert.equal((await tasks(key)).status, 200);
    const before = gateway.mesh.calls.length;

    const answers: Answer[] = [];
    for (let round = 0; round < 30; round += 1) answers.push(await tasks(newKey()));

    assert.deepEqual(outcomeOf(answers.at(-1) ?? assert.fail()), [429, 'request.rate-limited']);
    assert.equal(answers.at(-1)?.headers.get('ratelimit-policy'), '12;w=60');
    assert.ok(gateway.mesh.calls.length - before <= 12);
    assert.equal((await tasks(key)).status, 200);
  });
});

describe('Tokens of API keys', () => {
  const expiresIn = 300;

  function setUp() {
    const clock = createTestClock('2026-01-01T00:00:00Z');
    let exchanges = 0;
    const answers = { isRefused: false };
    const tokens = createApiKeyTokens({
      clock,
      dapr: {
        async invoke(request) {
          exchanges += 1;
          if (answers.isRefused) throw new ProblemError('auth.token-invalid');
          const body = { accessToken: `token-${exchanges}`, expiresIn, sessionId: newId('apiKey') };
          return { status: 200, body: request.responseSchema.parse(body), headers: new Headers() };
        },
      },
    });
    return { clock, tokens, answers, exchanges: () => exchanges };
  }

  it('are given up before they expire', async () => {
    const { clock, tokens } = setUp();
    const key = newKey();
    await tokens.exchange(key);
    clock.advance((expiresIn - 31) * 1000);
    assert.equal(tokens.kept(key), 'token-1');
    clock.advance(2_000);
    assert.equal(tokens.kept(key), null);
    assert.equal(await tokens.exchange(key), 'token-2');
  });

  it('are refused for a moment only: a key whose owner was reinstated works again', async () => {
    const { clock, tokens, answers, exchanges } = setUp();
    const key = newKey();
    answers.isRefused = true;
    assert.equal(await tokens.exchange(key), null);
    answers.isRefused = false;
    assert.equal(await tokens.exchange(key), null);
    assert.equal(exchanges(), 1);
    clock.advance(10_001);
    assert.equal(await tokens.exchange(key), 'token-2');
  });

  it('are asked for once when a program begins with many requests at once', async () => {
    const { tokens, exchanges } = setUp();
    const key = newKey();
    const given = await Promise.all(Array.from({ length: 20 }, () => tokens.exchange(key)));
    assert.deepEqual(new Set(given), new Set(['token-1']));
    assert.equal(exchanges(), 1);
  });

  it('of a key in use are not pushed out by any number of refused ones (AUTH-12)', async () => {
    const { tokens, answers } = setUp();
    const key = newKey();
    await tokens.exchange(key);
    answers.isRefused = true;
    for (let round = 0; round < 12_000; round += 1) await tokens.exchange(`invented ${round}`);
    assert.equal(tokens.kept(key), 'token-1');
  });
});
