import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { appIds, begunErasureSchema, bookingsSchema, erasureStatusSchema } from '@todo-chatbot/contracts';
import { type Platform, removeDatabases, startPlatform } from '@todo-chatbot/local-platform/testing';
import pg from 'pg';
import { z } from 'zod';
import { call, newPerson, type Person, signIn } from '../support/client.ts';
import { runCommand } from '../support/command.ts';
import { waitFor } from '../support/waitFor.ts';

const completionDeadlineMs = 60_000;
const countSchema = z.object({ count: z.coerce.number() });

describe('The restore drill: everything is destroyed and comes back, but for whom it must not (DATA-3, PRIV-4)', () => {
  const stateDir = join(tmpdir(), `todo-chatbot-drill-${randomBytes(6).toString('hex')}`);
  const env = { TODO_CHATBOT_STATE: stateDir, TODO_CHATBOT_BACKUPS: `${stateDir}-backups` };
  let folder = '';
  let platform: Platform;
  let keeper: Person;
  let leaver: Person;
  let certificate = '';
  let belongings: Awaited<ReturnType<typeof belongingsOf>>;

  const command = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCommand(args, { env });
    assert.equal(code, 0, `${args.join(' ')}: ${stdout}${stderr}`);
    return stdout;
  };
  const belongingsOf = async (person: Person) => ({
    tasks: await person.tasks(),
    bookings: bookingsSchema.parse((await person.call('GET', '/api/v1/bookings')).body),
    messages: (await person.call('GET', '/api/v1/chat/messages')).body,
  });
  async function inDatabase<T>(appId: (typeof appIds)[number], work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client((await platform.state()).apps[appId].databaseOwner);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
  const numberOf = (appId: (typeof appIds)[number], from: string, ...values: unknown[]) =>
    inDatabase(appId, async (client) => {
      const { rows } = await client.query(`SELECT count(*) AS count FROM ${from}`, values);
      return countSchema.parse(rows[0]).count;
    });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-drill-identity-'));
    platform = await startPlatform({ stateDir });
  });
  after(async () => {
    await platform?.stop();
    await runCommand(['run', '--silent', 'reset', '--', '--yes'], { env });
    for (const path of [folder, env.TODO_CHATBOT_BACKUPS]) await rm(path, { recursive: true, force: true });
  });

  it('back up, erase somebody, destroy the databases and the broker, restore', { timeout: 300_000 }, async () => {
    [keeper, leaver] = [await newPerson(platform.url, 'Ada Staying'), await newPerson(platform.url, 'Ben Leaving')];
    for (const person of [keeper, leaver]) {
      await person.say('add buy milk and add call the bank tomorrow at 9');
      await person.call('POST', '/api/v1/tasks', { body: { title: 'Water the plants', listName: 'Home' } });
    }
    belongings = await belongingsOf(keeper);
    await command('run', '--silent', 'backup', '--', 'key', join(folder, 'identity'));
    await command('run', '--silent', 'backup');
    const [data] = await readdir(join(env.TODO_CHATBOT_BACKUPS, 'data'));
    assert.ok(data !== undefined);

    const begun = begunErasureSchema.parse((await leaver.call('DELETE', '/api/v1/privacy/account')).body);
    const headers = { 'x-erasure-token': begun.token };
    certificate = await waitFor(
      'the certificate',
      async () => {
        const answer = await call(platform.url, 'GET', `/api/v1/privacy/erasures/${begun.id}`, { headers });
        return erasureStatusSchema.parse(answer.body).certificateId ?? undefined;
      },
      { deadlineMs: completionDeadlineMs },
    );
    await waitFor('all that was done to be in the log', async () => {
      const waiting = await Promise.all(
        appIds.map((appId) => numberOf(appId, `outbox WHERE topic LIKE 'audit.events.%' OR topic LIKE 'privacy.%'`)),
      );
      const isIn = await numberOf('audit', 'entry WHERE event_id = $1', certificate);
      return isIn === 1 && waiting.every((count) => count === 0) ? true : undefined;
    });
    await command('run', '--silent', 'backup');
    await command('run', '--silent', 'backup', '--', 'check');

    await platform.stop();
    await removeDatabases(stateDir);
    const restored = ['--data', join(env.TODO_CHATBOT_BACKUPS, 'data', data), '--yes'];
    await command('run', '--silent', 'restore', '--', join(folder, 'identity'), ...restored);
    platform = await startPlatform({ stateDir });
  });

  it('who stayed has everything as it was', async () => {
    const again = await signIn(platform.url, keeper.email, keeper.password);
    assert.deepEqual(await belongingsOf(again), belongings);
    assert.equal(belongings.tasks.length, 3);
  });

  it('the log is sound, goes on from what its witness remembers, and has the certificate', async () => {
    await command('run', '--silent', 'audit:verify');
    assert.equal(await numberOf('audit', 'entry WHERE event_id = $1', certificate), 1);
  });

  it('attack: who was erased after the backup cannot come back by it: no sign-in, no key, and soon no rows', async () => {
    const body = { email: leaver.email, password: leaver.password };
    assert.equal((await call(platform.url, 'POST', '/api/v1/auth/login', { body })).status, 401);
    await waitFor(
      'the second erasure',
      async () => {
        const complete = await numberOf('auth', `erasures WHERE person_id = $1 AND state = 'complete'`, leaver.userId);
        return complete === 1 ? true : undefined;
      },
      { deadlineMs: completionDeadlineMs },
    );
    assert.equal(await numberOf('auth', 'data_keys WHERE person_id = $1', leaver.userId), 0);
    assert.equal(await numberOf('task', 'tasks WHERE user_id = $1', leaver.userId), 0);
    assert.equal(await numberOf('chat-gateway', 'messages WHERE user_id = $1', leaver.userId), 0);
    assert.equal(await numberOf('auth', `users WHERE id = $1 AND status = 'deleted'`, leaver.userId), 1);
  });
});
