import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type CandidateTask, chooseTasks, type TaskReference } from '../src/index.ts';

const task = (id: string, title: string, listName = 'Tasks', status: 'open' | 'done' = 'open'): CandidateTask => ({
  id,
  title,
  listName,
  status,
});

const tasks: readonly CandidateTask[] = [
  task('milk', 'Buy milk', 'Shopping'),
  task('chocolate', 'buy milk chocolate', 'Shopping'),
  task('eggs', 'eggs', 'Shopping'),
  task('report', 'Send the report to Ann'),
  task('old', 'Send the report', 'Tasks', 'done'),
  task('boots', 'repair hiking boots'),
  task('café', 'Meet Zoë at the café'),
];

const choose = (reference: TaskReference, lastShown: readonly string[] = []) =>
  chooseTasks(reference, tasks, lastShown).matches;

describe('tasks that words name (CHAT-3)', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['buy milk', ['milk']],
    ['the milk', ['milk', 'chocolate']],
    ['bought the milk', ['milk']],
    ['got milk', ['milk', 'chocolate']],
    ['bought the eggs', ['eggs']],
    ['egg', ['eggs']],
    ['sent the report to Ann', ['report']],
    ['reports', ['report']],
    ['repairing the boot', ['boots']],
    ['repiar boots', ['boots']],
    ['zoë', ['café']],
    ['taxes', []],
    ['', []],
    ['the', []],
  ];
  for (const [words, wanted] of cases) test(`"${words}"`, () => assert.deepEqual(choose({ words }), wanted));

  test('a named list narrows, whatever its letter case and with or without the word list', () => {
    assert.deepEqual(choose({ words: 'milk', listName: 'shopping list' }), ['milk', 'chocolate']);
    assert.deepEqual(choose({ words: 'milk', listName: 'work' }), []);
  });
});

describe('tasks that are pointed at (CHAT-3)', () => {
  test('ordinals count what was last shown', () => {
    assert.deepEqual(choose({ ordinal: 2 }, ['report', 'eggs']), ['eggs']);
    assert.deepEqual(choose({ ordinal: -1 }, ['report', 'eggs', 'milk']), ['milk']);
    assert.deepEqual(choose({ ordinal: 4 }, ['report']), []);
    assert.deepEqual(choose({ ordinal: 1 }), [], 'nothing shown: nothing to count');
  });
  test('ordinals count in a named list', () =>
    assert.deepEqual(choose({ ordinal: 3, listName: 'shopping' }), ['eggs']));
  test('pronouns are what was last shown', () => {
    assert.deepEqual(choose({ pronoun: 'it' }, ['eggs']), ['eggs']);
    assert.deepEqual(choose({ pronoun: 'them' }, ['eggs', 'milk']), ['milk', 'eggs']);
    assert.deepEqual(choose({ pronoun: 'it' }), []);
  });
  test('all can be narrowed by list and status', () => {
    assert.equal(choose({ all: true }).length, tasks.length);
    assert.deepEqual(choose({ all: true, status: 'done' }), ['old']);
    assert.deepEqual(choose({ all: true, listName: 'Shopping' }), ['milk', 'chocolate', 'eggs']);
  });
  test('a task that has gone since is never chosen', () => assert.deepEqual(choose({ ordinal: 1 }, ['gone']), []));
});

test('every choice is a candidate, and the title itself always finds its task', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 60 }), { maxLength: 12 }),
      fc.string({ maxLength: 80 }),
      (titles, words) => {
        const candidates = titles.map((title, index) => task(`t${index}`, title));
        for (const id of chooseTasks({ words }, candidates, []).matches)
          assert.ok(candidates.some((candidate) => candidate.id === id));
        for (const candidate of candidates) {
          const hasWord = /[\p{L}\p{N}]/u.test(candidate.title);
          if (hasWord)
            assert.ok(chooseTasks({ words: candidate.title }, candidates, []).matches.includes(candidate.id));
        }
      },
    ),
  );
});
