import assert from 'node:assert/strict';
import test from 'node:test';
import { ConfigError, loadConfig } from '@todo-chatbot/service-kit';
import { configSchema } from './config.ts';
import { mailTransportOf } from './mailConfig.ts';

const common = {
  APP_ID: 'auth',
  APP_PORT: '1',
  DAPR_HTTP_PORT: '1',
  DAPR_API_TOKEN: 'x'.repeat(16),
  APP_API_TOKEN: 'x'.repeat(16),
  DATABASE_HOST: 'localhost',
  DATABASE_PORT: '1',
  DATABASE_NAME: 'auth',
  DATABASE_USER: 'auth',
  DATABASE_CA_FILE: 'ca.crt',
  TOKEN_ISSUER: 'https://todo.example',
  TOKEN_AUDIENCE: 'todo',
  PUBLIC_ORIGIN: 'https://todo.example',
  MAIL_FROM: 'no-reply@todo.example',
};
const relay = { SMTP_HOST: 'mail.example' };

function faultsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(configSchema, { ...common, ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

test('production sends over a relay with STARTTLS unless it is told otherwise', () => {
  const config = loadConfig(configSchema, { ...common, ...relay });

  assert.deepEqual(mailTransportOf(config), {
    kind: 'smtp',
    host: 'mail.example',
    port: 587,
    security: 'starttls',
    caFile: undefined,
  });
});

test('attack: production is configured to send in clear, or into a folder: it does not start (PRIN-4)', () => {
  for (const host of ['mail.example', 'localhost', '127.0.0.1']) {
    assert.deepEqual(faultsOf({ SMTP_HOST: host, SMTP_SECURITY: 'none' }), [
      'SMTP_SECURITY: must be tls or starttls in production',
    ]);
  }
  assert.deepEqual(faultsOf({ MAIL_TRANSPORT: 'folder', MAIL_FOLDER: '/tmp/mail' }), [
    'MAIL_TRANSPORT: must be smtp in production',
  ]);
});

test('attack: on one’s own machine mail goes in clear to another one: refused; to this one it may', () => {
  const local = { RUN_MODE: 'local', SMTP_SECURITY: 'none' };

  assert.deepEqual(faultsOf({ ...local, ...relay }), ['SMTP_SECURITY: may be none for a relay on this machine only']);
  assert.deepEqual(faultsOf({ ...local, SMTP_HOST: '127.0.0.1' }), []);
});

test('a transport without what it needs is named, together with every other fault', () => {
  assert.deepEqual(
    faultsOf({
      SMTP_SECURITY: 'none',
      SECOND_FACTOR_FOR_ADMINISTRATORS: 'optional',
      PUBLIC_ORIGIN: 'http://todo.example',
    }),
    [
      'SMTP_HOST: is not set',
      'SMTP_SECURITY: must be tls or starttls in production',
      'SECOND_FACTOR_FOR_ADMINISTRATORS: must be required in production',
      'PUBLIC_ORIGIN: must be https in production',
    ],
  );
  assert.deepEqual(faultsOf({ RUN_MODE: 'local', MAIL_TRANSPORT: 'folder' }), ['MAIL_FOLDER: is not set']);
});

test('attack: a header in the sender’s address, or more than a name in the relay’s: refused', () => {
  assert.equal(faultsOf({ ...relay, MAIL_FROM: 'a@example.com\r\nBcc: b@example.com' }).length, 1);
  assert.equal(faultsOf({ SMTP_HOST: 'mail.example/../x' }).length, 1);
});
