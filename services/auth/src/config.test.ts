import assert from 'node:assert/strict';
import test from 'node:test';
import { ConfigError, loadConfig } from '@todo-chatbot/service-kit';
import { configSchema } from './config.ts';

const production = {
  APP_ID: 'auth',
  APP_PORT: '1',
  DAPR_HTTP_PORT: '1',
  DAPR_API_TOKEN: 'x'.repeat(16),
  APP_API_TOKEN: 'x'.repeat(16),
  DATABASE_HOST: 'localhost',
  DATABASE_PORT: '5432',
  DATABASE_NAME: 'auth',
  DATABASE_USER: 'auth',
  DATABASE_CA_FILE: 'ca.pem',
  TOKEN_ISSUER: 'https://todo.example.org',
  TOKEN_AUDIENCE: 'todo-chatbot',
  PUBLIC_ORIGIN: 'https://todo.example.org',
  MAIL_FROM: 'no-reply@todo.example.org',
  SMTP_HOST: 'relay.example.org',
};

/** The faults that the configuration is refused for. */
function faultsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(configSchema, environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.faults;
  }
}

test('production wants a second factor of administrators unless told otherwise, and cannot be told (AUTH-8, PRIN-4)', () => {
  assert.equal(loadConfig(configSchema, production).SECOND_FACTOR_FOR_ADMINISTRATORS, 'required');
  assert.deepEqual(faultsOf({ ...production, SECOND_FACTOR_FOR_ADMINISTRATORS: 'optional' }), [
    'SECOND_FACTOR_FOR_ADMINISTRATORS: must be required in production',
  ]);
  assert.deepEqual(faultsOf({ ...production, RUN_MODE: 'local', SECOND_FACTOR_FOR_ADMINISTRATORS: 'optional' }), []);
});

test('production wants an origin with https, because passkeys are bound to it', () => {
  assert.deepEqual(faultsOf({ ...production, PUBLIC_ORIGIN: 'http://todo.example.org' }), [
    'PUBLIC_ORIGIN: must be https in production',
  ]);
});
