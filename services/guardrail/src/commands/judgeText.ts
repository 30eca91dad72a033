import { type Judgement, type JudgeRequest, newId } from '@todo-chatbot/contracts';
import { type Clock, metrics, type PersonBox, type PersonBoxes, type SignedInUser } from '@todo-chatbot/service-kit';
import type { ScoreCounter } from '../adapters/scoreCounter.ts';
import type { SettingsInForce } from '../adapters/settingsInForce.ts';
import type { ShadowJudge } from '../adapters/shadowJudge.ts';
import type { Guard } from '../domain/judge.ts';
import { eventsOfDecision } from '../outgoingEvents.ts';
import type { Decision, DecisionStore, TextToKeep } from '../ports/decisionStore.ts';
import { placeOfText } from '../queries/openKeptText.ts';

/** Who says what, or is to be told it. */
export type JudgeText = JudgeRequest & {
  readonly user: Pick<SignedInUser, 'userId' | 'consents' | 'accessVersion'>;
};

/** What judging needs. */
export interface JudgeTextParts {
  readonly guard: Guard;
  readonly settings: Pick<SettingsInForce, 'current'>;
  readonly store: Pick<DecisionStore, 'keep'>;
  readonly scores: Pick<ScoreCounter, 'count'>;
  readonly shadow: ShadowJudge;
  readonly clock: Clock;
  readonly boxes: PersonBoxes;
}

/**
 * Judges a text by the settings in force. Whatever is not simply allowed is kept with its audit event before it is told; when that fails
 * there is no answer, and the asker must refuse (PRIN-6, PRIN-7). An allowed text leaves only numbers: the asker's own audit event
 * carries the verdict.
 */
export async function judgeText(parts: JudgeTextParts, { user, ...request }: JudgeText): Promise<Judgement> {
  const { guard, settings, store, scores, shadow, clock, boxes } = parts;
  const { version: settingsVersion, ruleset } = settings.current();
  const toJudge = { ...request, ruleset };
  const begin = performance.now();
  const { layer, reason, verdict, ...found } = guard.judge(toJudge);
  measure(request, { layer, reason, verdict, score: found.score, seconds: (performance.now() - begin) / 1000 });
  const id = newId('judgement');
  if (verdict !== 'allow' && layer !== null && reason !== null) {
    const { direction, text } = request;
    const { userId } = user;
    const box = await boxes.of(userId);
    const { score, ruleVersion } = found;
    const decision: Decision = {
      ...{ id, userId, direction, verdict, layer, reason, score, ruleVersion, settingsVersion },
      textHash: box.index('decisions.text_hash', text),
      textLength: text.length,
      createdAt: clock.now(),
    };
    await store.keep(decision, textToKeep(decision, { user, box, text }), eventsOfDecision(decision));
  }
  scores.count({ direction: request.direction, verdict, score: found.score });
  shadow.observe(toJudge, verdict);
  return { id, verdict, layer, reason, settingsVersion, ...found };
}

/** What is kept of the text for review: nothing, unless its person agreed to that (PRIV-2); of the bot's own replies never anything. */
function textToKeep(
  { id, direction, verdict }: Decision,
  { user, box, text }: { readonly user: JudgeText['user']; readonly box: PersonBox; readonly text: string },
): TextToKeep | null {
  const isKept = direction !== 'output' && verdict !== 'mask' && user.consents.includes('improvement');
  return isKept ? { sealedText: box.seal(placeOfText(id), text), accessVersion: user.accessVersion } : null;
}

function measure(
  { direction }: Pick<JudgeRequest, 'direction'>,
  {
    layer,
    reason,
    verdict,
    score,
    seconds,
  }: Pick<Judgement, 'layer' | 'reason' | 'verdict' | 'score'> & { readonly seconds: number },
): void {
  metrics.histogram('guardrail_judgement_duration_seconds').record(seconds, { direction });
  metrics.shares('guardrail_score').record(score, { direction });
  metrics
    .counter('guardrail_judgements_total')
    .add(1, { direction, verdict, layer: layer ?? 'none', reason: layer === 'custom' ? 'custom' : (reason ?? 'none') });
}
