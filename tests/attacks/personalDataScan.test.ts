import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type PlatformState, testPlatform } from '@todo-chatbot/local-platform/testing';
import { call, newPerson, type Person } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { waitFor } from '../support/waitFor.ts';

describe('The scan for unmasked personal data over a platform in use (AUD-6)', () => {
  let state: PlatformState;
  let person: Person;
  before(async () => {
    const platform = await testPlatform();
    state = await platform.state();
    person = await newPerson(platform.url, 'Jane Doe');
    await person.say('add pay 4111 1111 1111 1111 from DE89 3704 0044 0532 0130 00 to my list');
    await person.say('add call +49 151 234-567-89 or mail jane.doe@example.com');
    await call(platform.url, 'POST', '/api/v1/auth/login', { body: { email: person.email, password: 'hunter2' } });
    await call(platform.url, 'GET', '/api/v1/tasks', { token: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c3IifQ.c2lnbmF0dXJl' });
    const headers = { 'x-forwarded-for': '203.0.113.77' };
    await call(platform.url, 'GET', '/api/v1/nothing?email=jane.doe@example.com&password=hunter2', { headers });
  });

  it('finds none in the logs of all processes, nor in the entries of what a person did', async () => {
    const trail = await waitFor('the last of the person’s acts in the trail', async () => {
      const entries = await person.auditTrail();
      return entries.some(({ event }) => event.action === 'task.create') ? entries : undefined;
    });

    const { code, stdout, stderr } = await runCommand(['run', '--silent', 'audit:scan'], {
      env: { TODO_CHATBOT_STATE: state.stateDir },
    });

    assert.ok(code === 0 || code === 1, stderr);
    const findings = stdout.split('\n');
    // Other tests may put into the log what no service would.
    const own = new Set(trail.map(({ index }) => `index ${index}`));
    const concerning = findings.filter((line) => line.startsWith('log:') || [...own].some((end) => line.endsWith(end)));
    assert.deepEqual(concerning, []);
  });
});
