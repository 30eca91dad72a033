/** Numbers that look random and are the same for the same seed, so that a run that failed can be repeated. */
export interface SeededRandom {
  /** A whole number from `least` to `most`, both of them possible. */
  between(least: number, most: number): number;
  /** The same items in another order. */
  shuffled<T>(items: readonly T[]): T[];
}

/** Marsaglia's xorshift with 32 bits of state (doi:10.18637/jss.v008.i14): enough for tests, no use for secrets. */
export function seededRandom(seed: number): SeededRandom {
  // Its state must never be 0, or it stays 0.
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const between = (least: number, most: number) => least + (next() % (most - least + 1));
  return {
    between,
    shuffled(items) {
      const left = [...items];
      return items.flatMap(() => left.splice(between(0, left.length - 1), 1));
    },
  };
}
