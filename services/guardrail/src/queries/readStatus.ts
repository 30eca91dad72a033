import type { GuardrailStatus } from '@todo-chatbot/contracts';
import { ruleVersion } from '../domain/judge.ts';
import type { ScoreStore } from '../ports/scoreStore.ts';
import type { Drift } from './readDrift.ts';

export type ReadStatus = ReturnType<typeof createReadStatus>;

/** Tells how the guardrail is doing, of all replicas together. */
export function createReadStatus(options: {
  readonly modelVersion: string;
  /** Version of the model on trial; null: there is none. */
  readonly shadowVersion: string | null;
  readonly scores: Pick<ScoreStore, 'shadow'>;
  readonly readDrift: () => Promise<Drift>;
}) {
  const { modelVersion, shadowVersion, scores, readDrift } = options;
  return async (): Promise<GuardrailStatus> => ({
    ruleVersion,
    modelVersion,
    shadow: shadowVersion === null ? null : { modelVersion: shadowVersion, ...(await scores.shadow(shadowVersion)) },
    drift: await readDrift(),
  });
}
