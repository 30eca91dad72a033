import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Guard } from '../domain/judge.ts';
import { createShadowJudge } from './shadowJudge.ts';

type Judge = Guard['judge'];
const toJudge = { text: 'secret words', direction: 'input' as const };
const found = { layer: null, reason: null, score: 0, ruleVersion: 'trial', masked: null };

/** A shadow whose work waits until a test does it. */
function shadowOf(judge: Judge | null) {
  const [counted, logged, waiting]: [boolean[], unknown[], (() => void)[]] = [[], [], []];
  const shadow = createShadowJudge({
    guard: judge && { judge },
    scores: { countShadow: (isDisagreeing) => void counted.push(isDisagreeing) },
    logger: { warn: (...line: unknown[]) => void logged.push(line) },
    later: (work) => void waiting.push(work),
  });
  const work = () => {
    for (const one of waiting.splice(0)) one();
  };
  return { shadow, counted, logged, waiting, work };
}

test('a model on trial judges later, and is counted by whether it agrees', () => {
  const verdicts = ['allow', 'block'] as const;
  let round = 0;
  const { shadow, counted, work } = shadowOf(() => ({ ...found, verdict: verdicts[round++ % 2] ?? 'allow' }));
  shadow.observe(toJudge, 'allow');
  shadow.observe(toJudge, 'allow');
  assert.deepEqual(counted, [], 'the answer comes first');
  work();
  assert.deepEqual(counted, [false, true]);
});

test('attack: a model on trial that throws harms nobody, and no word of the text is logged (PRIV-6)', () => {
  const { shadow, counted, logged, work } = shadowOf(({ text }) => {
    throw new Error(text);
  });
  shadow.observe(toJudge, 'allow');
  assert.doesNotThrow(work);
  assert.deepEqual(counted, []);
  assert.equal(logged.length, 1);
  assert.doesNotMatch(JSON.stringify(logged), /secret/);
});

test('attack: a flood of texts does not pile up behind a slow model', () => {
  const { shadow, counted, waiting, work } = shadowOf(() => ({ ...found, verdict: 'allow' }));
  for (let index = 0; index < 1_000; index += 1) shadow.observe(toJudge, 'allow');
  assert.equal(waiting.length, 20);
  work();
  shadow.observe(toJudge, 'allow');
  work();
  assert.equal(counted.length, 21);
});

test('without a model on trial nothing is done', () => {
  const { shadow, waiting } = shadowOf(null);
  shadow.observe(toJudge, 'block');
  assert.equal(waiting.length, 0);
});

test('replies, which no model judges, count as no agreement', () => {
  const { shadow, counted, work } = shadowOf(() => ({ ...found, verdict: 'allow' }));
  shadow.observe({ ...toJudge, direction: 'output' }, 'allow');
  shadow.observe({ ...toJudge, direction: 'document' }, 'allow');
  work();
  assert.deepEqual(counted, [false]);
});
