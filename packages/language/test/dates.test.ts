import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { understand } from '../src/index.ts';
import { instantOf, offsetMinutesAt } from '../src/zone.ts';

function due(text: string, now: string, timeZone: string): string | undefined {
  const [command] = understand(`remind me to call Ann ${text}`, { now: new Date(now), timeZone }).commands;
  return command?.kind === 'add_task' ? command.due?.at : undefined;
}

describe('clock changes (CHAT-2)', () => {
  const cases: readonly [string, string, string, string, string][] = [
    [
      'before the clocks go forward',
      'tomorrow at 5pm',
      '2026-03-28T12:00:00Z',
      'Europe/Berlin',
      '2026-03-29T15:00:00.000Z',
    ],
    [
      'before the clocks go back',
      'tomorrow at 5pm',
      '2026-10-24T12:00:00Z',
      'Europe/Berlin',
      '2026-10-25T16:00:00.000Z',
    ],
    [
      'a month across the change',
      'on April 10 at 9am',
      '2026-03-01T12:00:00Z',
      'America/New_York',
      '2026-04-10T13:00:00.000Z',
    ],
    [
      'a time that the change skips comes an hour later',
      'tomorrow at 2:30 am',
      '2026-03-28T12:00:00Z',
      'Europe/Berlin',
      '2026-03-29T01:30:00.000Z',
    ],
    [
      'a time that comes twice is the first',
      'tomorrow at 2:30 am',
      '2026-10-24T12:00:00Z',
      'Europe/Berlin',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'hours are counted, not read off the clock',
      'in 24 hours',
      '2026-03-28T12:00:00Z',
      'Europe/Berlin',
      '2026-03-29T12:00:00.000Z',
    ],
    ['half-hour zones', 'today at 5pm', '2026-06-01T03:00:00Z', 'Asia/Kolkata', '2026-06-01T11:30:00.000Z'],
    [
      'far side of the date line',
      'tomorrow at 9am',
      '2026-06-01T23:00:00Z',
      'Pacific/Kiritimati',
      '2026-06-02T19:00:00.000Z',
    ],
  ];
  for (const [name, text, now, timeZone, wanted] of cases)
    test(`${name}: ${text}`, () => assert.equal(due(text, now, timeZone), wanted));

  test('a wall time and its instant agree on every day of a year in zones with and without changes', () => {
    for (const timeZone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']) {
      for (let day = 1; day <= 366; day += 1) {
        const at = instantOf({ year: 2028, month: 1, day, hour: 12, minute: 0, second: 0 }, timeZone);
        const clock = new Date(at.getTime() + offsetMinutesAt(at, timeZone) * 60_000);
        assert.equal(clock.toISOString().slice(11, 16), '12:00');
      }
    }
  });

  test('refuses a zone that does not exist', () => {
    assert.throws(() => understand('add milk tomorrow', { now: new Date(), timeZone: 'Mars/Olympus' }), RangeError);
  });
});

describe('times and days as people say them (CHAT-2)', () => {
  /** A Friday, 10:00. */
  const now = '2026-11-20T10:00:00Z';
  const cases: readonly [string, string][] = [
    ['at 5', '2026-11-20T17:00'],
    ['at 9', '2026-11-20T21:00'],
    ['at 11', '2026-11-20T11:00'],
    ['tomorrow at 9', '2026-11-21T09:00'],
    ['tomorrow at 4', '2026-11-21T16:00'],
    ['at 04:30 tomorrow', '2026-11-21T04:30'],
    ['this evening at 8', '2026-11-20T20:00'],
    ['at half past seven tomorrow evening', '2026-11-21T19:30'],
    ['at a quarter to 3pm', '2026-11-20T14:45'],
    ['at three thirty pm on Monday', '2026-11-23T15:30'],
    ["at seven o'clock in the morning", '2026-11-21T07:00'],
    ['at 15h30', '2026-11-20T15:30'],
    ['at 1030 tomorrow', '2026-11-21T10:30'],
    ['tomorrow at 3p', '2026-11-21T15:00'],
    ['on February the 15th', '2027-02-15T12:00'],
    ['by the 21st', '2026-11-21T12:00'],
    ['on the 3rd of next month', '2026-12-03T12:00'],
    ['by end of day', '2026-11-20T12:00'],
    ['next Monday', '2026-11-23T12:00'],
    ['from 5 to 6pm', '2026-11-20T17:00'],
    ['on 2027-01-05', '2027-01-05T12:00'],
  ];
  for (const [text, wanted] of cases) test(text, () => assert.equal(due(text, now, 'UTC')?.slice(0, 16), wanted));
});

describe('what hangs together with a word is a name, not a date (CHAT-2)', () => {
  for (const name of ['errand 69f3e73f-674d', 'order A-12h', 'part 4b-859d of the manual', 'branch fix-10am-slots']) {
    test(name, () => {
      const [command] = understand(`add ${name}`, { now: new Date('2026-11-20T10:00:00Z'), timeZone: 'UTC' }).commands;
      assert.ok(command?.kind === 'add_task');
      assert.deepEqual([command.title, command.due], [name, null]);
    });
  }
});
