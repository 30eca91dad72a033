/** Pieces in the longest window: a demand, what it is about, and what it wants. */
const piecesPerWindow = 3;

/** What the squared length of a run of pieces is multiplied with: a longer run counts as a window of its average pieces, or repeating a sentence would make it ever surer. */
export function spread(pieces: number): number {
  return Math.max(1, pieces / piecesPerWindow);
}

/** Pieces of a text as a linear model sees them: what the weights of each add up to, and the squared length of its features. */
export interface PieceSums {
  readonly sums: ArrayLike<number>;
  readonly squares: ArrayLike<number>;
}

/** A run of pieces with what the model says of it. */
export interface Window {
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
  readonly logit: number;
}

const noWindow: Window = { first: 0, end: 0, logit: Number.NEGATIVE_INFINITY };

/** The whole text as one window of its average pieces, so that no text counts more for being long. */
export function wholeOf({ sums, squares }: PieceSums, bias: number): Window {
  let sum = 0;
  let square = 0;
  for (let piece = 0; piece < sums.length; piece += 1) {
    sum += sums[piece] ?? 0;
    square += squares[piece] ?? 0;
  }
  return square === 0
    ? noWindow
    : { first: 0, end: sums.length, logit: bias + sum / Math.sqrt(square * spread(sums.length)) };
}

/** The window that looks most like an attack; linear in the pieces. */
export function strongestWindow({ sums, squares }: PieceSums, bias: number): Window {
  const { length } = sums;
  let [bestFirst, bestEnd, bestLogit] = [0, 0, Number.NEGATIVE_INFINITY];
  for (let first = 0; first < length; first += 1) {
    let sum = 0;
    let square = 0;
    for (let piece = first; piece < Math.min(first + piecesPerWindow, length); piece += 1) {
      sum += sums[piece] ?? 0;
      square += squares[piece] ?? 0;
      const logit = bias + sum / Math.sqrt(square);
      if (logit > bestLogit) [bestFirst, bestEnd, bestLogit] = [first, piece + 1, logit];
    }
  }
  return bestEnd === 0 ? noWindow : { first: bestFirst, end: bestEnd, logit: bestLogit };
}

/**
 * What the strongest window and the whole text say together, so that neither a long text hides an attack nor one odd sentence condemns a
 * long text.
 */
export function joinedLogit(pieces: PieceSums, { bias, wholeShare }: { bias: number; wholeShare: number }): number {
  const strongest = strongestWindow(pieces, bias).logit;
  return strongest === Number.NEGATIVE_INFINITY
    ? strongest
    : (1 - wholeShare) * strongest + wholeShare * wholeOf(pieces, bias).logit;
}
