import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { appIds } from '@todo-chatbot/contracts';
import { type Platform, type PlatformState, startPlatform } from '@todo-chatbot/local-platform/testing';
import { newAdministrator } from '../support/administrator.ts';
import { call, newPerson, type Person } from '../support/client.ts';
import { guardedOperations } from '../support/guardedOperations.ts';
import { unlimited } from '../support/limits.ts';
import { waitFor } from '../support/waitFor.ts';

/** A service asks `auth` once a second; the rest is this machine's. */
const askedDeadlineMs = 4_000;
/** Without an answer of `auth` for ten seconds nobody can say who is denied. */
const closedDeadlineMs = 20_000;

describe('Access that is taken away reaches every service, whatever is down (AUTH-11, PRIN-6)', () => {
  let platform: Platform;
  let facts: PlatformState;
  let administrator: Person;
  before(async () => {
    platform = await startPlatform({ environment: unlimited });
    facts = await platform.state();
    administrator = await newAdministrator(platform);
  });
  after(async () => {
    await platform?.stop();
  });

  /** Stops a process as it stands, without its noticing, for the time of the work. */
  async function whileFrozen(name: string, work: () => Promise<void>): Promise<void> {
    const pid = (await platform.status()).processes.find((process) => process.name === name)?.pid;
    assert.ok(pid);
    process.kill(pid, 'SIGSTOP');
    try {
      await work();
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  }

  /** What each service, asked past the gateway, answers to the token; the gateway itself as well. */
  async function statusesOf(token: string, services: readonly string[] = appIds): Promise<Record<string, number>> {
    const asked = guardedOperations.filter(({ appId }) => services.includes(appId));
    const statuses = asked.map(async ({ appId, method, path, body }) => {
      const { appPort, appApiToken } = facts.apps[appId];
      const headers = { 'dapr-api-token': appApiToken, 'dapr-caller-app-id': 'chat-gateway' };
      const options = { token, headers, ...(body === undefined ? {} : { body }) };
      return [appId, (await call(`http://127.0.0.1:${appPort}`, method, path, options)).status] as const;
    });
    const door = call(platform.url, 'GET', '/api/v1/events/none', { token });
    // A path that is not served: 404 says that the token was taken, 503 that nobody could say.
    return { ...Object.fromEntries(await Promise.all(statuses)), 'chat-gateway': (await door).status };
  }

  const suspend = async (person: Person): Promise<void> => {
    const answer = await administrator.call('POST', `/api/v1/admin/users/${person.userId}/suspend`);
    assert.equal(answer.status, 200, answer.text);
  };

  const untilRefused = (token: string, services: readonly string[] = appIds) =>
    waitFor(
      'every service to refuse the token',
      async () => {
        const { 'chat-gateway': _door, ...statuses } = await statusesOf(token, services);
        return Object.values(statuses).every((status) => status === 401) ? true : undefined;
      },
      { deadlineMs: askedDeadlineMs },
    );

  it('Kafka is away: every service learns of a suspension by asking', async () => {
    const person = await newPerson(platform.url);
    await whileFrozen('kafka', async () => {
      await suspend(person);
      await untilRefused(person.token);
      assert.equal((await person.call('GET', '/api/v1/tasks')).status, 401);
    });
  });

  it('Kafka is away and a service has just started: it knows of a suspension from before', async () => {
    const person = await newPerson(platform.url);
    await whileFrozen('kafka', async () => {
      await suspend(person);
      await platform.kill('task');
      await waitFor('the task service', async () => {
        const task = (await platform.status()).processes.find(({ name }) => name === 'task');
        return task?.ready ? true : undefined;
      });
      assert.equal((await statusesOf(person.token, ['task'])).task, 401);
    });
  });

  it('auth is away: after ten seconds every service refuses everybody with 503, and serves again once it is back', async () => {
    const person = await newPerson(platform.url);
    const others = appIds.filter((appId) => appId !== 'auth');
    await whileFrozen('auth', async () => {
      await waitFor(
        'every service to fail closed',
        async () => {
          const statuses = Object.values(await statusesOf(person.token, others));
          return statuses.every((status) => status === 503) ? true : undefined;
        },
        { deadlineMs: closedDeadlineMs, everyMs: 500 },
      );
    });
    await waitFor('every service to serve again', async () => {
      const statuses = Object.values(await statusesOf(person.token, others));
      return statuses.every((status) => status === 200 || status === 404) ? true : undefined;
    });
  });
});
