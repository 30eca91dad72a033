import type { Finding, Layer, Subject } from '../layer.ts';
import { once } from '../once.ts';
import { fold } from '../reading/fold.ts';
import { wordsOf } from '../reading/words.ts';
import { canaryIn } from './canary.ts';
import { leakPhrases } from './leakPhrases.ts';
import { instructionsOf } from './overlap.ts';

function judge(subject: Subject): Finding | null {
  const { text, context } = subject;
  const readings = subject.readings();
  const folded = readings.map((reading) => reading.text);
  if (canaryIn({ text, readings: folded, instructions: context.instructions })) return { reason: 'canary', score: 1 };
  if (context.instructions !== null) {
    const instructions = instructionsOf(context.instructions, context.known);
    if (folded.some((reading) => instructions.areIn(reading))) return { reason: 'instructions', score: 0.95 };
  }
  const known = once(() => context.known.map((text) => spacedWords(fold(text))).join('\n'));
  return folded.some((reading) => hasPhrase(reading, known)) ? { reason: 'instructions', score: 0.9 } : null;
}

/** A phrase that stands in a text of the reader is theirs: "my instructions are in the drawer" may be a task. */
function hasPhrase(folded: string, known: () => string): boolean {
  const words = spacedWords(folded);
  return leakPhrases.some((pattern) =>
    [...words.matchAll(pattern)].some(([phrase]) => !known().includes(` ${phrase} `)),
  );
}

function spacedWords(folded: string): string {
  return ` ${wordsOf(folded)
    .map(({ text }) => text)
    .join(' ')} `;
}

/** Blocks replies that tell the bot's own instructions. */
export const leakLayer: Layer = { name: 'leak', directions: ['output'], judge };
