import { createHash } from 'node:crypto';
import type { AuditedAct, CustomPattern, GuardrailRuleset } from '@todo-chatbot/contracts';

/** What is wrong with a ruleset beyond its schema, for whoever wrote it; empty: nothing. */
export function rulesetFaults({ customPatterns }: GuardrailRuleset): string[] {
  const names = customPatterns.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [
    ...[...repeated].map((name) => `There is more than one pattern named ${name}.`),
    ...customPatterns.filter(isTooBroad).map(({ name }) => `The pattern ${name} would meet almost anything.`),
  ];
}

/** Letters of a phrase that its text must have: fewer are met by chance. */
const leastLetters = 3;
/** A sign of Chinese or Japanese says about as much as a word. */
const leastSigns = 2;

function isTooBroad({ phrase }: CustomPattern): boolean {
  const letters = phrase.match(/\p{L}/gu) ?? [];
  const signs = letters.filter((letter) => /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(letter));
  return letters.length < leastLetters && signs.length < leastSigns;
}

/** Most items of a list in an audit event. */
const auditListLimit = 50;

/**
 * What an audit entry says of a change: thresholds before and after, the names of patterns, and the hash of the whole, by which the row
 * in the history is proven to be what was saved.
 */
export function inputOfChange(before: GuardrailRuleset, after: GuardrailRuleset): AuditedAct['input'] {
  const known = new Map(before.customPatterns.map((pattern) => [pattern.name, pattern]));
  const names = new Set(after.customPatterns.map(({ name }) => name));
  const added = after.customPatterns.filter(({ name }) => !known.has(name));
  const changed = after.customPatterns.filter((pattern) => {
    const earlier = known.get(pattern.name);
    return earlier !== undefined && (earlier.phrase !== pattern.phrase || earlier.action !== pattern.action);
  });
  const removed = before.customPatterns.filter(({ name }) => !names.has(name));
  return {
    ...thresholdsOf('before', before),
    ...thresholdsOf('after', after),
    patterns: after.customPatterns.length,
    ...listsOf('patterns.added', added),
    ...listsOf('patterns.changed', changed),
    ...listsOf('patterns.removed', removed),
    rulesetSha256: createHash('sha256').update(canonicalText(after)).digest('hex'),
  };
}

/** The ruleset as text that depends on nothing but what it says. */
function canonicalText({ input, document, customPatterns }: GuardrailRuleset): string {
  return JSON.stringify([
    [input.warn, input.block],
    [document.warn, document.block],
    customPatterns.map(({ name, phrase, action }) => [name, phrase, action]),
  ]);
}

function thresholdsOf(when: string, { input, document }: GuardrailRuleset): Record<string, number> {
  return {
    [`${when}.input.warn`]: input.warn,
    [`${when}.input.block`]: input.block,
    [`${when}.document.warn`]: document.warn,
    [`${when}.document.block`]: document.block,
  };
}

/** Names in lists that an audit event can hold; at most two, because a ruleset has a hundred patterns. */
function listsOf(key: string, patterns: readonly CustomPattern[]): Record<string, string[]> {
  const names = patterns.map(({ name }) => name);
  const lists = [names.slice(0, auditListLimit), names.slice(auditListLimit)];
  return Object.fromEntries(
    lists.flatMap((list, index) => (list.length === 0 ? [] : [[index === 0 ? key : `${key}.more`, list]])),
  );
}
