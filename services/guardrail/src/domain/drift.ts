/** Shares below this count as this: an empty tenth must not make the index infinite. */
const leastShare = 0.0001;

/**
 * Population stability index of two distributions over the same bins: the sum of (observed − expected) · ln(observed / expected). Below
 * 0.1 nothing has changed, above 0.25 much has.
 * @param expected shares of each bin, which sum up to 1
 * @param observed counts in each bin
 */
export function populationStabilityIndex(expected: readonly number[], observed: readonly number[]): number {
  const total = observed.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  return expected.reduce((sum, share, bin) => {
    const [had, has] = [Math.max(share, leastShare), Math.max((observed[bin] ?? 0) / total, leastShare)];
    return sum + (has - had) * Math.log(has / had);
  }, 0);
}

/** Bins of the scores that are compared. */
const bins = 10;

/** Counts by tenths of the score; a score of 1 is in the last one. */
export function tenthsOf(counts: readonly { readonly hundredths: number; readonly count: number }[]): number[] {
  const tenths = Array.from({ length: bins }, () => 0);
  for (const { hundredths, count } of counts) {
    const bin = Math.min(Math.floor(hundredths / bins), bins - 1);
    tenths[bin] = (tenths[bin] ?? 0) + count;
  }
  return tenths;
}
