import { type Judgement, type JudgeRequest, newId } from '@todo-chatbot/contracts';
import { type Clock, metrics, type PersonBoxes } from '@todo-chatbot/service-kit';
import type { Guard } from '../domain/judge.ts';
import { eventsOfBlock } from '../outgoingEvents.ts';
import type { Decision, DecisionStore } from '../ports/decisionStore.ts';

/** Who says what, or is to be told it. */
export type JudgeText = JudgeRequest & { readonly userId: string };

/**
 * Judges a text. A block is kept with its audit event before it is told; when that fails there is no answer, and the asker must
 * refuse (PRIN-6, PRIN-7). An allowed text leaves only metrics: the asker's own audit event carries the verdict.
 */
export async function judgeText(
  { guard, store, clock, boxes }: { guard: Guard; store: DecisionStore; clock: Clock; boxes: PersonBoxes },
  { userId, ...request }: JudgeText,
): Promise<Judgement> {
  const { direction, text } = request;
  const begin = performance.now();
  const { layer, reason, ...verdict } = guard.judge(request);
  metrics.histogram('guardrail_judgement_duration_seconds').record((performance.now() - begin) / 1000, { direction });
  metrics
    .counter('guardrail_judgements_total')
    .add(1, { direction, verdict: verdict.verdict, layer: layer ?? 'none', reason: reason ?? 'none' });
  const id = newId('judgement');
  if (layer !== null && reason !== null) {
    const box = await boxes.of(userId);
    const decision: Decision = {
      id,
      userId,
      direction,
      layer,
      reason,
      score: verdict.score,
      ruleVersion: verdict.ruleVersion,
      textHash: box.index('decisions.text_hash', text),
      textLength: text.length,
      createdAt: clock.now(),
    };
    await store.keep(decision, eventsOfBlock(decision));
  }
  return { id, layer, reason, settingsVersion: 0, ...verdict };
}
