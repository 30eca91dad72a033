import { qualityOf, readsWell, unknownShare } from './quality.ts';
import type { Vocabulary } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** Every split payload has a quotation mark, or pieces with a number. */
const gate = /["“”'‘’`]|\b(?:part|piece|chunk|fragment|string|token|segment|word|step)\b/;
const assignment = /\b([a-z_]\w{0,15})\s?(?::=|=|:| is | be )\s?["“'‘`]([^"“”'‘’`\n]{1,300})["”'’`]/g;
/** Names or quotations with signs between: `a + b`, `a.b`, `a, b and c`. */
const expression =
  /(?:\b[a-z_]\w{0,15}\b|"[^"\n]{0,300}"|'[^'\n]{0,300}')(?:\s?(?:\+|\.\.|\.|&|\band\b|\bthen\b)\s?(?:[a-z_]\w{0,15}\b|"[^"\n]{0,300}"|'[^'\n]{0,300}')){1,30}/g;
const quotations = /(?:"[^"\n]{1,100}"(?:\s?[+.,&]?\s?)){2,30}/g;
const singleQuotations = /(?:'[^'\n]{1,100}'(?:\s?[+.,&]\s?)?){2,30}/g;
const numbered =
  /\b(?:part|piece|chunk|fragment|string|token|segment|word)\s?[#_-]?(?:\d{1,2}|[a-f]|one|two|three|four|five)\s?(?:is|[:=-])\s?["“']?([^"“”'\n;,.|]{1,200})/g;
/** More parts than an attack needs. */
const partLimit = 30;

/** What the parts of a folded text say when they are put together; null when there are none or they make no words. */
export function withoutSplit(folded: string, vocabulary: Vocabulary): string | null {
  const sentence = fromNumberedWords(folded);
  if (sentence !== null) return sentence;
  if (!gate.test(folded)) return null;
  return fromAssignments(folded, vocabulary) ?? fromNumbered(folded, vocabulary) ?? fromQuotations(folded, vocabulary);
}

/** A line of a list with one word. */
const numberedWord = /^ ?\d{1,2}[.):] ?(\S{1,30}) ?$/gm;
/** Words that join others to a sentence; a list of things to buy has none. */
const joining = /^(?:your?|me|all|the|and|to|deine?n?|alle|und|mir|dein|tus?|las|los|tes|les|et)$/;
const leastJoining = 2;

/** The sentence of a list with one word to a line; null when the words are things. */
function fromNumberedWords(folded: string): string | null {
  const words = Array.from(folded.matchAll(numberedWord), ([, word = '']) => word).slice(0, partLimit);
  return words.filter((word) => joining.test(word)).length < leastJoining ? null : words.join(' ');
}

function fromAssignments(folded: string, vocabulary: Vocabulary): string | null {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of folded.matchAll(assignment)) {
    if (values.size === partLimit) break;
    values.set(name, value);
  }
  if (values.size < 2) return null;
  const parts = expressionOf(folded, values);
  return parts === null ? null : joined(parts, vocabulary);
}

/** The values in the order of the longest expression that names two of them. */
function expressionOf(folded: string, values: ReadonlyMap<string, string>): string[] | null {
  let best: string[] | null = null;
  for (const [match] of folded.matchAll(expression)) {
    const names = match.match(/"[^"]*"|'[^']*'|[a-z_]\w*/g) ?? [];
    const parts = names.flatMap((name) => values.get(name) ?? (/^["']/.test(name) ? name.slice(1, -1) : []));
    const isNamed = names.filter((name) => values.has(name)).length >= 2;
    if (isNamed && parts.length > (best?.length ?? 1)) best = parts;
  }
  return best;
}

function fromNumbered(folded: string, vocabulary: Vocabulary): string | null {
  const parts: string[] = [];
  for (const [, part = ''] of folded.matchAll(numbered)) {
    if (parts.length === partLimit) break;
    parts.push(part.trimEnd());
  }
  return parts.length < 2 ? null : joined(parts, vocabulary);
}

/** Quotations side by side are a list of things, unless they are added or pieces of words. */
function fromQuotations(folded: string, vocabulary: Vocabulary): string | null {
  for (const pattern of [quotations, singleQuotations]) {
    for (const [match] of folded.matchAll(pattern)) {
      const parts = (match.match(/"[^"]*"|'[^']*'/g) ?? []).map((quotation) => quotation.slice(1, -1));
      const apart = unknownShare(qualityOf(wordsOf(parts.join(' ')), vocabulary));
      const together = parts.length < 2 ? null : joined(parts, vocabulary);
      if (together === null) continue;
      const gain = match.includes('+') ? 0 : leastGain;
      if (unknownShare(qualityOf(wordsOf(together), vocabulary)) <= apart - gain) return together;
    }
  }
  return null;
}

/** A smaller gain is a word that is known by chance. */
const leastGain = 0.2;

/** The parts joined as they are or with spaces, whichever has fewer unknown letters. */
function joined(parts: readonly string[], vocabulary: Vocabulary): string | null {
  const [best] = [parts.join(''), parts.join(' ')]
    .filter((text) => readsWell(text, vocabulary))
    .map((text) => ({ text, unknown: unknownShare(qualityOf(wordsOf(text), vocabulary)) }))
    .sort((a, b) => a.unknown - b.unknown);
  return best?.text ?? null;
}
