import assert from 'node:assert/strict';
import test from 'node:test';
import { z } from 'zod';
import { baseConfigSchema, ConfigError, loadConfig } from '../src/index.ts';

const environment = {
  APP_ID: 'task',
  APP_PORT: '7001',
  DAPR_HTTP_PORT: '7002',
  DAPR_API_TOKEN: 'dapr-api-token-of-this-test',
  APP_API_TOKEN: 'app-api-token-of-this-test',
  DATABASE_HOST: '127.0.0.1',
  DATABASE_PORT: '5432',
  DATABASE_NAME: 'task',
  DATABASE_USER: 'task',
  DATABASE_CA_FILE: '/etc/ca.pem',
  TOKEN_ISSUER: 'https://todo-chatbot.local',
  TOKEN_AUDIENCE: 'todo-chatbot',
};

test('an unset run mode is production and an empty variable is unset (PRIN-4)', () => {
  const config = loadConfig(baseConfigSchema, { ...environment, ZIPKIN_ENDPOINT: '', UNRELATED: 'x' });
  assert.equal(config.RUN_MODE, 'production');
  assert.equal(config.APP_PORT, 7001);
  assert.equal(config.ZIPKIN_ENDPOINT, undefined);
});

test('every fault is named at once, and no value (PRIN-4)', () => {
  const schema = baseConfigSchema.extend({ PUBLIC_ORIGIN: z.url(), MODE: z.enum(['a', 'b']) });
  const secret = 'hunter2';
  const faulty = {
    ...environment,
    APP_ID: secret,
    APP_PORT: secret,
    DAPR_API_TOKEN: secret,
    TOKEN_ISSUER: secret,
    DATABASE_USER: undefined,
    PUBLIC_ORIGIN: secret,
    MODE: secret,
  };
  assert.throws(
    () => loadConfig(schema, faulty),
    (error) => {
      assert.ok(error instanceof ConfigError);
      const named = error.faults.map((fault) => fault.split(':')[0]);
      const expected = [
        'APP_ID',
        'APP_PORT',
        'DAPR_API_TOKEN',
        'DATABASE_USER',
        'MODE',
        'PUBLIC_ORIGIN',
        'TOKEN_ISSUER',
      ];
      assert.deepEqual(named.toSorted(), expected);
      assert.ok(error.message.includes('DATABASE_USER: is not set'));
      assert.equal(error.message.includes(secret), false);
      return true;
    },
  );
});
