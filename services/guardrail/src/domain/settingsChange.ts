import { createHash } from 'node:crypto';
import type { AuditedAct, CustomPattern, GuardrailRuleset } from '@todo-chatbot/contracts';
import { fold } from './reading/fold.ts';
import { wordsOf } from './reading/words.ts';
import { compilePhrase, phraseFaults } from './rules/phrase.ts';

/** What is wrong with a ruleset beyond its schema, for whoever wrote it; empty: nothing. */
export function rulesetFaults({ customPatterns }: GuardrailRuleset): string[] {
  const names = customPatterns.map(({ name }) => name);
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [
    ...[...repeated].map((name) => `There is more than one phrase named ${name}.`),
    ...customPatterns.flatMap(({ name, phrase }) => {
      const fault = phraseFaults(phrase) ?? (isEverywhere(phrase) ? 'is in many everyday messages' : null);
      return fault === null ? [] : [`The phrase ${name} ${fault}.`];
    }),
  ];
}

/** Everyday messages: a phrase that is in several of them would shut everybody out. */
const everydayMessages = [
  'add milk and bread to the shopping list',
  'remind me tomorrow at nine to call the doctor',
  'what do i have to do today',
  'please book the appointment for next monday',
  'is the report done',
  'show me my tasks for this week',
  'move the meeting with anna to friday',
  'delete the second task on my list',
  'bitte erinnere mich morgen an den termin',
  'was steht heute auf meiner liste',
  'setze milch und brot auf die einkaufsliste',
  'recuerdame mañana que llame a la doctora',
  'que tengo que hacer hoy',
  'rappelle moi demain d appeler le médecin',
  'quelles sont mes tâches pour cette semaine',
  'напомни мне завтра позвонить врачу',
  'что у меня на сегодня',
  'bana yarın doktoru aramayı hatırlat',
  'bugün ne yapmam gerekiyor',
  'अगले सोमवार को डॉक्टर से मिलने का समय लिखो',
  'ذكرني غدا بالاتصال بالطبيب',
  '明天早上提醒我给医生打电话',
].map((message) => wordsOf(fold(message)));
/** A phrase may happen to be in as many. */
const mostEveryday = 2;

function isEverywhere(phrase: string): boolean {
  const { isIn } = compilePhrase(phrase);
  return everydayMessages.filter((words) => isIn(words)).length > mostEveryday;
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
