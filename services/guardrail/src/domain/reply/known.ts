import { perSubject } from '../layer.ts';
import { once } from '../once.ts';
import { visibleOf } from './visible.ts';

/** What the reader of a reply wrote or owns. Nothing is made of it before it is asked for, which is seldom. */
export interface Known {
  /** Whether one of the texts holds the piece, whatever its case. */
  has(piece: string): boolean;
  /** As `has`, and nothing that `inner` matches goes on before or behind it: `bob@example.com` is not in `annabob@example.com`. */
  hasWhole(piece: string, inner: RegExp): boolean;
  /** Whether one of the texts holds these letters and digits, however they are grouped. */
  hasCharacters(characters: string): boolean;
}

/** Between two texts: no piece reaches over it. */
const border = '\0';

/** What the reader of a subject knows already. */
export const knownTo = perSubject(({ context }) => knownOf(context.known));

/** The texts as replies are compared with them. */
function knownOf(texts: readonly string[]): Known {
  const all = once(() => texts.map((text) => visibleOf(text).text.toLowerCase()).join(border));
  const bare = once(() => all().replace(/[^a-z0-9\0]/g, ''));
  return {
    has: (piece) => all().includes(piece.trim().toLowerCase()),
    hasWhole(piece, inner) {
      const text = all();
      const lower = piece.toLowerCase();
      for (let at = text.indexOf(lower); at !== -1; at = text.indexOf(lower, at + 1)) {
        if (!inner.test(text.charAt(at - 1)) && !inner.test(text.charAt(at + lower.length))) return true;
      }
      return false;
    },
    hasCharacters: (characters) => bare().includes(characters.toLowerCase()),
  };
}

/** A shape that no reply may show, with the reason code of its finding. */
export interface Shape {
  readonly reason: string;
  /** With flag `g`, in linear time. */
  readonly pattern: RegExp;
}

/** The first shape that the text has and that the reader does not know already. */
export function foreignShape(shapes: readonly Shape[], text: string, known: Known): Shape | undefined {
  return shapes.find(({ pattern }) => [...text.matchAll(pattern)].some(([piece]) => !known.has(piece)));
}
