import type { CloudEvent } from '@todo-chatbot/contracts';
import { type Logger, ProblemError } from '@todo-chatbot/service-kit';
import type { ConversationStore } from '../ports/conversationStore.ts';

/** Where a refusal is recorded, and where it is told that it could not be. */
interface Trail {
  readonly store: Pick<ConversationStore, 'record'>;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * Passes the error of a judgement on: no verdict is a refusal (PRIN-6). The entry is best effort, since the refusal stands without it too.
 * @throws the error, always
 */
export async function refuseUnjudged(
  { store, logger }: Trail,
  error: unknown,
  eventOf: (reason: 'guardrail.unavailable') => CloudEvent,
): Promise<never> {
  if (error instanceof ProblemError && error.code === 'guardrail.unavailable') {
    await store
      .record([eventOf(error.code)])
      .catch((cause: unknown) => logger.error({ err: cause }, 'a refusal could not be recorded'));
  }
  throw error;
}
