import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type OpeningHours, type Schedule, slotsBetween } from './schedule.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];

function schedule(overrides: Partial<Schedule> = {}): Schedule {
  const openingHours = everyDay.slice(0, 5).map((weekday) => ({ weekday, opensAtMinute: 540, closesAtMinute: 1020 }));
  return { durationMinutes: 30, timeZone: 'Europe/Berlin', openingHours, ...overrides };
}

function starts(slots: readonly { startsAt: Date }[]): string[] {
  return slots.map(({ startsAt }) => startsAt.toISOString());
}

test('a working day has sixteen half-hours from 9 to 17 o’clock, a weekend none', () => {
  const friday = slotsBetween(schedule(), new Date('2026-11-27T00:00:00Z'), new Date('2026-11-28T00:00:00Z'));
  assert.equal(friday.length, 16);
  assert.equal(friday.at(0)?.startsAt.toISOString(), '2026-11-27T08:00:00.000Z');
  assert.equal(friday.at(-1)?.endsAt.toISOString(), '2026-11-27T16:00:00.000Z');
  assert.deepEqual(slotsBetween(schedule(), new Date('2026-11-28T00:00:00Z'), new Date('2026-11-29T23:00:00Z')), []);
});

test('opening at 9 o’clock is an hour earlier in UTC from the Monday after the clocks go forward', () => {
  const slots = slotsBetween(schedule(), new Date('2026-03-27T00:00:00Z'), new Date('2026-03-31T00:00:00Z'));
  const openings = starts(slots).filter((start) => /T0[78]:00/.test(start));
  assert.deepEqual(openings.slice(0, 1).concat(openings.slice(-2)), [
    '2026-03-27T08:00:00.000Z',
    '2026-03-30T07:00:00.000Z',
    '2026-03-30T08:00:00.000Z',
  ]);
});

test('hours across the night on which the clocks go forward lose the hour that is not there', () => {
  const night = schedule({ openingHours: [{ weekday: 7, opensAtMinute: 60, closesAtMinute: 240 }] });
  const slots = slotsBetween(night, new Date('2026-03-28T12:00:00Z'), new Date('2026-03-29T12:00:00Z'));
  assert.deepEqual(starts(slots), [
    '2026-03-29T00:00:00.000Z',
    '2026-03-29T00:30:00.000Z',
    '2026-03-29T01:00:00.000Z',
    '2026-03-29T01:30:00.000Z',
  ]);
});

test('hours across the night on which the clocks go back gain the hour that is there twice', () => {
  const night = schedule({ openingHours: [{ weekday: 7, opensAtMinute: 60, closesAtMinute: 240 }] });
  const slots = slotsBetween(night, new Date('2026-10-24T12:00:00Z'), new Date('2026-10-25T12:00:00Z'));
  assert.equal(slots.length, 8);
});

test('a day that a place skipped altogether has no slots', () => {
  const apia = schedule({
    timeZone: 'Pacific/Apia',
    openingHours: [{ weekday: 5, opensAtMinute: 540, closesAtMinute: 1020 }],
  });
  assert.deepEqual(slotsBetween(apia, new Date('2011-12-29T12:00:00Z'), new Date('2012-01-01T00:00:00Z')), []);
});

test('a slot must lie wholly between the two moments', () => {
  const from = new Date('2026-11-27T08:00:00.001Z');
  const to = new Date('2026-11-27T09:29:59.999Z');
  assert.deepEqual(starts(slotsBetween(schedule(), from, to)), ['2026-11-27T08:30:00.000Z']);
});

// Weeks in which clocks change, by hours, half an hour and in both hemispheres, and the day that Samoa skipped.
const zonesAndChanges = fc.constantFrom(
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['Africa/Cairo', '2026-04-24'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['UTC', '2026-01-01'],
) satisfies fc.Arbitrary<string[]>;

/** Hours that do not overlap, neighbours included: some of the stretches between cuts through the day, the same every day. */
const openingHours: fc.Arbitrary<OpeningHours[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 2, maxLength: 8 })
  .map((cuts) => cuts.toSorted((a, b) => a - b).map((cut) => cut * 15))
  .chain((cuts) => fc.subarray(cuts.slice(1).map((closes, index) => ({ opens: cuts[index] ?? 0, closes }))))
  .map((stretches) =>
    stretches.flatMap(({ opens, closes }) =>
      everyDay.map((weekday) => ({ weekday, opensAtMinute: opens, closesAtMinute: closes })),
    ),
  );

const anySchedule = fc.record({
  zone: zonesAndChanges,
  durationMinutes: fc.integer({ min: 5, max: 480 }),
  openingHours,
});

/** Weekday and minute of the day on the wall clock, from Intl rather than from what is under test. */
function wallClock(moment: Date, timeZone: string): { weekday: string; minute: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const part = (type: string) => format.formatToParts(moment).find((found) => found.type === type)?.value ?? '';
  return { weekday: part('weekday'), minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

function around(change: string): { from: Date; to: Date } {
  const day = Date.parse(`${change}T00:00:00Z`);
  return { from: new Date(day - 3 * 86_400_000), to: new Date(day + 4 * 86_400_000) };
}

test('across changes of the clock slots keep their length, come in order and never overlap', () => {
  fc.assert(
    fc.property(anySchedule, ({ zone: [timeZone = '', change = ''], ...rest }) => {
      const { from, to } = around(change);
      let previousEnd = from.getTime();
      for (const { startsAt, endsAt } of slotsBetween({ timeZone, ...rest }, from, to)) {
        assert.equal(endsAt.getTime() - startsAt.getTime(), rest.durationMinutes * 60_000);
        assert.ok(startsAt.getTime() >= previousEnd, `${startsAt.toISOString()} overlaps the slot before it`);
        previousEnd = endsAt.getTime();
      }
      assert.ok(previousEnd <= to.getTime());
    }),
    { numRuns: 500 },
  );
});

test('across changes of the clock every slot begins and ends within opening hours on the wall clock of the place', () => {
  fc.assert(
    fc.property(anySchedule, ({ zone: [timeZone = '', change = ''], ...rest }) => {
      const { from, to } = around(change);
      for (const { startsAt, endsAt } of slotsBetween({ timeZone, ...rest }, from, to)) {
        const start = wallClock(startsAt, timeZone).minute;
        const end = wallClock(new Date(endsAt.getTime() - 1), timeZone).minute;
        const isOpenAt = (minute: number) =>
          rest.openingHours.some(
            ({ opensAtMinute, closesAtMinute }) => opensAtMinute <= minute && minute < closesAtMinute,
          );
        assert.ok(isOpenAt(start) && isOpenAt(end), `${startsAt.toISOString()} is outside the opening hours`);
      }
    }),
    { numRuns: 200 },
  );
});

test('where no clock changes, each stretch of opening hours is filled with as many slots as fit', () => {
  fc.assert(
    fc.property(openingHours, fc.integer({ min: 5, max: 480 }), (hours, durationMinutes) => {
      const from = new Date('2026-06-01T00:00:00Z');
      const to = new Date('2026-06-08T00:00:00Z');
      const fitting = hours.map((open) => Math.floor((open.closesAtMinute - open.opensAtMinute) / durationMinutes));
      const found = slotsBetween({ timeZone: 'UTC', durationMinutes, openingHours: hours }, from, to);
      assert.equal(
        found.length,
        fitting.reduce((sum, count) => sum + count, 0),
      );
    }),
  );
});
