import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, loadConfig } from '@todo-chatbot/service-kit';
import { configSchema } from '../src/config.ts';

const environment = {
  APP_ID: 'chat-gateway',
  APP_PORT: '3001',
  DAPR_HTTP_PORT: '3500',
  DAPR_API_TOKEN: 'x'.repeat(32),
  APP_API_TOKEN: 'y'.repeat(32),
  DATABASE_HOST: 'db',
  DATABASE_PORT: '5432',
  DATABASE_NAME: 'chat_gateway',
  DATABASE_USER: 'chat_gateway',
  DATABASE_CA_FILE: '/ca.crt',
  TOKEN_ISSUER: 'https://todo-chatbot.test',
  TOKEN_AUDIENCE: 'todo-chatbot',
  PUBLIC_PORT: '8080',
  PUBLIC_ORIGIN: 'https://todo.example',
  WEB_ROOT: '/web',
};

const faultsOf = (changes: Record<string, string>): readonly string[] => {
  try {
    loadConfig(configSchema, { ...environment, ...changes });
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.faults;
  }
};

describe('Configuration of the public door (PRIN-4)', () => {
  it('has the limits of API-3 and no foreign origin by default', () => {
    const config = loadConfig(configSchema, environment);
    assert.deepEqual(
      [
        config.RATE_LIMIT_MESSAGES_PER_MINUTE,
        config.RATE_LIMIT_BOOKINGS_PER_HOUR,
        config.RATE_LIMIT_API_CALLS_PER_MINUTE,
        config.RATE_LIMIT_TASK_LISTS_PER_MINUTE,
        config.RATE_LIMIT_TASK_IMPORTS_PER_HOUR,
        config.RATE_LIMIT_EXPORTS_PER_HOUR,
        config.CORS_ALLOWED_ORIGINS,
      ],
      [20, 5, 60, 100, 20, 10, []],
    );
  });

  for (const origins of [
    '*',
    'https://a.example,*',
    'null',
    'https://a.example/path',
    'a.example',
    'https://*.example',
  ]) {
    it(`refuses "${origins}" as allowed origins (API-4)`, () => {
      const faults = faultsOf({ CORS_ALLOWED_ORIGINS: origins, RUN_MODE: 'local' });
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? '', /^CORS_ALLOWED_ORIGINS: must be at most 20 origins/);
    });
  }

  it('takes a list of origins', () => {
    const config = loadConfig(configSchema, {
      ...environment,
      CORS_ALLOWED_ORIGINS: 'https://a.example, https://b.example:8443',
    });
    assert.deepEqual(config.CORS_ALLOWED_ORIGINS, ['https://a.example', 'https://b.example:8443']);
  });

  for (const proxies of [
    '*',
    'true',
    '1',
    'loopback',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.1;10.0.0.2',
    'proxy.example',
  ]) {
    it(`refuses "${proxies}" as trusted proxies: nobody may choose their own address (API-3)`, () => {
      const faults = faultsOf({ TRUSTED_PROXIES: proxies });
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? '', /^TRUSTED_PROXIES: must be at most 20 addresses or networks/);
    });
  }

  it('trusts no proxy by default, and takes a list of addresses and networks', () => {
    assert.deepEqual(loadConfig(configSchema, environment).TRUSTED_PROXIES, []);
    const config = loadConfig(configSchema, { ...environment, TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.1, fd00::/8' });
    assert.deepEqual(config.TRUSTED_PROXIES, ['10.0.0.0/8', '192.0.2.1', 'fd00::/8']);
  });

  it('takes a store of limits with the authority of its certificate alone (DATA-1)', () => {
    assert.deepEqual(faultsOf({ REDIS_HOST: 'limits' }), ['REDIS_CA_FILE: is not set']);
    assert.deepEqual(faultsOf({ REDIS_HOST: 'limits', REDIS_CA_FILE: '/ca.crt' }), []);
  });

  it('refuses plain http in production, and takes it locally', () => {
    const plain = { PUBLIC_ORIGIN: 'http://localhost:8080', CORS_ALLOWED_ORIGINS: 'http://a.example' };
    assert.deepEqual(faultsOf(plain), [
      'PUBLIC_ORIGIN: must be https in production',
      'CORS_ALLOWED_ORIGINS: must be https in production',
    ]);
    assert.deepEqual(faultsOf({ ...plain, RUN_MODE: 'local' }), []);
  });
});
