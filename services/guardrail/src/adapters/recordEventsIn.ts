import type { CloudEvent } from '@todo-chatbot/contracts';
import { addToOutbox } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../../generated/prisma/client.ts';

/** Records what was only read, before it is told: whoever cannot be recorded is told nothing (PRIN-7). */
export type RecordEvents = (events: readonly CloudEvent[]) => Promise<void>;

/** Records in the outbox. */
export function recordEventsIn(prisma: PrismaClient): RecordEvents {
  return async (events) => {
    await addToOutbox(prisma, events);
  };
}
