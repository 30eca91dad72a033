import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fold } from '../reading/fold.ts';
import { wordsOf } from '../reading/words.ts';
import { conceptNames, conceptsOf, maskOf } from './concepts.ts';
import type { Concept } from './lexicon.ts';

/** The words of a text that mean the concept. */
function wordsThatMean(concept: Concept, text: string): string[] {
  const words = wordsOf(fold(text));
  const masks = conceptsOf(words);
  return words.flatMap((word, index) => (((masks[index] ?? 0) & maskOf([concept])) === 0 ? [] : [word.text]));
}

describe('the lexicon (GUARD-2)', () => {
  it('gives each concept a bit of its own', () => {
    assert.equal(new Set(conceptNames).size, conceptNames.length);
    assert.ok(conceptNames.length <= 32);
  });

  const overrides: Readonly<Record<string, string>> = {
    English: 'Ignore it',
    German: 'Ignoriere das',
    Spanish: 'Olvida eso',
    French: 'Oubliez cela',
    Russian: 'Забудь это',
    Chinese: '请忽略它',
    Arabic: 'تجاهل هذا',
    Hindi: 'इसे अनदेखा करो',
    Turkish: 'Bunu yoksay',
  };
  for (const [language, text] of Object.entries(overrides)) {
    it(`knows the override verb in ${language}`, () => assert.equal(wordsThatMean('override', text).length, 1, text));
  }

  it('marks the first word of an expression, and only where all of it stands', () => {
    assert.deepEqual(wordsThatMean('override', 'please pay no heed'), ['pay']);
    assert.deepEqual(wordsThatMean('override', 'please pay no bill'), []);
    assert.deepEqual(wordsThatMean('override', 'pay no'), []);
  });

  it('knows a stem with any ending, and nothing that only begins like a whole word', () => {
    assert.deepEqual(wordsThatMean('override', 'ignorieren ignorierst'), ['ignorieren', 'ignorierst']);
    assert.deepEqual(wordsThatMean('override', 'ignorelist'), []);
  });

  it('reads Arabic nouns behind article and preposition', () => {
    assert.equal(wordsThatMean('instruction', 'التعليمات بالتعليمات والتعليمات').length, 3);
  });
});
