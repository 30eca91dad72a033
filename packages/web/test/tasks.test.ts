import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newId, type Task } from '@todo-chatbot/contracts';
import { groupByList, withTask } from '../src/tasks/mergeTasks.ts';
import { dueText, isOverdue } from '../src/ui/time.ts';

function task(changes: Partial<Task> = {}): Task {
  return {
    id: newId('task'),
    title: 'x',
    listName: 'Tasks',
    status: 'open',
    due: null,
    createdAt: '2026-11-22T10:00:00.000Z',
    completedAt: null,
    version: 1,
    ...changes,
  };
}

describe('Task list in the browser (CHAT-4)', () => {
  it('keeps the newest version, whatever the order in which news arrive', () => {
    const first = task();
    const second = { ...first, version: 2, title: 'second' };
    assert.deepEqual(withTask(withTask([], second), first), [second]);
    assert.deepEqual(withTask(withTask([], first), second), [second]);
    assert.deepEqual(withTask([second], second), [second]);
  });

  it('groups by list, open before done, earlier due first', () => {
    const due = (at: string) => ({ at, hasTime: true, timeZone: 'UTC' });
    const late = task({ title: 'late', due: due('2026-12-02T10:00:00.000Z') });
    const early = task({ title: 'early', due: due('2026-12-01T10:00:00.000Z') });
    const done = task({ title: 'done', status: 'done' });
    const someday = task({ title: 'someday' });
    const groups = groupByList([done, someday, late, early, task({ listName: 'Shopping' })]);
    assert.deepEqual(
      groups.map((group) => group.listName),
      ['Shopping', 'Tasks'],
    );
    assert.deepEqual(
      groups[1]?.tasks.map(({ title }) => title),
      ['early', 'late', 'someday', 'done'],
    );
  });
});

describe('Due times in words', () => {
  const now = new Date('2026-11-22T22:30:00Z');
  const due = (at: string, timeZone: string, hasTime = false) => ({ at, hasTime, timeZone });

  it('counts days in the zone of the task, not of the machine', () => {
    assert.equal(dueText(due('2026-11-22T22:45:00Z', 'Europe/Berlin'), now, 'en-GB'), 'today');
    assert.equal(dueText(due('2026-11-22T23:00:00Z', 'Europe/Berlin'), now, 'en-GB'), 'tomorrow');
    assert.equal(dueText(due('2026-11-23T10:00:00Z', 'UTC'), now, 'en-GB'), 'tomorrow');
    assert.equal(dueText(due('2026-11-25T17:00:00Z', 'UTC', true), now, 'en-GB'), 'Wednesday, 17:00');
    assert.equal(dueText(due('2027-03-01T17:00:00Z', 'UTC'), now, 'en-GB'), 'Mon 1 Mar');
  });

  it('is overdue after the instant, or after the whole day when there is no time', () => {
    assert.equal(isOverdue(due('2026-11-22T22:00:00Z', 'UTC', true), now), true);
    assert.equal(isOverdue(due('2026-11-22T00:00:00Z', 'UTC'), now), false);
    assert.equal(isOverdue(due('2026-11-21T00:00:00Z', 'UTC'), now), true);
  });
});
