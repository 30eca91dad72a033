import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { accountSchema, begunErasureSchema, type ErasureStatus, erasureStatusSchema } from '@todo-chatbot/contracts';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { call, newPerson, type Person } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { guardedOperations } from '../support/guardedOperations.ts';
import { waitFor } from '../support/waitFor.ts';

describe('The erasure of a person, through every service (PRIV-4)', () => {
  let facts: PlatformState;
  let url = '';
  let folder = '';
  let person: Person;
  let progress = { id: '', token: '' };
  let complete: ErasureStatus;
  before(async () => {
    const platform = await testPlatform();
    facts = await platform.state();
    url = platform.url;
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-certificate-'));
    person = await newPerson(url, 'Ada Leaving');
    await person.say('add buy milk');
    progress = begunErasureSchema.parse((await person.call('DELETE', '/api/v1/privacy/account')).body);
    complete = await waitFor('the end of the erasure', async () => {
      const status = erasureStatusSchema.parse((await look()).body);
      return status.state === 'complete' ? status : undefined;
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const look = (tail = '') =>
    call(url, 'GET', `/api/v1/privacy/erasures/${progress.id}${tail}`, {
      headers: { 'x-erasure-token': progress.token },
    });

  it('every service says what it erased, and the person’s tasks are among it', () => {
    assert.ok(complete.services.every(({ erasedAt, receiptId }) => erasedAt !== null && receiptId !== null));
    assert.equal(complete.services.find(({ service }) => service === 'task')?.rows?.tasks, 1);
  });

  it('attack: the access token of an erased person is refused by each service behind the door (AUTH-11)', async () => {
    for (const { appId, method, path, body } of guardedOperations) {
      const { appPort, appApiToken } = facts.apps[appId];
      const headers = { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'chat-gateway' };
      const options = { token: person.token, headers, ...(body === undefined ? {} : { body }) };
      assert.equal((await call(`http://127.0.0.1:${appPort}`, method, path, options)).status, 401, appId);
    }
    assert.equal((await person.call('GET', '/api/v1/tasks')).status, 401);
  });

  it('attack: nobody gets the data key of an erased person any more (DATA-2)', async () => {
    const { appPort, appApiToken } = facts.apps.auth;
    const headers = { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'task' };
    const answer = await call(`http://127.0.0.1:${appPort}`, 'GET', `/v1/data-keys/${person.userId}`, { headers });
    assert.equal(answer.status, 410);
  });

  it('the certificate’s proof is in the public log, and the command of the README accepts it', async () => {
    const proof = await waitFor(
      'the proof',
      async () => {
        const answer = await look('/proof-file');
        return answer.status === 200 ? answer.text : undefined;
      },
      { deadlineMs: 30_000 },
    );
    const file = join(folder, 'erasure.tlog-proof');
    await writeFile(file, proof);
    const key = (await call(url, 'GET', '/api/v1/audit/log/log.vkey')).text.trim();
    const args = ['run', '--silent', 'audit:verify', '--', '--proof', file, '--key', key];
    const { code, stdout } = await runCommand(args);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /The proof holds/);
  });

  it('the address may be registered again, and gets another id', async () => {
    const body = { email: person.email, password: person.password, name: 'Ada Again' };
    const answer = await call(url, 'POST', '/api/v1/auth/register', { body });
    assert.equal(answer.status, 201, answer.text);
    assert.notEqual(accountSchema.parse(answer.body).id, person.userId);
  });
});
