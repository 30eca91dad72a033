import type { GenreClass } from './genres.ts';

/** The logit of a held-out harmless text, and what it is. */
export interface ScoredSample {
  readonly logit: number;
  readonly genre: string;
  readonly genreClass: GenreClass;
}

/** Share of the held-out harmless texts of a class that may be flagged, as the mean of its genres. */
export type FalseAlarmBounds = Readonly<Partial<Record<GenreClass, number>>>;

/** Genres with fewer held-out texts count as one together: a single text would be too large a share of them. */
const leastTexts = 60;

/** The lowest logit at which every bound is kept. */
export function operatingPoint(samples: readonly ScoredSample[], bounds: FalseAlarmBounds): number {
  return Math.max(...Object.entries(bounds).map(([name, share]) => pointOf(logitsByGenre(samples, name), share)));
}

function logitsByGenre(samples: readonly ScoredSample[], name: string): number[][] {
  const ofClass = samples.filter(({ genreClass }) => genreClass === name);
  const genres = [...Map.groupBy(ofClass, ({ genre }) => genre).values()];
  const small = genres.filter((texts) => texts.length < leastTexts).flat();
  const groups = [...genres.filter((texts) => texts.length >= leastTexts), ...(small.length > 0 ? [small] : [])];
  return groups.map((texts) => texts.map(({ logit }) => logit));
}

/** The lowest of the logits above which the groups have on average no more than that share. */
function pointOf(groups: readonly (readonly number[])[], share: number): number {
  const candidates = groups.flat().sort((a, b) => a - b);
  let [low, high] = [0, candidates.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (shareAbove(groups, candidates[middle] ?? 0) > share) low = middle + 1;
    else high = middle;
  }
  return candidates[low] ?? Number.NEGATIVE_INFINITY;
}

function shareAbove(groups: readonly (readonly number[])[], point: number): number {
  const shares = groups.map((logits) => logits.filter((logit) => logit > point).length / logits.length);
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}
