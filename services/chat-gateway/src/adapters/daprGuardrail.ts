import { type GuardrailDirection, type Judgement, type JudgeRequest, judgementSchema } from '@todo-chatbot/contracts';
import { type Dapr, metrics, ProblemError } from '@todo-chatbot/service-kit';
import { isMaskOf } from '../domain/maskedReply.ts';
import type { Guardrail } from '../ports/guardrail.ts';

/** For a verdict, a second try included. One takes about a millisecond; whoever waits longer waits for a sick process. */
const budgetMs = 500;

/** Before the second try: a sidecar that has just been started listens by then. */
const pauseBeforeRetryMs = 100;

/**
 * Texts that may wait for their verdict at the same time; more are refused at once, so that a slow guardrail does not fill this process
 * with waiting requests. At a millisecond each these are a quarter of a second's work. A part is kept for replies: what they tell of is
 * done already, so that newcomers must not push them out.
 */
const waitingLimits: Readonly<Record<GuardrailDirection, number>> = { input: 192, document: 192, output: 256 };

/** How far a chain of causes is followed. */
const causesLimit = 4;

/** Why there is no verdict; label of the metric. */
type Fault = 'too-many-waiting' | 'no-answer' | 'wrong-answer';

/** The guardrail service, called through the mesh. Counts what it has no verdict on in `guardrail_unavailable_total`. */
export function createDaprGuardrail(dapr: Pick<Dapr, 'invoke'>): Guardrail {
  let waiting = 0;

  async function ask({ userToken, ...body }: JudgeRequest & { readonly userToken: string }, deadlineMs: number) {
    const answer = await dapr.invoke({
      appId: 'guardrail',
      method: 'POST',
      path: '/v1/judgements',
      body,
      userToken,
      timeoutMs: Math.max(1, Math.ceil(deadlineMs - performance.now())),
      responseSchema: judgementSchema,
    });
    return answer.body;
  }

  /** A judgement is kept, so that it is asked for twice only when the first request cannot have arrived. */
  async function askPatiently(request: JudgeRequest & { readonly userToken: string }): Promise<Judgement> {
    const deadlineMs = performance.now() + budgetMs;
    try {
      return await ask(request, deadlineMs);
    } catch (error) {
      if (!isConnectionRefused(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseBeforeRetryMs));
      return ask(request, deadlineMs);
    }
  }

  return {
    async judge(request) {
      const { direction } = request;
      if (waiting >= waitingLimits[direction]) throw unavailable(direction, 'too-many-waiting');
      waiting += 1;
      try {
        const judgement = await askPatiently(request);
        if (isOf(request, judgement)) return judgement;
      } catch (error) {
        // A token that is refused here is no fault of the guardrail: the person must sign in again, or agree again.
        const isOfToken = error instanceof ProblemError && (error.status === 401 || error.code === 'consent.required');
        if (isOfToken) throw error;
        throw unavailable(direction, 'no-answer', error);
      } finally {
        waiting -= 1;
      }
      throw unavailable(direction, 'wrong-answer');
    },
  };
}

function unavailable(direction: GuardrailDirection, fault: Fault, cause?: unknown): ProblemError {
  metrics.counter('guardrail_unavailable_total').add(1, { direction, fault });
  return new ProblemError('guardrail.unavailable', { retryAfterSeconds: 1, cause: cause ?? new Error(fault) });
}

/**
 * True for a judgement that can be one of this text: a refusal says by what, and only a reply is masked, by leaving out pieces of it.
 * So a guardrail that has gone wrong, or over to somebody else, can silence the bot and cannot speak for it.
 */
function isOf({ direction, text }: JudgeRequest, { verdict, layer, reason, masked }: Judgement): boolean {
  const isFinding = layer !== null && reason !== null;
  switch (verdict) {
    case 'allow':
      return layer === null && reason === null && masked === null;
    case 'warn':
      return isFinding && direction !== 'output' && masked === null;
    case 'block':
      return isFinding && masked === null;
    case 'mask':
      return isFinding && direction === 'output' && masked !== null && isMaskOf(masked, text);
  }
}

/** True when nobody listened, so that nothing was sent. */
function isConnectionRefused(error: unknown): boolean {
  let cause = error;
  for (let depth = 0; depth < causesLimit && cause instanceof Error; depth += 1) {
    if ('code' in cause && cause.code === 'ECONNREFUSED') return true;
    cause = cause.cause;
  }
  return false;
}
