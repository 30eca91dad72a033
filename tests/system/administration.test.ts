import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import {
  auditEntriesSchema,
  createdApiKeySchema,
  taskPageSchema,
  userSchema,
  usersSchema,
} from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import pg from 'pg';
import { sharedAdministrator } from '../support/administrator.ts';
import { call, newPerson, type Person, signIn, uniqueEmail } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { waitFor } from '../support/waitFor.ts';

describe('Administration from the public door to every service (AUTH-10, AUTH-11, AUTH-12)', () => {
  let url = '';
  let state: PlatformState;
  let administrator: Person;
  before(async () => {
    const platform = await testPlatform();
    url = platform.url;
    state = await platform.state();
    administrator = await sharedAdministrator(url);
  });

  const manage = (method: string, { userId }: Person, act = '', body?: unknown) =>
    administrator.call(method, `/api/v1/admin/users/${userId}${act}`, body === undefined ? {} : { body });

  async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    await waitFor(what, async () => ((await isSo()) ? true : undefined));
  }

  it('attack: the local command makes a second administrator: it does not (AUTH-10)', async () => {
    const email = uniqueEmail('second');
    const args = ['run', '--silent', 'admin:create', '--', '--email', email, '--name', 'Second'];
    const { code, stdout } = await runCommand(args, { env: { TODO_CHATBOT_STATE: state.stateDir } });
    assert.notEqual(code, 0);
    assert.doesNotMatch(stdout, /token=/);
    const found = await administrator.call('GET', `/api/v1/admin/users?email=${encodeURIComponent(email)}`);
    assert.deepEqual(usersSchema.parse(found.body).items, []);
  });

  it('a suspended person is out at the door, and back after a new sign-in once reinstated', async () => {
    const person = await newPerson(url);
    assert.equal(userSchema.parse((await manage('POST', person, '/suspend')).body).status, 'suspended');
    await until('the suspension', async () => (await person.call('GET', '/api/v1/tasks')).status === 401);
    const { email, password } = person;
    assert.equal((await call(url, 'POST', '/api/v1/auth/login', { body: { email, password } })).status, 401);

    assert.equal(userSchema.parse((await manage('POST', person, '/reinstate')).body).status, 'active');
    assert.equal((await person.call('GET', '/api/v1/tasks')).status, 401, 'the session stays dead');
    assert.equal((await (await signIn(url, email, password)).call('GET', '/api/v1/tasks')).status, 200);
  });

  it('a viewer sees people and changes none, from the moment that the role is given', async () => {
    const person = await newPerson(url);
    assert.equal((await person.call('GET', '/api/v1/admin/users')).status, 403);
    assert.equal((await manage('PUT', person, '/roles', { roles: ['viewer'] })).status, 200);
    await until('the old token to be refused', async () => (await person.call('GET', '/api/v1/tasks')).status === 401);

    const viewer = await signIn(url, person.email, person.password);
    const seen = userSchema.parse((await viewer.call('GET', `/api/v1/admin/users/${administrator.userId}`)).body);
    assert.equal(seen.email, 'a***@example.com');
    const attempt = await viewer.call('POST', `/api/v1/admin/users/${administrator.userId}/suspend`);
    assert.equal(attempt.status, 403);
  });

  it('a deleted person takes their tasks and conversations along, at every service', async () => {
    const person = await newPerson(url);
    await person.say('add water the plants');
    assert.equal((await manage('DELETE', person)).status, 204);

    const left = async (appId: 'task' | 'chat-gateway', table: string): Promise<number> => {
      const client = new pg.Client(state.apps[appId].databaseOwner);
      await client.connect();
      try {
        return (await client.query(`SELECT 1 FROM ${table} WHERE user_id = $1`, [person.userId])).rows.length;
      } finally {
        await client.end();
      }
    };
    await until('the tasks to be gone', async () => (await left('task', 'tasks')) === 0);
    await until('the conversation to be gone', async () => (await left('chat-gateway', 'conversations')) === 0);
    assert.equal((await manage('GET', person)).status, 404);
  });

  it('an API key does what it is for through the whole system, and nothing once it is revoked', async () => {
    const person = await newPerson(url);
    const body = { name: 'a program', scopes: ['task.own.read', 'task.own.change', 'chat.own.use'] };
    const { apiKey, key } = createdApiKeySchema.parse(
      (await person.call('POST', '/api/v1/auth/api-keys', { body })).body,
    );
    const program = (method: string, path: string, sent?: unknown) =>
      call(url, method, path, { token: key, ...(sent === undefined ? {} : { body: sent }) });

    assert.equal((await program('POST', '/api/v1/chat/messages', { text: 'add call the bank' })).status, 200);
    const { items } = taskPageSchema.parse((await program('GET', '/api/v1/tasks')).body);
    assert.deepEqual(
      items.map(({ title }) => title),
      ['call the bank'],
    );
    assert.equal((await program('GET', '/api/v1/bookings')).status, 403);
    assert.equal((await program('GET', '/api/v1/auth/account')).status, 403);

    assert.equal((await person.call('DELETE', `/api/v1/auth/api-keys/${apiKey.id}`)).status, 204);
    await until('the key to be dead', async () => (await program('GET', '/api/v1/tasks')).status === 401);
  });

  it('what an administrator did is in the log, with whom it was done to (AUTH-14)', async () => {
    const person = await newPerson(url);
    await manage('PUT', person, '/roles', { roles: ['editor'] });
    await until('the entry', async () => {
      const path = '/api/v1/audit/entries?limit=100&action=user.set-roles';
      const { items } = auditEntriesSchema.parse((await administrator.call('GET', path)).body);
      return items.some(({ event }) => event.object?.id === person.userId && event.actor.id === administrator.userId);
    });
  });
});
