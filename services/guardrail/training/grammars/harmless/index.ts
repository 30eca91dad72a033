import type { Random } from '../../random.ts';
import { type Example, expand, type Grammar } from '../grammar.ts';
import { assistantCommands } from './assistantCommands.ts';
import { contrastPairs } from './contrastPairs.ts';
import { documentExamples, documentsOf } from './documents.ts';
import { generalQuestions } from './generalQuestions.ts';
import { honestRolePlay } from './honestRolePlay.ts';
import { lookAlikes } from './lookAlikes.ts';
import { pointing } from './pointing.ts';
import { quotedAttacks } from './quotedAttacks.ts';
import { ruleDocuments } from './ruleDocuments.ts';
import { ruleDocumentsElsewhere } from './ruleDocumentsElsewhere.ts';
import { ruleTalk } from './ruleTalk.ts';
import { todoRiskyWords } from './todoRiskyWords.ts';
import { triggerWords } from './triggerWords.ts';
import { vary } from './vary.ts';
import { wordyRequests } from './wordyRequests.ts';

interface Genre {
  readonly grammars: readonly Grammar[];
  /** Texts made of each template. */
  readonly perTemplate: number;
  /** Whether capitals, marks and slips may change; they are what look-alikes are about. */
  readonly typed: boolean;
}

/** Grammars of short messages; more of what a template can say in many ways. */
export const genres: readonly Genre[] = [
  { grammars: todoRiskyWords, perTemplate: 9, typed: true },
  { grammars: contrastPairs, perTemplate: 8, typed: true },
  { grammars: triggerWords, perTemplate: 10, typed: true },
  { grammars: assistantCommands, perTemplate: 4, typed: true },
  { grammars: honestRolePlay, perTemplate: 12, typed: true },
  { grammars: lookAlikes, perTemplate: 8, typed: false },
  { grammars: quotedAttacks, perTemplate: 6, typed: true },
  { grammars: generalQuestions, perTemplate: 9, typed: true },
  { grammars: wordyRequests, perTemplate: 30, typed: true },
  { grammars: ruleTalk, perTemplate: 12, typed: true },
  { grammars: pointing, perTemplate: 12, typed: true },
];

/** Documents of each genre that speaks of rules, roles and secrets. */
const perRuleDocument = 140;

/** Harmless talk of every genre and language (label 0), each text once; texts differ in more than capitals, numbers and marks. */
export function harmlessExamples(random: Random): Example[] {
  const byText = new Map<string, Example>();
  for (const { grammars, perTemplate, typed } of genres) {
    for (const grammar of grammars) {
      for (const example of expand(grammar, 0, { count: grammar.templates.length * perTemplate, random })) {
        const text = typed ? vary(example, random) : example.text;
        byText.set(sameness(text), { ...example, text });
      }
    }
  }
  for (const example of documentExamples(random)) byText.set(sameness(example.text), example);
  for (const grammar of [...ruleDocuments, ...ruleDocumentsElsewhere]) {
    const documents = documentsOf(grammar, { kind: 'rule_documents', count: perRuleDocument, random });
    for (const example of documents) byText.set(sameness(example.text), example);
  }
  return [...byText.values()];
}

/** Texts that differ in capitals, numbers and marks only teach the same thing. */
function sameness(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/\d+/g, '0')
    .replace(/[^\p{L}\p{M}0]+/gu, '');
  return letters === '' ? text : letters;
}
