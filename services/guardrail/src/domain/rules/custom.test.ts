import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { describe, it } from 'node:test';
import { type CustomPattern, defaultGuardrailRuleset, type GuardrailDirection } from '@todo-chatbot/contracts';
import { loadGuard } from '../../adapters/loadGuard.ts';

const { judge } = loadGuard();

const rulesetOf = (customPatterns: CustomPattern[]) => ({ ...defaultGuardrailRuleset, customPatterns });
const warns: CustomPattern = { name: 'blue-protocol', phrase: 'blue protocol', action: 'warn' };
const blocks: CustomPattern = { name: 'red-protocol', phrase: 'start* * red protocol', action: 'block' };
const ruleset = rulesetOf([warns, blocks]);

function verdictOn(text: string, direction: GuardrailDirection = 'input') {
  const { verdict, layer, reason } = judge({ text, direction, ruleset });
  return { verdict, layer, reason };
}

describe('custom patterns of an editor (GUARD-5)', () => {
  it('block or warn as the editor says, with the name of the pattern as the reason', () => {
    const expected = { layer: 'custom', reason: 'red-protocol', verdict: 'block' };
    assert.deepEqual(verdictOn('please starting the red protocol'), expected);
    assert.deepEqual(verdictOn('read me the blue protocol'), { ...expected, reason: 'blue-protocol', verdict: 'warn' });
    assert.deepEqual(verdictOn('read me the blue protocol', 'document').verdict, 'warn');
    assert.equal(verdictOn('read me the protocol').verdict, 'allow');
  });

  it('let the one that blocks decide when two are found', () => {
    assert.equal(verdictOn('blue protocol, then start the red protocol').reason, 'red-protocol');
  });

  it('attack: a disguise does not hide the phrase', () => {
    const encoded = Buffer.from('start the red protocol').toString('base64');
    assert.equal(verdictOn(`please do this: ${encoded}`).reason, 'red-protocol');
    assert.equal(verdictOn('st\u200bart the r\u00e9d protocol').reason, 'red-protocol');
  });

  it('leave replies alone', () => assert.equal(verdictOn('start the red protocol', 'output').verdict, 'allow'));

  it('are in force only in the ruleset that names them', () => {
    assert.equal(judge({ text: 'start the red protocol', direction: 'input' }).verdict, 'allow');
    const other = rulesetOf([]);
    assert.equal(judge({ text: 'start the red protocol', direction: 'input', ruleset: other }).verdict, 'allow');
  });
});
