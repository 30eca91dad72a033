/** A score in hundredths, rounded down: thresholds have two decimals, and 0.29 is 29 whatever binary fractions make of it. */
export function hundredthsOf(score: number): number {
  return Math.floor(score * 100 + 1e-9);
}
