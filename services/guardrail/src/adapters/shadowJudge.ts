import type { GuardrailVerdict } from '@todo-chatbot/contracts';
import { type Logger, metrics } from '@todo-chatbot/service-kit';
import type { Guard, ToJudge } from '../domain/judge.ts';
import type { ScoreCounter } from './scoreCounter.ts';

/** Lets a model on trial judge what was judged. It is counted and compared, and never obeyed. */
export interface ShadowJudge {
  /** Judges later, when the answer is on its way. Never throws, never waits. */
  observe(toJudge: ToJudge, verdict: GuardrailVerdict): void;
}

/** Texts that wait, some hundred kilobytes. Whatever comes on top is not compared: a trial needs no completeness. */
const mostWaiting = 20;

/** The shadow of a guard on trial; `null`: there is none. */
export function createShadowJudge(options: {
  readonly guard: Pick<Guard, 'judge'> | null;
  readonly scores: Pick<ScoreCounter, 'countShadow'>;
  readonly logger: Pick<Logger, 'warn'>;
  /** Runs work when nothing else is to be done first. */
  readonly later?: (work: () => void) => void;
}): ShadowJudge {
  const { guard, scores, logger, later = setImmediate } = options;
  let waiting = 0;

  const told = (agreement: 'same' | 'different' | 'skipped' | 'failed') =>
    metrics.counter('guardrail_shadow_total').add(1, { agreement });

  function compare(onTrial: Pick<Guard, 'judge'>, toJudge: ToJudge, verdict: GuardrailVerdict): void {
    try {
      const isSame = onTrial.judge(toJudge).verdict === verdict;
      scores.countShadow(!isSame);
      told(isSame ? 'same' : 'different');
    } catch (error) {
      told('failed');
      // A message of the error might repeat what was judged.
      logger.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the model on trial could not judge');
    }
  }

  return {
    observe(toJudge, verdict) {
      // No model judges replies: they would only count as agreement.
      if (guard === null || toJudge.direction === 'output') return;
      if (waiting === mostWaiting) {
        told('skipped');
        return;
      }
      waiting += 1;
      later(() => {
        waiting -= 1;
        compare(guard, toJudge, verdict);
      });
    },
  };
}
