import type { Grammar } from '../grammar.ts';
import { arabic } from './words/arabic.ts';
import { chinese } from './words/chinese.ts';
import { dutch } from './words/dutch.ts';
import { french } from './words/french.ts';
import { hindi } from './words/hindi.ts';
import { italian } from './words/italian.ts';
import { polish } from './words/polish.ts';
import { portuguese } from './words/portuguese.ts';
import { russian } from './words/russian.ts';
import { spanish } from './words/spanish.ts';
import type { Tongue } from './words/tongue.ts';
import { turkish } from './words/turkish.ts';

/** A language and its words. */
export interface Speech {
  readonly language: string;
  readonly words: Tongue;
  /** Whether a verb goes after its object. */
  readonly isVerbLast?: boolean;
}

/** The smaller languages. */
export const speeches: readonly Speech[] = [
  { language: 'es', words: spanish },
  { language: 'fr', words: french },
  { language: 'ru', words: russian },
  { language: 'zh', words: chinese },
  { language: 'ar', words: arabic },
  { language: 'hi', words: hindi, isVerbLast: true },
  { language: 'tr', words: turkish, isVerbLast: true },
  { language: 'it', words: italian },
  { language: 'pt', words: portuguese },
  { language: 'nl', words: dutch },
  { language: 'pl', words: polish },
];

/**
 * A grammar of these templates in each of the smaller languages. In them `{annul}` is a verb with the orders that it annuls and
 * `{disclose}` a verb with the secret, in the order of the language.
 */
export function inEveryTongue(kind: string, templates: readonly string[]): readonly Grammar[] {
  return speeches.map((speech) => ({
    kind,
    language: speech.language,
    slots: slotsOf(speech),
    templates: speech.language === 'zh' ? templates.map(inChinese) : templates,
  }));
}

/** The words of a language, with `annul` and `disclose`. */
export function slotsOf({ language, words, isVerbLast = false }: Speech): Readonly<Record<string, readonly string[]>> {
  const spell = language === 'zh' ? inChinese : (template: string) => template;
  return {
    ...words,
    annul: [spell(isVerbLast ? '{orders} {drop}' : '{drop} {orders}')],
    disclose: [spell(isVerbLast ? '{secret} {reveal}' : '{reveal} {secret}')],
  };
}

/** Chinese has its own punctuation and no spaces between words. */
function inChinese(template: string): string {
  return template
    .replace(/(?<!\d)\. /g, '。')
    .replaceAll(': ', '：')
    .replaceAll(', ', '，')
    .replaceAll('} {', '}{');
}
