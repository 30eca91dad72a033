import type { GuardrailStatus } from '@todo-chatbot/contracts';
import type { Clock } from '@todo-chatbot/service-kit';
import { populationStabilityIndex, tenthsOf } from '../domain/drift.ts';
import type { ScoreStore } from '../ports/scoreStore.ts';

/** How far the scores of messages are from those that the model had when it was made. */
export type Drift = GuardrailStatus['drift'];

/** Fewer texts make an index by chance. */
const leastJudged = 1_000;
/** Above it, a population has shifted: the usual convention for the index. */
const driftLimit = 0.25;
const windowMs = 24 * 3_600_000;

/** Reads the drift of the last 24 hours. `reference`: shares by tenths of the scores that its model had of ordinary texts. */
export function createReadDrift(options: {
  readonly scores: Pick<ScoreStore, 'since'>;
  readonly reference: readonly number[];
  readonly clock: Clock;
}): () => Promise<Drift> {
  const { scores, reference, clock } = options;
  return async () => {
    const counts = await scores.since(new Date(clock.now().getTime() - windowMs), 'input');
    const tenths = tenthsOf(counts);
    const judged = tenths.reduce((sum, count) => sum + count, 0);
    const index = judged >= leastJudged ? populationStabilityIndex(reference, tenths) : null;
    return { index, judged, leastJudged, limit: driftLimit };
  };
}
