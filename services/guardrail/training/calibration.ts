/** The logit of a held-out harmless text, and what it is. */
export interface ScoredSample {
  readonly logit: number;
  readonly genre: string;
}

/** Genres of which at most a share may be flagged, on their average. */
export interface Bound {
  readonly genres: readonly string[];
  readonly share: number;
}

/** Genres with fewer held-out texts say nothing about shares. */
const leastTexts = 20;

/** The lowest logit at which every bound is kept. */
export function operatingPoint(samples: readonly ScoredSample[], bounds: readonly Bound[]): number {
  const byGenre = Map.groupBy(samples, ({ genre }) => genre);
  return Math.max(
    ...bounds.map(({ genres, share }) => {
      const groups = genres.flatMap((genre) => {
        const logits = byGenre.get(genre)?.map(({ logit }) => logit) ?? [];
        return logits.length < leastTexts ? [] : [logits];
      });
      return pointOf(groups, share);
    }),
  );
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
  return candidates[low] ?? 0;
}

function shareAbove(groups: readonly (readonly number[])[], point: number): number {
  const shares = groups.map((logits) => logits.filter((logit) => logit > point).length / logits.length);
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}
