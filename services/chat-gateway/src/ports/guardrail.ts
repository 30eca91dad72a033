import type { GuardrailDirection, Judgement } from '@todo-chatbot/contracts';

/** Judges text before anything understands it, and replies before they are sent (GUARD-1). */
export interface Guardrail {
  /** @throws ProblemError `guardrail.unavailable` when there is no verdict in time: no answer counts as a refusal (PRIN-6). */
  judge(request: { direction: GuardrailDirection; text: string; userToken: string }): Promise<Judgement>;
}
