import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import type { Account } from '@todo-chatbot/contracts';
import { accountKey, accountQuery, forgetPerson } from '../src/session/session.ts';
import { followTasks, tasksKey } from '../src/tasks/useLiveTasks.ts';

const accountOf = (id: string, emailVerified = false): Account => ({
  id: `usr_01920000-0000-7000-8000-00000000000${id}`,
  email: `person${id}@example.com`,
  emailVerified,
  name: `Person ${id}`,
  roles: ['user'],
  createdAt: '2026-11-26T10:00:00.000Z',
});

describe('Who is signed in, where tabs share their cookies (AUTH-4, AUTH-9)', () => {
  let queryClient: QueryClient;
  let answer: Account | null = null;
  let asked = 0;
  beforeEach(() => {
    queryClient = new QueryClient();
    asked = 0;
    Object.defineProperty(globalThis, 'document', { value: { cookie: '' }, configurable: true });
    mock.method(globalThis, 'fetch', async () => {
      asked += 1;
      const problem = { type: 'urn:x', title: 'None', status: 401, code: 'auth.token-missing' };
      return answer === null ? Response.json(problem, { status: 401 }) : Response.json(answer);
    });
    queryClient.setQueryData(accountKey, accountOf('1'), { updatedAt: 0 });
    queryClient.setQueryData(tasksKey, ['a task of person 1']);
  });
  afterEach(() => {
    queryClient.clear();
    mock.restoreAll();
    Reflect.deleteProperty(globalThis, 'document');
  });

  it('somebody else signed in in another tab: nothing of the person before is left', async () => {
    answer = accountOf('2');
    assert.deepEqual(await queryClient.fetchQuery(accountQuery), answer);
    assert.equal(queryClient.getQueryData(tasksKey), undefined);
  });

  it('an address confirmed in another tab shows, and all else stays', async () => {
    answer = accountOf('1', true);
    assert.deepEqual(await queryClient.fetchQuery(accountQuery), answer);
    assert.notEqual(queryClient.getQueryData(tasksKey), undefined);
  });

  it('where nobody is signed in nothing is asked, and a late answer brings nobody back', async () => {
    answer = accountOf('1');
    const late = queryClient.fetchQuery(accountQuery).catch(() => undefined);
    forgetPerson(queryClient);
    await late;
    assert.equal(queryClient.getQueryData(accountKey), null);
    const before = asked;
    assert.equal(await queryClient.fetchQuery(accountQuery), null);
    assert.equal(asked, before);
  });

  it('a refused stream asks who is signed in: a session that has ended elsewhere ends on an open page', async () => {
    answer = null;
    const streams: RefusedStream[] = [];
    class RefusedStream extends EventTarget {
      static readonly CLOSED = 2;
      readonly readyState = RefusedStream.CLOSED;
      onerror: () => void = () => undefined;
      constructor() {
        super();
        streams.push(this);
      }
      close(): void {}
    }
    Object.defineProperty(globalThis, 'EventSource', { value: RefusedStream, configurable: true });
    const page = new QueryObserver(queryClient, { ...accountQuery, refetchOnMount: false });
    const ended = new Promise<void>((resolve) => {
      page.subscribe(({ data }) => {
        if (data === null) resolve();
      });
    });
    const stop = followTasks(queryClient, () => undefined);
    try {
      streams[0]?.onerror();
      await ended;
      assert.equal(queryClient.getQueryData(tasksKey), undefined);
    } finally {
      stop();
      page.destroy();
      Reflect.deleteProperty(globalThis, 'EventSource');
    }
  });
});
