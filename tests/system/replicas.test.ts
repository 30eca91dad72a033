import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { type Platform, startTestReplica, type TestReplica, testPlatform } from '@todo-chatbot/local-platform/testing';
import { call, newPerson, type Person } from '../support/client.ts';
import { unlimited } from '../support/limits.ts';
import { waitFor } from '../support/waitFor.ts';

describe('Two replicas of the gateway', () => {
  let platform: Platform;
  let second: TestReplica;
  let person: Person;
  const tabs: Tab[] = [];
  before(async () => {
    platform = await testPlatform();
    second = await startTestReplica({
      stateDir: platform.stateDir,
      appId: 'chat-gateway',
      name: 'chat-gateway-second',
      environment: unlimited,
    });
    person = await newPerson(platform.url);
  });
  after(async () => {
    for (const tab of tabs) tab.leave();
    await second?.stop();
  });

  async function openTab(url: string): Promise<Tab> {
    const tab = await openStream(url, person.token);
    tabs.push(tab);
    return tab;
  }

  async function add(url: string, title: string): Promise<void> {
    const headers = { 'idempotency-key': randomUUID() };
    const answer = await call(url, 'POST', '/api/v1/tasks', { token: person.token, headers, body: { title } });
    assert.equal(answer.status, 201, answer.text);
  }

  it('a tab at each sees every task, whichever of them made it (CHAT-4)', async () => {
    const doors = [platform.url, second.url];
    const open = await Promise.all(doors.map(openTab));
    // A replica reads from its start on, and joins its group a moment after it is ready.
    let probes = 0;
    await waitFor(
      'both to read',
      async () => {
        probes += 1;
        await add(platform.url, `probe ${probes}`);
        return open.every((tab) => tab.text().includes('"probe ')) ? true : undefined;
      },
      { everyMs: 500, deadlineMs: 30_000 },
    );
    const titles = doors.flatMap((_, door) =>
      Array.from({ length: 5 }, (__, index) => `task ${index} of door ${door}`),
    );
    await Promise.all(titles.map((title, index) => add(doors[index < 5 ? 0 : 1] ?? platform.url, title)));
    for (const tab of open) {
      await waitFor('every task', async () =>
        titles.every((title) => tab.text().includes(`"title":"${title}"`)) ? true : undefined,
      );
    }
  });
});

interface Tab {
  /** What has come so far. */
  text(): string;
  leave(): void;
}

/** The person's live events at a door. */
async function openStream(url: string, token: string): Promise<Tab> {
  const reader = new AbortController();
  const response = await fetch(new URL('/api/v1/events/stream', url), {
    headers: { authorization: `Bearer ${token}` },
    signal: reader.signal,
  });
  assert.equal(response.status, 200);
  let text = '';
  const decoder = new TextDecoder();
  (async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  })().catch(() => undefined);
  return { text: () => text, leave: () => reader.abort() };
}
