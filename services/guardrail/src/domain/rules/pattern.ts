import type { Finding, Layer } from '../layer.ts';
import { decodeDepth, decodedPieces } from '../reading/decode.ts';
import { foldPattern, type Reading, readingsOf } from '../reading/readings.ts';
import { tagPatterns, wordPatterns } from './patterns.ts';

interface CompiledPattern {
  readonly reason: string;
  readonly score: number;
  readonly words: RegExp;
  readonly folded: RegExp;
  readonly joined: RegExp;
}

/** `~` in a pattern: up to four words between. */
const gap = '(?:[a-z0-9]+ ){0,4}';
/** `~~`: up to twelve. */
const wideGap = '(?:[a-z0-9]+ ){0,12}';

function compile({ reason, score, source }: { reason: string; score: number; source: string }): CompiledPattern {
  const spaced = source.replaceAll('~~', wideGap).replaceAll('~', gap);
  const joined = foldPattern(
    source.replaceAll('~~', '[a-z]{0,60}').replaceAll('~', '[a-z]{0,24}').replaceAll(' ', '').replaceAll('\\b', ''),
  );
  return {
    reason,
    score,
    words: new RegExp(`\\b(?:${spaced})`),
    folded: new RegExp(`\\b(?:${foldPattern(spaced)})`),
    joined: new RegExp(joined),
  };
}

const compiled = wordPatterns.map(compile);

function judgeReading({ kind, text }: Reading): Finding | null {
  if (kind === 'plain') {
    const tag = tagPatterns.find(({ pattern }) => pattern.test(text));
    return tag ? { reason: tag.reason, score: tag.score } : null;
  }
  const found = compiled.find((pattern) => pattern[kind].test(text));
  return found ? { reason: found.reason, score: found.score } : null;
}

/** Texts that one message may hold in disguise, itself included, are judged up to this number. */
const textLimit = 30;

/** Blocks the known ways of taking an assistant out of its role, whatever letters, spelling or encoding they come in. */
export const patternLayer: Layer = {
  name: 'pattern',
  directions: ['input', 'document'],
  judge: ({ text }) => {
    let level = [text];
    let judged = 0;
    for (let depth = 0; depth <= decodeDepth && level.length > 0; depth += 1) {
      for (const piece of level) {
        if (judged === textLimit) return null;
        judged += 1;
        for (const reading of readingsOf(piece)) {
          const finding = judgeReading(reading);
          if (finding) return finding;
        }
      }
      level = level.flatMap(decodedPieces);
    }
    return null;
  },
};
