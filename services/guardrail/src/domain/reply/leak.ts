import type { Finding, Layer, Subject } from '../layer.ts';
import { fold } from '../reading/fold.ts';
import { spacedWords } from '../reading/words.ts';

/**
 * Shape of a canary token: planted in a prompt, it must never come out. Prompts of a language model carry one
 * (`tcb-canary-` and 16 to 64 hex digits).
 */
const canary = /\btcb-canary-[0-9a-f]{16,64}\b/;

/** What follows "I was told to" when a bot speaks of its prompt; a task may say "I was told to buy flowers". */
const dutyOfBot =
  '(?:not|never|always|only|respond|answer|reply|refuse|act|behave|keep (?:my|this|these|the)|follow|be (?:a|an|helpful|polite)|help users?|assist|avoid|pretend|say|output|ignore|reveal|be helpful)';
const patterns: readonly RegExp[] = [
  new RegExp(
    `\\bmy (?:[a-z]+ ){0,2}(?:instructions|directives|guidelines|system prompt|prompt|programming) (?:are|is) to ${dutyOfBot}\\b`,
  ),
  /\bmy (?:[a-z]+ ){0,2}(?:instructions|directives|guidelines|system prompt|prompt|programming|system message) (?:are as follows|are that|are not|are you|is as follows|is you|is not|says?|states?|tells? me|reads?|includes?|forbids?|requires?|prohibits?|do not allow|dont allow|does not allow)\b/,
  /\bmy (?:[a-z]+ ){0,2}(?:instructions|system prompt|guidelines|directives) (?:are|is)(?= \.|$)/,
  new RegExp(
    `\\bi (?:was|am|have been|ve been|was also|am also) (?:specifically |explicitly |originally |initially )?(?:told|instructed|programmed|prompted|configured|designed|directed|given instructions) (?:by (?:my|the) [a-z]+ )?to ${dutyOfBot}\\b`,
  ),
  /\b(?:here (?:is|are)|heres|these are|this is|sure) (?:[a-z]+ ){0,2}my (?:[a-z]+ ){0,2}(?:system prompt|instructions|prompt|guidelines|directives|rules)\b/,
  /\b(?:the|my) (?:system|hidden|developer|initial) (?:prompt|message|instructions) (?:says?|reads?|is|are|states?|begins?|starts?|tells?)\b/,
  /\b(?:you are|as) (?:a|an) (?:helpful )?(?:[a-z]+ )?(?:assistant|language model|chatbot)(?: trained by| created by| developed by| that must| who must| and you must| your task is| you must)\b/,
  /\bas an? (?:large )?(?:ai )?language model\b/,
];

function judge({ text }: Subject): Finding | null {
  const plain = fold(text);
  if (canary.test(plain)) return { reason: 'canary', score: 1 };
  const words = spacedWords(plain);
  return patterns.some((pattern) => pattern.test(words)) ? { reason: 'instructions', score: 0.9 } : null;
}

/** Blocks replies that tell the bot's own instructions. */
export const leakLayer: Layer = { name: 'leak', directions: ['output'], judge };
