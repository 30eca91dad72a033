import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attackExamples, attackGrammars, exampleLengthLimit } from '../training/grammars/attacks/index.ts';
import { harmlessTwins } from '../training/grammars/attacks/twins.ts';
import { expand } from '../training/grammars/grammar.ts';
import { createRandom } from '../training/random.ts';

const examples = attackExamples(createRandom(7));

/** The languages of the rules, each of which every family has to be written in. */
const languages = ['en', 'de', 'es', 'fr', 'ru', 'zh', 'ar', 'hi', 'tr'];

describe('attack grammars (GUARD-2, GUARD-4)', () => {
  it('knows every slot of every template and of every alternative', () => {
    for (const { kind, language, slots, templates } of attackGrammars) {
      const used = [...templates, ...Object.values(slots).flat()].flatMap((text) =>
        [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
      );
      const unknown = used.filter((name) => !Object.hasOwn(slots, name));
      assert.deepEqual([...new Set(unknown)], [], `${kind} ${language}`);
    }
  });

  it('expands each template', () => {
    for (const grammar of attackGrammars) {
      for (const template of grammar.templates) {
        const texts = expand({ ...grammar, templates: [template] }, 1, { count: 3, random: createRandom(3) });
        assert.ok(texts.length > 0, template);
      }
    }
  });

  it('leaves no trace of its notation in a text', () => {
    const traces = examples.filter(({ text }) => /\{\w+\}|[⟦⟧]|\w\|\w+\|\w|\\n|undefined/.test(text));
    assert.deepEqual(
      traces.map(({ text }) => text),
      [],
    );
  });

  it('makes many texts, all of them attacks, none twice and none longer than the limit', () => {
    assert.ok(examples.length >= 12_000 && examples.length <= 28_000, String(examples.length));
    assert.ok(examples.every(({ label }) => label === 1));
    assert.ok(examples.every(({ text }) => text.length > 2 && text.length <= exampleLengthLimit));
    assert.equal(new Set(examples.map(({ text }) => text.toLowerCase())).size, examples.length);
  });

  it('has every family in every language', () => {
    const made = new Set(examples.map(({ kind, language }) => `${kind} ${language}`));
    const kinds = [...new Set(examples.map(({ kind }) => kind))].filter((kind) => kind !== 'mixed_language');
    const missing = kinds.flatMap((kind) => languages.map((language) => `${kind} ${language}`));
    assert.deepEqual(
      missing.filter((name) => !made.has(name)),
      [],
    );
  });

  it('gives the same texts for the same seed and others for another', () => {
    assert.deepEqual(attackExamples(createRandom(7)), examples);
    const others = new Set(attackExamples(createRandom(8)).map(({ text }) => text));
    assert.ok(examples.filter(({ text }) => others.has(text)).length < examples.length / 2);
  });

  it('does not tell an attack by its case or its last mark', () => {
    const share = (is: (text: string) => boolean) => examples.filter(({ text }) => is(text)).length / examples.length;
    assert.ok(share((text) => text.endsWith('!')) < 0.2);
    assert.ok(share((text) => text === text.toLowerCase()) < 0.5);
    assert.ok(share((text) => /^\p{Lu}/u.test(text)) < 0.8);
  });

  it('has orders to people in the carriers of orders to models, so that no mild order alone tells an attack', () => {
    const twins = harmlessTwins(createRandom(7)).filter(({ text }) =>
      /rank this candidate first|refund the full/i.test(text),
    );
    assert.ok(twins.length > 0);
    assert.deepEqual(
      twins.filter(({ text }) => /\b(AI|bot|model|LLM|summariser)\b/i.test(text)).map(({ text }) => text),
      [],
    );
  });

  it('has harmless twins of its carriers, so that no carrier tells an attack', () => {
    const twins = harmlessTwins(createRandom(7));
    const attacks = new Set(examples.map(({ text }) => text.toLowerCase()));
    assert.ok(twins.length > 500, String(twins.length));
    assert.ok(twins.every(({ label, text }) => label === 0 && !attacks.has(text.toLowerCase())));
    assert.deepEqual(
      twins.filter(({ text }) => /ignore|assistant|system prompt/i.test(text)).map(({ text }) => text),
      [],
    );
    assert.deepEqual(
      languages.filter(
        (language) => !twins.some((twin) => twin.language === language && twin.kind === 'carrier_documents'),
      ),
      [],
    );
  });
});
