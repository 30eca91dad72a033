import assert from 'node:assert/strict';

/** Rounds after which the fastest ones can say something. */
const minimumRounds = 9;
/** Noise gets less with each round, a difference in the work stays: by then it is one. */
const maximumRounds = 40;
/** What noise may leave over. The slow hash left out, done twice or done at half its cost differs by far more. */
const tolerance = 0.25;

/**
 * Asserts that the cases take the same time, on a machine that does other things as well: they are run in turns, so that its load meets all
 * alike, the fastest third of each is compared, for those runs were disturbed least, and a difference gets more rounds to vanish in.
 */
export async function assertSameTime(
  cases: Readonly<Record<string, () => Promise<unknown>>>,
  beforeEachRound: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const samples = Object.entries(cases).map(([name, run]) => ({ name, run, times: [] as number[] }));
  let difference = Number.POSITIVE_INFINITY;
  for (let round = 1; round <= maximumRounds && difference > tolerance; round += 1) {
    await beforeEachRound();
    for (const { run, times } of samples) {
      const startedAt = performance.now();
      await run();
      times.push(performance.now() - startedAt);
    }
    if (round >= minimumRounds) difference = largestDifference(samples.map(({ times }) => fastThird(times)));
  }
  const found = samples.map(({ name, times }) => `${name} ${fastThird(times).toFixed(1)} ms`).join(', ');
  assert.ok(difference <= tolerance, `the times differ: ${found}`);
}

function largestDifference(times: readonly number[]): number {
  return Math.max(...times) / Math.min(...times) - 1;
}

function fastThird(times: readonly number[]): number {
  const fastest = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length / 3));
  return fastest.reduce((sum, time) => sum + time, 0) / fastest.length;
}
