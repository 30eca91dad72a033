import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultGuardrailRuleset, newId } from '@todo-chatbot/contracts';
import { createTestClock } from '@todo-chatbot/local-platform/testing';
import { type PersonBox, ProblemError } from '@todo-chatbot/service-kit';
import { ruleVersion } from '../domain/judge.ts';
import type { KeptDecision } from '../ports/reviewStore.ts';
import { createPreviewSettings } from './previewSettings.ts';

const direction = 'input';
const kept: readonly KeptDecision[] = Array.from({ length: 500 }, () => ({
  ...{ decisionId: newId('judgement'), userId: newId('user'), direction, sealedText: new Uint8Array(30) },
  ground: { direction, verdict: 'block', layer: 'classifier', reason: 'attack', hundredths: 90 },
}));
const box: PersonBox = {
  personId: newId('user'),
  seal: () => new Uint8Array(30),
  open: () => 'buy milk',
  index: () => new Uint8Array(32),
};
const verdict = { verdict: 'allow', layer: null, reason: null, score: 0, ruleVersion, masked: null } as const;

/** Previews of five hundred kept texts that score as attacks and are judged as none; `boxOf` stands for the keys of `auth`. */
function previewOf({ boxOf, elapsedMs }: { boxOf: () => Promise<PersonBox>; elapsedMs?: () => number }) {
  return createPreviewSettings({
    guard: { judge: () => verdict },
    reviews: { keptTexts: async () => ({ newest: kept, count: kept.length }), tallies: async () => [] },
    scores: { since: async () => [] },
    boxes: { of: boxOf },
    clock: createTestClock('2026-11-23T07:00:00.000Z'),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
  });
}

test('a preview whose keys come slowly ends in time: the texts that it did not open go by their scores (PRIN-6)', async () => {
  let nowMs = 0;
  let asked = 0;
  const preview = previewOf({
    async boxOf() {
      asked += 1;
      nowMs += 20;
      return box;
    },
    elapsedMs: () => nowMs,
  });
  const { changes, textsRead, textsKept } = await preview(defaultGuardrailRuleset);
  assert.ok(asked < 100, `${asked} keys were asked for`);
  assert.deepEqual(changes, [
    { from: 'block', to: 'allow', count: textsRead },
    { from: 'block', to: 'block', count: textsKept - textsRead },
  ]);
});

test('attack: previews at once to keep the guardrail from judging: one is made, the others are refused, also after a failure', async () => {
  let isDown = true;
  const preview = previewOf({
    async boxOf() {
      if (isDown) throw new ProblemError('upstream.unavailable');
      return box;
    },
  });
  await assert.rejects(preview(defaultGuardrailRuleset), { code: 'upstream.unavailable' });
  isDown = false;
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => preview(defaultGuardrailRuleset)));
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const one of all) if (one.status === 'rejected') assert.equal(one.reason.code, 'request.rate-limited');
  assert.equal((await preview(defaultGuardrailRuleset)).textsRead, kept.length);
});
