import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Command, understand } from '../src/index.ts';

const options = { now: new Date('2026-11-20T10:00:00Z'), timeZone: 'Europe/Berlin' };

const wordArbitrary = fc.constantFrom(
  ...'add remind me to delete mark as done buy milk call Bob and my shopping list tomorrow at 5 5pm on Friday every the it all " , . ; every 2 May : what show tasks - @ first'.split(
    ' ',
  ),
);
const textArbitrary = fc.oneof(
  fc.array(wordArbitrary, { maxLength: 40 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .tuple(fc.constantFrom('add ', 'remind me to ', 'delete ', 'mark '), fc.string({ maxLength: 200 }))
    .map(([verb, rest]) => verb + rest),
);

function namesIn(command: Command): (string | null | undefined)[] {
  switch (command.kind) {
    case 'add_task':
      return [command.title, command.listName];
    case 'list_tasks':
      return [command.listName];
    case 'complete_task':
    case 'delete_task':
      return [command.reference.words, command.reference.listName];
  }
}

/** Letters and digits, so that spaces and quotes that reading evens out do not count. */
const lettersOf = (text: string) => new Set(text.toWellFormed().match(/[\p{L}\p{N}]+/gu) ?? []);

describe('any text at all', () => {
  test('gives an answer, and names only what the text says', () => {
    fc.assert(
      fc.property(textArbitrary, (text) => {
        const { intent, commands } = understand(text, options);
        assert.equal(commands.length === 0 || commands[0]?.kind === intent, true);
        const said = lettersOf(text.replace(/\p{Cc}+/gu, ' '));
        for (const name of commands.flatMap(namesIn)) {
          if (name === null || name === undefined) continue;
          assert.notEqual(name.trim(), '');
          assert.equal(name, name.trim());
          assert.ok(name.length <= 500);
          for (const word of lettersOf(name)) assert.ok(said.has(word), `${word} is not in ${text}`);
        }
        for (const command of commands) {
          if (command.kind === 'add_task' && command.due) assert.ok(Number.isFinite(Date.parse(command.due.at)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a title of 4,000 characters is cut to what the task service takes', () => {
    const [command] = understand(`add ${'x'.repeat(5000)}`, options).commands;
    assert.equal(command?.kind === 'add_task' ? command.title?.length : null, 500);
  });

  test('one message gives a bounded number of commands', () => {
    assert.ok(understand('add a. '.repeat(500), options).commands.length <= 10);
    assert.ok(understand(`add ${'a, '.repeat(1000)} to my shopping list`, options).commands.length <= 10);
  });
});

describe('no text takes more than linear time (denial of service by a hostile message)', () => {
  const units = [
    'a',
    'a ',
    'and ',
    'at 5 and call ',
    'my list ',
    'ai, ',
    'hi',
    'to ',
    'every monday to ',
    '"',
    'a, ',
    'call and ',
    '. ',
    '; add x',
    'list ',
    'add ',
    'off ',
    'as done ',
    'remind me ',
    "'s ",
    '1',
    '2 may ',
    ' and add a',
    '\u0000',
    '😀',
    '\ud800',
    'at 5 ',
    'in 1 hour and ',
    '1/',
    '9:',
  ];
  const openings = ['', 'add ', 'remind me to ', 'delete ', 'what is on my ', 'mark '];
  const timeOf = (text: string) => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round += 1) {
      const begin = performance.now();
      understand(text, options);
      best = Math.min(best, performance.now() - begin);
    }
    return best;
  };
  /** Plain prose with dates and lists, the measure of what 4,000 characters may cost on this machine. */
  const plain = timeOf(
    `remind me to ${'call Ann on Monday at 5 about my shopping list and '.repeat(80)}`.slice(0, 4000),
  );

  for (const unit of units) {
    test(JSON.stringify(unit), () => {
      for (const opening of openings) {
        const text = (opening + unit.repeat(4000)).slice(0, 4000);
        const time = timeOf(text);
        // Quadratic patterns are hundreds of times slower here; the constant leaves room for a busy machine.
        assert.ok(
          time < 20 * plain + 100,
          `${opening}${unit}: ${time.toFixed(1)} ms, plain text ${plain.toFixed(1)} ms`,
        );
      }
    });
  }
});
