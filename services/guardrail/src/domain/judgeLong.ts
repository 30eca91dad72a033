import { guardrailTextLimit } from '@todo-chatbot/contracts';
import type { Guard, ToJudge, Verdict } from './judge.ts';

/** Longest text that is judged in pieces, in UTF-16 code units: some twenty pages. Longer ones are refused as too long. */
export const longTextLimit = 64_000;
/** Pieces of a text share so much, in UTF-16 code units: no attack that counts as one window is cut in two. */
const overlap = 1000;

/** What becomes of a text that may be longer than the guard looks at in one piece: the gravest of what becomes of its pieces. */
export function judgeLong(
  guard: Pick<Guard, 'judge'>,
  { text, direction }: Pick<ToJudge, 'text' | 'direction'>,
): Verdict {
  const judge = (piece: string) => guard.judge({ text: piece, direction });
  // The guard itself says what becomes of a text that is too long.
  if (text.length > longTextLimit) return judge(text);
  let gravest: Verdict | null = null;
  for (const piece of piecesOf(text)) {
    const verdict = judge(piece);
    if (verdict.verdict === 'block') return verdict;
    if (gravest === null || verdict.score > gravest.score) gravest = verdict;
  }
  return gravest ?? judge(text);
}

/** The text in overlapping pieces that the guard takes; no character is cut in two. */
function* piecesOf(text: string): Generator<string> {
  for (let start = 0; ; ) {
    const end = boundary(text, start + guardrailTextLimit);
    yield text.slice(start, end);
    if (end === text.length) return;
    start = boundary(text, end - overlap);
  }
}

/** The place, or the one before it if it is within a surrogate pair. */
function boundary(text: string, place: number): number {
  if (place >= text.length) return text.length;
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff ? place - 1 : place;
}
