import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { limitsKeyPrefix, problemSchema } from '@todo-chatbot/contracts';
import { createTestCertificates, waitFor } from '@todo-chatbot/local-platform/testing';
import { limitsUser } from '@todo-chatbot/manifests';
import { createLimitStore, type LimitStore } from '../src/adapters/limitStore.ts';
import { createRateLimits, type Limiter, RateLimitExceeded, type RateLimits } from '../src/adapters/rateLimits.ts';
import { startGateway } from './support/gateway.ts';
import { type Redis, startRedis } from './support/redis.ts';

/** A refusal comes before a person would notice; the machine that runs this may be busy. */
const quickMs = 1_500;
const recoveryMs = 15_000;

describe('Rate limits that replicas share (API-3)', () => {
  let redis: Redis;
  const secret = randomBytes(32);
  const stores: LimitStore[] = [];
  const warnings: string[] = [];
  before(async () => {
    redis = await startRedis();
  });
  beforeEach(() => redis.asAdmin((admin) => admin.flushAll()));
  after(async () => {
    for (const store of stores) store.close();
    await redis?.close();
  });

  function openStore(changes: Partial<Parameters<typeof createLimitStore>[0]> = {}): LimitStore {
    const { port, ca, password } = redis;
    const logger = {
      info: () => undefined,
      warn: (facts: unknown) => void warnings.push(String(JSON.stringify(facts))),
    };
    const store = createLimitStore({
      host: 'localhost',
      port,
      ca,
      user: limitsUser,
      password,
      secret,
      logger,
      ...changes,
    });
    stores.push(store);
    store.start();
    return store;
  }

  /** Limits of one replica, all alike. */
  function limitsOn(store: LimitStore, points: number, durationSeconds = 60): RateLimits {
    const limiter = (name: Parameters<LimitStore['limiter']>[0]): Limiter =>
      store.limiter(name, { points, durationSeconds });
    return createRateLimits({
      messages: limiter('messages'),
      bookings: limiter('bookings'),
      apiCalls: limiter('apiCalls'),
      apiKeyCalls: limiter('apiKeyCalls'),
      taskLists: limiter('taskLists'),
      taskImports: limiter('taskImports'),
      exports: limiter('exports'),
      anonymousCalls: limiter('anonymousCalls'),
      logReads: limiter('logReads'),
    });
  }

  const untilCounting = (limits: RateLimits) =>
    waitFor('the store', async () => (await limits.consume('logReads', 'probe')).remaining >= 0, recoveryMs);

  async function isUnavailableSoon(limits: RateLimits): Promise<void> {
    const beganAt = performance.now();
    await assert.rejects(limits.consume('messages', 'usr_1'), { code: 'upstream.unavailable', status: 503 });
    assert.ok(performance.now() - beganAt < quickMs);
  }

  it('two replicas count together: of 200 requests at the same time exactly the limit passes, and one refusal is the first', async () => {
    const replicas = [limitsOn(openStore(), 20), limitsOn(openStore(), 20)];
    await Promise.all(replicas.map(untilCounting));
    const all = Array.from({ length: 200 }, (_, index) => replicas[index % 2]?.consume('messages', 'usr_1'));
    const results = await Promise.allSettled(all);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    assert.equal(refused.length, 180);
    assert.ok(refused.every((error) => error instanceof RateLimitExceeded && (error.retryAfterSeconds ?? 0) >= 1));
    assert.equal(refused.filter((error) => error instanceof RateLimitExceeded && error.isFirst).length, 1);
    const [first, second] = replicas;
    assert.equal((await first?.consume('bookings', 'usr_1'))?.remaining, 19, 'another limit');
    assert.equal((await second?.consume('messages', 'usr_2'))?.remaining, 19, 'another person');
  });

  it('a count is over when its time is', async () => {
    const limits = limitsOn(openStore(), 1, 1);
    await untilCounting(limits);
    await limits.consume('messages', 'usr_1');
    await assert.rejects(limits.consume('messages', 'usr_1'), { code: 'request.rate-limited' });
    await waitFor('the next window', async () => (await limits.consume('messages', 'usr_1')).remaining === 0);
  });

  it('attack: whoever reads the store learns neither addresses nor who somebody is (PRIN-5)', async () => {
    const limits = limitsOn(openStore(), 20);
    await untilCounting(limits);
    const told = ['203.0.113.7', 'usr_01890a5d-ac96-774b-bcce-b302099a8057', '2001:db8::'];
    for (const key of told) await limits.consume('anonymousCalls', key);
    const keys = await redis.asAdmin((admin) => admin.keys('*'));
    assert.equal(keys.length, told.length + 1);
    for (const key of keys) assert.match(String(key), /^limits:(anonymousCalls|logReads):[\w-]{43}$/);
    const other = limitsOn(openStore({ secret: randomBytes(32) }), 20);
    await untilCounting(other);
    const again = await redis.asAdmin((admin) => admin.keys('*'));
    assert.equal(again.length, keys.length + 1, 'the hash is keyed: nobody else can tell which key is whose');
  });

  it('attack: a gateway that was taken over can count, and nothing else (PRIN-2)', async () => {
    const limits = limitsOn(openStore(), 20);
    await untilCounting(limits);
    const refusals = await redis.asAdmin(async (admin) => await admin.sendCommand(['ACL', 'LOG']));
    assert.deepEqual(refusals, [], 'its own work meets no refusal');
    await redis.asGateway(async (gateway) => {
      const key = `${limitsKeyPrefix}messages:x`;
      for (const command of [
        ['KEYS', '*'],
        ['SCAN', '0'],
        ['GET', key],
        ['DEL', key],
        ['FLUSHALL'],
        ['CONFIG', 'GET', '*'],
        ['ACL', 'LIST'],
        ['MONITOR'],
        ['CLIENT', 'LIST'],
        ['SHUTDOWN'],
        ['SUBSCRIBE', 'x'],
        ['SET', 'elsewhere', '1'],
        ['EVAL', `return redis.call('get', KEYS[1])`, '1', key],
        ['EVAL', `return redis.call('set', 'elsewhere', '1')`, '0'],
        ['EVAL', `return redis.call('flushall')`, '0'],
      ]) {
        await assert.rejects(gateway.sendCommand(command), /NOPERM|can't (run|access)/, command.join(' '));
      }
    });
    await redis.asAdmin((admin) => admin.sendCommand(['ACL', 'LOG', 'RESET']));
  });

  it('a store that is gone: refused at once, and counted again by itself when it is back, from nothing (PRIN-6)', async () => {
    const limits = limitsOn(openStore(), 20);
    await untilCounting(limits);
    await limits.consume('messages', 'usr_1');
    await redis.stop();
    await waitFor('the end of the connection', () =>
      limits.consume('messages', 'usr_1').then(
        () => false,
        () => true,
      ),
    );
    await isUnavailableSoon(limits);
    await redis.start();
    await untilCounting(limits);
    assert.equal((await limits.consume('messages', 'usr_1')).remaining, 19);
  });

  it('a store that is frozen: refused in half a second, however many ask, and counted again afterwards (PRIN-6)', async () => {
    const limits = limitsOn(openStore(), 20);
    await untilCounting(limits);
    redis.freeze();
    try {
      await Promise.all(Array.from({ length: 100 }, () => isUnavailableSoon(limits)));
    } finally {
      redis.thaw();
    }
    await untilCounting(limits);
  });

  it('a store with no room left: refused, and counted again when there is (PRIN-6)', async () => {
    const limits = limitsOn(openStore(), 20);
    await untilCounting(limits);
    await redis.asAdmin((admin) => admin.configSet('maxmemory', '1'));
    await isUnavailableSoon(limits);
    await redis.asAdmin((admin) => admin.configSet('maxmemory', '0'));
    await untilCounting(limits);
  });

  it('attack: a store that shows another authority’s certificate, or one for another name, is told nothing; a wrong password counts nothing (DATA-1)', async () => {
    const foreign = (await createTestCertificates(['localhost'])).ca;
    const elsewhere = await startRedis(['limits.todo-chatbot.svc', '127.0.0.1']);
    try {
      for (const changes of [
        { ca: foreign },
        { port: elsewhere.port, ca: elsewhere.ca, password: elsewhere.password },
        { password: 'guessed' },
      ]) {
        warnings.length = 0;
        const limits = limitsOn(openStore(changes), 20);
        await waitFor(`the warning: ${Object.keys(changes)}`, () => warnings.length > 0);
        await isUnavailableSoon(limits);
        assert.equal(warnings.length, 1, 'told once, not at each attempt');
        assert.ok(!warnings.join().includes(redis.password) && !warnings.join().includes('guessed'));
      }
      assert.equal(await redis.asAdmin((admin) => admin.dbSize()), 0);
    } finally {
      await elsewhere.close();
    }
  });

  it('the door answers 503 with Retry-After while nobody can count, stays ready, and goes on when the store is back (PRIN-6)', async () => {
    const gateway = await startGateway(
      {
        REDIS_HOST: 'localhost',
        REDIS_PORT: String(redis.port),
        REDIS_CA_FILE: redis.caFile,
        RATE_LIMIT_TASK_LISTS_PER_MINUTE: '2',
      },
      { 'chat-gateway-limits': { password: redis.password } },
    );
    try {
      const person = await gateway.newPerson();
      const list = () => person.call('GET', '/api/v1/tasks');
      await waitFor('the store', async () => (await list()).status === 200);
      await redis.stop();
      const refused = await waitFor('the refusal', async () => {
        const answer = await list();
        return answer.status === 503 ? answer : undefined;
      });
      assert.equal(problemSchema.parse(refused.body).code, 'upstream.unavailable');
      assert.ok(Number(refused.headers.get('retry-after')) >= 1);
      assert.equal((await gateway.call('GET', '/readyz')).status, 200);
      assert.equal((await gateway.call('GET', '/')).status, 200);
      await redis.start();
      await waitFor('the store', async () => (await list()).status === 200, recoveryMs);
      assert.deepEqual([(await list()).status, (await list()).status], [200, 429]);
    } finally {
      await gateway.close();
    }
  });
});
