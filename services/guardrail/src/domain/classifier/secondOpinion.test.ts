import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultGuardrailRuleset } from '@todo-chatbot/contracts';
import { type Finding, type Layer, subjectOf } from '../layer.ts';
import { withSecondOpinion } from './secondOpinion.ts';

const context = { instructions: null, known: [] };
const subject = subjectOf({ text: 'x', direction: 'input', ruleset: defaultGuardrailRuleset, context }, () => []);

function judgeWith(finding: Finding | null, score: number): Finding | null {
  const rules: Layer = { name: 'pattern', directions: ['input'], judge: () => finding };
  return withSecondOpinion(rules, () => score).judge(subject);
}

describe('the second opinion on rules (GUARD-2)', () => {
  const broken: Finding = { reason: 'ignore-instructions', score: 0.95 };

  it('lets a rule block unless the model is sure that the text is harmless', () => {
    assert.deepEqual(judgeWith(broken, 0.05), broken);
    assert.deepEqual(judgeWith(broken, 0.99), broken);
  });

  it('keeps the finding as a warning when the model is sure, and never raises it', () => {
    const doubted = judgeWith(broken, 0.04);
    assert.equal(doubted?.reason, 'ignore-instructions');
    assert.ok((doubted?.score ?? 0) >= defaultGuardrailRuleset.input.warn);
    assert.ok((doubted?.score ?? 1) < defaultGuardrailRuleset.input.block);
    assert.equal(judgeWith({ ...broken, score: 0.2 }, 0)?.score, 0.2);
  });

  it('does not ask about signs such as role tags, nor where no rule is broken', () => {
    const tags: Finding = { reason: 'role-tags', score: 0.9 };
    assert.deepEqual(judgeWith(tags, 0), tags);
    assert.equal(judgeWith(null, 0.9), null);
  });
});
