import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultGuardrailRuleset, type GuardrailRuleset } from '@todo-chatbot/contracts';
import { createChangeCounter, verdictUnder } from './preview.ts';
import { hundredthsOf } from './scores.ts';

const ruleset: GuardrailRuleset = {
  input: { warn: 0.29, block: 0.58 },
  document: { warn: 0.2, block: 0.35 },
  customPatterns: [{ name: 'drawer', phrase: 'open the drawer', action: 'warn' }],
};
const ground = (hundredths: number, direction: 'input' | 'document' = 'input') => ({
  direction,
  layer: 'classifier',
  reason: 'attack',
  hundredths,
});

test('a score exactly at a threshold meets it, whatever binary fractions make of the two', () => {
  for (let hundredths = 10; hundredths <= 95; hundredths += 1) {
    const threshold = hundredths / 100;
    const exact = { ...ruleset, input: { warn: threshold, block: 0.95 } };
    assert.equal(hundredthsOf(threshold), hundredths);
    const expected = hundredths === 95 ? 'block' : 'warn';
    assert.equal(verdictUnder(ground(hundredths), exact), expected, String(threshold));
    assert.equal(verdictUnder(ground(hundredths - 1), exact), 'allow', String(threshold));
  }
});

test('documents go by their own thresholds', () => {
  assert.equal(verdictUnder(ground(40), ruleset), 'warn');
  assert.equal(verdictUnder(ground(40, 'document'), ruleset), 'block');
});

test('a phrase acts as the ruleset says whatever its score, and not at all where it is gone', () => {
  const found = { ...ground(100), layer: 'custom', reason: 'drawer' };
  assert.equal(verdictUnder(found, ruleset), 'warn');
  assert.equal(verdictUnder(found, defaultGuardrailRuleset), 'allow');
});

test('changes are counted by what they were and what they would be', () => {
  const counter = createChangeCounter();
  counter.add('block', 'warn', 2);
  counter.add('block', 'warn');
  counter.add('allow', 'allow', 7);
  assert.deepEqual(counter.changes(), [
    { from: 'block', to: 'warn', count: 3 },
    { from: 'allow', to: 'allow', count: 7 },
  ]);
});
