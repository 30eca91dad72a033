import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../random.ts';
import { expand } from '../grammar.ts';
import { genres, harmlessExamples } from './index.ts';

const nineLanguages = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'ru', 'tr', 'zh'];
/** Texts longer than this teach nothing more and slow training down. */
const longestText = 4000;
const seed = 20261126;

/** Genres that must speak all nine languages; wordy requests differ from the others by length only. */
const kindsInAllLanguages = [
  'todo_risky_words',
  'contrast_pairs',
  'trigger_words',
  'assistant_commands',
  'honest_roleplay',
  'lookalikes',
  'quoted_attacks',
  'documents',
  'rule_documents',
  'rule_talk',
];

describe('harmless talk for training', () => {
  const examples = harmlessExamples(createRandom(seed));

  it('fills every template without an unknown slot or a sign of the notation left (GUARD-4)', () => {
    for (const { grammars, typed } of genres) {
      for (const grammar of grammars) {
        for (const template of grammar.templates) {
          const [example] = expand({ ...grammar, templates: [template] }, 0, { count: 1, random: createRandom(seed) });
          assert.ok(example !== undefined && example.text !== '', template);
          if (typed) assert.doesNotMatch(example.text, /\{\w+\}|[[\]|]| \/ /, template);
        }
      }
    }
  });

  it('is the same for the same seed, and another for another (GUARD-4)', () => {
    assert.deepEqual(harmlessExamples(createRandom(seed)), examples);
    assert.notDeepEqual(harmlessExamples(createRandom(seed + 1)), examples);
  });

  it('is harmless by label, not empty and not too long (GUARD-4)', () => {
    for (const { text, label } of examples) {
      assert.equal(label, 0);
      assert.ok(text.trim() !== '' && text.length <= longestText, text);
    }
  });

  it('has no text twice, whatever the capitals (GUARD-4)', () => {
    assert.equal(new Set(examples.map(({ text }) => text.toLowerCase())).size, examples.length);
  });

  it('speaks the nine languages in every genre (GUARD-4)', () => {
    for (const kind of kindsInAllLanguages) {
      const languages = new Set(examples.filter((example) => example.kind === kind).map(({ language }) => language));
      assert.deepEqual(
        nineLanguages.filter((language) => !languages.has(language)),
        [],
        kind,
      );
    }
  });
});
