import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Gateway, startGateway } from './support/gateway.ts';

/** Anonymous calls until the limit, far fewer than the tests make. */
const allowed = 5;
const guess = { email: 'a@example.com', password: 'wrong-guess' };

describe('Where a person comes from (API-3, AUTH-7)', () => {
  describe('behind no proxy', () => {
    let gateway: Gateway;
    before(async () => {
      gateway = await startGateway({ RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: String(allowed) });
    });
    after(() => gateway.close());

    it('attack: a spoofed X-Forwarded-For of an untrusted peer changes neither the count nor the address', async () => {
      const statuses: number[] = [];
      for (let index = 0; index <= allowed; index += 1) {
        const headers = {
          'x-forwarded-for': `198.51.100.${index}`,
          'x-real-ip': '198.51.100.9',
          forwarded: 'for=1.2.3.4',
        };
        statuses.push((await gateway.call('POST', '/api/v1/auth/login', { body: guess, headers })).status);
      }
      assert.deepEqual(statuses, [...Array.from({ length: allowed }, () => 401), 429]);
      assert.deepEqual(new Set(gateway.mesh.clients.map(({ address }) => address)), new Set(['127.0.0.0']));
    });
  });

  describe('and with which program', () => {
    let gateway: Gateway;
    before(async () => {
      gateway = await startGateway();
    });
    after(() => gateway.close());

    for (const [what, before] of Object.entries({ whole: 'a bot of', 'cut by the limit': 'bot '.repeat(71).trim() })) {
      it(`an e-mail address in the user agent goes on masked (PRIV-6): ${what}`, async () => {
        const headers = { 'user-agent': `${before} ada.lovelace@analytical-engine.example` };
        await gateway.call('POST', '/api/v1/auth/login', { body: guess, headers });
        assert.equal(gateway.mesh.clients.at(-1)?.userAgent, `${before} a***@analytical-engine.example`.slice(0, 300));
      });
    }

    it('what browsers say of themselves goes on as it is', async () => {
      const userAgent =
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.6778.86 Safari/537.36';
      await gateway.call('POST', '/api/v1/auth/login', { body: guess, headers: { 'user-agent': userAgent } });
      assert.equal(gateway.mesh.clients.at(-1)?.userAgent, userAgent);
    });
  });

  describe('behind a trusted proxy', () => {
    let gateway: Gateway;
    before(async () => {
      gateway = await startGateway({
        TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8',
        RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: String(allowed),
      });
    });
    after(() => gateway.close());

    const login = (forwardedFor: string) =>
      gateway.call('POST', '/api/v1/auth/login', { body: guess, headers: { 'x-forwarded-for': forwardedFor } });

    it('counts by the address that the proxy saw, and tells auth of it, made coarse', async () => {
      for (let index = 0; index < allowed; index += 1) assert.equal((await login('203.0.113.7')).status, 401);
      assert.equal((await login('203.0.113.7')).status, 429);
      assert.equal((await login('203.0.113.8')).status, 401, 'a neighbour goes on');
      assert.equal(gateway.mesh.clients.at(-1)?.address, '203.0.113.0');
    });

    it('attack: what a client wrote before the proxy is not believed', async () => {
      for (let index = 0; index < allowed; index += 1) {
        assert.equal((await login(`198.51.100.${index}, 203.0.113.20`)).status, 401);
      }
      assert.equal((await login('198.51.100.99, 203.0.113.20')).status, 429);
      assert.equal((await login('garbage, 203.0.113.20, 10.1.2.3')).status, 429, 'through two proxies of ours');
      assert.equal(gateway.mesh.clients.at(-1)?.address, '203.0.113.0');
    });
  });
});
