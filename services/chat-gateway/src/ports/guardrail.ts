import type { Judgement, JudgeRequest } from '@todo-chatbot/contracts';

/** Judges text before anything understands it, and replies before they are sent (GUARD-1). */
export interface Guardrail {
  /**
   * A message (`input`), a text of third parties (`document`), or a reply with what it may tell (`output`).
   * @throws ProblemError `guardrail.unavailable` when there is no verdict in time: no answer counts as a refusal (PRIN-6).
   */
  judge(request: JudgeRequest & { readonly userToken: string }): Promise<Judgement>;
}
