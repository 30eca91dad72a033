import { judgementSchema } from '@todo-chatbot/contracts';
import { type Dapr, ProblemError } from '@todo-chatbot/service-kit';
import type { Guardrail } from '../ports/guardrail.ts';

/** A verdict takes about a millisecond; whoever waits longer waits for a sick process. */
const budgetMs = 1_000;

/** The guardrail service, called through the mesh. */
export function createDaprGuardrail(dapr: Pick<Dapr, 'invoke'>): Guardrail {
  return {
    async judge({ direction, text, userToken }) {
      try {
        const { body } = await dapr.invoke({
          appId: 'guardrail',
          method: 'POST',
          path: '/v1/judgements',
          body: { direction, text },
          userToken,
          timeoutMs: budgetMs,
          responseSchema: judgementSchema,
        });
        return body;
      } catch (error) {
        // A token that is refused here is no fault of the guardrail: the person must sign in again, or agree again.
        const isOfToken = error instanceof ProblemError && (error.status === 401 || error.code === 'consent.required');
        if (isOfToken) throw error;
        throw new ProblemError('guardrail.unavailable', { retryAfterSeconds: 1, cause: error });
      }
    },
  };
}
