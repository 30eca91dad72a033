import type { Finding, Layer } from '../layer.ts';
import type { Reading } from '../reading/readings.ts';
import { spacedWords } from '../reading/words.ts';
import { tagPatterns, wordPatterns } from './patterns.ts';

interface CompiledPattern {
  readonly reason: string;
  readonly score: number;
  readonly words: RegExp;
}

/** `~` in a pattern: up to four words between. */
const gap = '(?:[a-z0-9]+ ){0,4}';
/** `~~`: up to twelve. */
const wideGap = '(?:[a-z0-9]+ ){0,12}';

function compile({ reason, score, source }: { reason: string; score: number; source: string }): CompiledPattern {
  const spaced = source.replaceAll('~~', wideGap).replaceAll('~', gap);
  return {
    reason,
    score,
    words: new RegExp(`\\b(?:${spaced})`),
  };
}

const compiled = wordPatterns.map(compile);

function judgeReading({ text }: Reading): Finding | null {
  const tag = tagPatterns.find(({ pattern }) => pattern.test(text));
  if (tag) return { reason: tag.reason, score: tag.score };
  const words = spacedWords(text);
  const found = compiled.find((pattern) => pattern.words.test(words));
  return found ? { reason: found.reason, score: found.score } : null;
}

/** Blocks the known ways of taking an assistant out of its role, whatever letters, spelling or encoding they come in. */
export const patternLayer: Layer = {
  name: 'pattern',
  directions: ['input', 'document'],
  judge({ readings }) {
    for (const reading of readings()) {
      const finding = judgeReading(reading);
      if (finding) return finding;
    }
    return null;
  },
};
