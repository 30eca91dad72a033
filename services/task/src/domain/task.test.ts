import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, type Task, taskSchema } from '@todo-chatbot/contracts';
import fc from 'fast-check';
import { applyChange, changedFields, listKey, newTask, type TaskChange } from './task.ts';

const createdAt = new Date('2026-11-22T10:00:00.000Z');
const later = new Date('2026-11-22T11:30:00.000Z');

function taskWith(overrides: Partial<Task> = {}): Task {
  return { ...newTask({ title: 'Buy milk' }, { id: newId('task'), now: createdAt }), ...overrides };
}

const due = fc.record({
  at: fc
    .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((d) => d.toISOString()),
  hasTime: fc.boolean(),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York'),
});
const change: fc.Arbitrary<TaskChange> = fc.record(
  {
    title: fc.constantFrom('Buy milk', 'Buy bread'),
    listName: fc.constantFrom('Tasks', 'tasks', 'Shopping'),
    due: fc.option(due),
    status: fc.constantFrom('open', 'done'),
  },
  { requiredKeys: [] },
);

test('a new task is open, on the default list, without a due date, at version 1', () => {
  const task = newTask({ title: 'Buy milk' }, { id: newId('task'), now: createdAt });
  assert.deepEqual(
    {
      status: task.status,
      listName: task.listName,
      due: task.due,
      completedAt: task.completedAt,
      version: task.version,
    },
    { status: 'open', listName: 'Tasks', due: null, completedAt: null, version: 1 },
  );
});

test('two spellings of a list name are one list, two names are two', () => {
  assert.equal(listKey('Shopping'), listKey('sHOPPING'));
  assert.equal(listKey('Straße'), listKey('STRASSE'));
  assert.equal(listKey('STRAẞE'), listKey('STRASSE'));
  assert.equal(listKey('Caf\u00e9'), listKey('CAFE\u0301'));
  assert.notEqual(listKey('Shopping'), listKey('Shop'));
});

test('the key of a key is the key itself, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => listKey(listKey(name)) === listKey(name)),
  );
});

test('completing sets the time of completion and reopening clears it', () => {
  const done = applyChange(taskWith(), { status: 'done' }, later);
  assert.equal(done.completedAt, later.toISOString());
  assert.equal(applyChange(done, { status: 'open' }, later).completedAt, null);
});

test('completing a task twice keeps the first time of completion', () => {
  const done = applyChange(taskWith(), { status: 'done' }, createdAt);
  assert.equal(applyChange(done, { status: 'done' }, later), done);
});

test('another spelling of the same list, or of the same moment, is no change', () => {
  const task = taskWith({
    listName: 'Shopping',
    due: { at: '2026-11-23T16:00:00.000Z', hasTime: true, timeZone: 'UTC' },
  });
  assert.equal(applyChange(task, { listName: 'SHOPPING' }, later), task);
  assert.equal(applyChange(task, { due: { timeZone: 'UTC', hasTime: true, at: '2026-11-23T16:00:00Z' } }, later), task);
});

test('any change either gives back the same object or exactly one version more with the named fields changed, and stays a valid task', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      let task = taskWith();
      for (const next of changes) {
        const after = applyChange(task, next, later);
        if (after !== task) {
          assert.equal(after.version, task.version + 1);
          assert.ok(changedFields(task, after).length > 0);
        }
        assert.equal(after.status === 'done', after.completedAt !== null);
        assert.equal(applyChange(after, next, later), after, 'the same change again changes nothing');
        task = taskSchema.parse(after);
      }
    }),
  );
});
