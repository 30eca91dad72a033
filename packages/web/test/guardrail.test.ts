import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CustomPattern,
  defaultGuardrailRuleset,
  type GuardrailRuleset,
  guardrailThresholdsSchema,
  newId,
} from '@todo-chatbot/contracts';
import fc from 'fast-check';
import { RequestFailed } from '../src/api/problem.ts';
import { readEvaluation } from '../src/guardrail/evaluationFile.ts';
import { readPattern } from '../src/guardrail/readPattern.ts';
import { boundsOf, changesBetween, withoutPattern, withPattern, withThreshold } from '../src/guardrail/ruleset.ts';
import { visibleText } from '../src/guardrail/visibleText.ts';
import { reasonText } from '../src/guardrail/words.ts';

const usual = defaultGuardrailRuleset;
const pattern = (changes: Partial<CustomPattern> = {}): CustomPattern => ({
  name: 'secret-protocol',
  phrase: 'ignor* * protocol',
  action: 'block',
  ...changes,
});
const withPhrase: GuardrailRuleset = { ...usual, customPatterns: [pattern()] };

describe('Settings of the guard in the browser (GUARD-5)', () => {
  it('whatever slider is moved, the thresholds stay such as the service takes', () => {
    const { min, max } = boundsOf('block');
    const score = (least: number) =>
      fc.integer({ min: least * 100, max: max * 100 }).map((hundredths) => hundredths / 100);
    const thresholds = fc
      .tuple(score(boundsOf('warn').min), score(min))
      .map(([warn, block]) => ({ warn: Math.min(warn, block), block }));
    fc.assert(
      fc.property(
        thresholds,
        fc.constantFrom('warn' as const, 'block' as const),
        score(min),
        (before, kind, chosen) => {
          const after = withThreshold(before, kind, chosen);
          assert.equal(after[kind], chosen);
          assert.ok(guardrailThresholdsSchema.safeParse(after).success, JSON.stringify(after));
        },
      ),
    );
  });

  it('says what differs between two rulesets, and nothing of those that judge alike', () => {
    assert.deepEqual(changesBetween(usual, { ...usual, input: { warn: 0.3, block: 0.6 } }), [
      'Messages are refused from 0.60, before 0.50',
    ]);
    assert.deepEqual(changesBetween(usual, withPhrase), ['Phrase “secret-protocol” added']);
    assert.deepEqual(changesBetween(withPhrase, usual), ['Phrase “secret-protocol” removed']);
    assert.deepEqual(
      changesBetween(withPhrase, withPattern(withPhrase, pattern({ action: 'warn' }), 'secret-protocol')),
      ['Phrase “secret-protocol” changed'],
    );
    assert.deepEqual(changesBetween(withPhrase, { ...usual, customPatterns: [pattern()] }), []);
  });

  it('a phrase is added, changed in its place, renamed and removed', () => {
    const second = pattern({ name: 'second' });
    const both = withPattern(withPhrase, second);
    assert.deepEqual(both.customPatterns, [pattern(), second]);
    const renamed = pattern({ name: 'first' });
    assert.deepEqual(withPattern(both, renamed, 'secret-protocol').customPatterns, [renamed, second]);
    assert.deepEqual(withoutPattern(both, 'secret-protocol').customPatterns, [second]);
  });

  const formOf = (fields: CustomPattern) => (name: keyof CustomPattern) => fields[name];

  it('a phrase is read with single spaces; its faults are told field by field', () => {
    assert.deepEqual(readPattern(formOf(pattern({ phrase: '  ignor*  *\tprotocol ' })), []), { pattern: pattern() });
    const read = readPattern(formOf(pattern({ name: 'Not A Name', phrase: 'ab' })), []);
    assert.ok('faults' in read);
    assert.deepEqual(Object.keys(read.faults), ['name', 'phrase']);
    assert.deepEqual(readPattern(formOf(pattern({ phrase: '* * *' })), []), {
      faults: { phrase: 'Use at least one word.' },
    });
    assert.deepEqual(readPattern(formOf(pattern()), ['secret-protocol']), {
      faults: { name: 'Another phrase has this name.' },
    });
  });
});

describe('Decisions in plain words (GUARD-2)', () => {
  it('a reason that has no words yet is told by its code, an own phrase by its name', () => {
    assert.equal(
      reasonText({ layer: 'pattern', reason: 'role-tags' }),
      'Poses as the system by marks of a conversation',
    );
    assert.equal(reasonText({ layer: 'pattern', reason: 'brand-new-reason' }), 'Brand new reason');
    assert.equal(reasonText({ layer: 'custom', reason: 'role-tags' }), 'Holds the phrase “role-tags”');
  });
});

describe('Kept texts before the eyes of a reviewer (GUARD-5)', () => {
  it('attack: what hides in a text, or turns it round, is shown by its code point', () => {
    const tag = String.fromCodePoint(0xe0069);
    assert.equal(visibleText(`a\u202eb\u200bc${tag}d\u0007`), 'a[U+202E]b[U+200B]c[U+E0069]d[U+0007]');
    assert.equal(visibleText('x\ufe0fy\ud800'), 'x[U+FE0F]y[U+D800]');
    assert.equal(visibleText('Straße\n\t你好 мир'), 'Straße\n\t你好 мир');
  });
});

describe('The evaluation file (GUARD-5)', () => {
  const unused = () => assert.fail('nothing to wait for');
  const line = (text: string) => ({ id: newId('judgement'), text, label: 1 as const, direction: 'input' as const });

  it('holds every line of every page, an empty page between included', async () => {
    const lines = [line('a\nb'), line('c'), line('d')];
    const [first = assert.fail(), ...others] = lines;
    const pages = [
      { items: [first], nextCursor: 'one' },
      { items: [], nextCursor: 'two' },
      { items: others, nextCursor: null },
    ];
    const asked: (string | null)[] = [];
    const load = async (cursor: string | null) => {
      asked.push(cursor);
      return pages[asked.length - 1] ?? assert.fail();
    };
    const file = await readEvaluation({ load, wait: unused });
    assert.deepEqual(asked, [null, 'one', 'two']);
    assert.equal(file.lines, 3);
    assert.deepEqual(
      file.content
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text)),
      lines,
    );
  });

  it('goes on when there may be more requests, and gives up when that does not help', async () => {
    const busy = new RequestFailed(429, 'request.rate-limited', 'busy', 40);
    const answers = [busy, { items: [line('a')], nextCursor: null }];
    const waited: number[] = [];
    const source = {
      load: async () => {
        const answer = answers.shift() ?? busy;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      wait: async (seconds: number) => void waited.push(seconds),
    };
    assert.equal((await readEvaluation(source)).lines, 1);
    assert.deepEqual(waited, [40]);
    await assert.rejects(readEvaluation(source), { status: 429 });
  });

  it('is an error, never a part, when a page cannot be had or the pages do not end', async () => {
    const failing = async (cursor: string | null) => {
      if (cursor !== null) throw new Error('broken off');
      return { items: [line('a')], nextCursor: 'next' };
    };
    await assert.rejects(readEvaluation({ load: failing, wait: unused }), /broken off/);
    await assert.rejects(
      readEvaluation({ load: async () => ({ items: [], nextCursor: 'again' }), wait: unused }),
      /more than a file holds/,
    );
  });
});
