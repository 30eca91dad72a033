import {
  type Clock,
  type Logger,
  metrics,
  newAuditEvent,
  type Repetition,
  repeat,
  serviceContext,
} from '@todo-chatbot/service-kit';
import { erasureRequested } from '../commands/beginErasure.ts';
import type { CompleteErasure } from '../commands/completeErasure.ts';
import type { EraseRestored } from '../commands/eraseRestored.ts';
import { nextRequestAt, servicesWithoutReceipt } from '../domain/erasure.ts';
import type { Erasure, ErasureStore } from '../ports/erasureStore.ts';

/** Keeps erasures going, whatever crashed when. */
export interface ErasureWorker {
  start(): void;
  /** One round. Several replicas do not disturb one another: each erasure is one replica's at a time. */
  run(): Promise<void>;
  close(): Promise<void>;
}

/** Far below the first pause between two requests. */
const intervalMs = 5_000;
/** Erasures in one transaction; more wait for the next round. */
const batchSize = 20;

/** Erases again who came back with a backup, completes what only that is missing from, asks services again, and tells of what has missed its deadline (PRIV-4). */
export function createErasureWorker(options: {
  readonly erasures: Pick<ErasureStore, 'ready' | 'askAgain' | 'reportOverdue'>;
  readonly completeErasure: CompleteErasure;
  readonly eraseRestored: EraseRestored;
  readonly clock: Clock;
  readonly logger: Logger;
}): ErasureWorker {
  const { erasures, completeErasure, eraseRestored, clock, logger } = options;
  let repetition: Repetition | undefined;

  /** One that cannot be completed holds up no other, and is told of when it is late. */
  async function complete(id: string): Promise<void> {
    try {
      await completeErasure(id);
    } catch (error) {
      logger.error({ err: error, erasureId: id }, 'an erasure could not be completed');
    }
  }

  async function run(): Promise<void> {
    const now = clock.now();
    const restored = await eraseRestored(batchSize);
    if (restored > 0) logger.warn({ restored }, 'people who came back with a backup are erased again');
    for (const id of await erasures.ready(batchSize)) await complete(id);
    const asked = await erasures.askAgain({
      now,
      limit: batchSize,
      nextRequestAt: (requests) => nextRequestAt(requests, now),
      event: erasureRequested,
    });
    metrics.counter('erasure_requests_repeated_total').add(asked);
    const overdue = await erasures.reportOverdue({ now, limit: batchSize, event: overdueEvent });
    if (overdue > 0) logger.error({ overdue }, 'erasures have missed their deadline');
  }

  return {
    start() {
      repetition = repeat({
        work: run,
        pauseMs: () => intervalMs,
        onError: (error) => logger.error({ err: error }, 'erasures could not be worked on'),
      });
    },
    run,
    async close() {
      await repetition?.close();
    },
  };
}

/** The security monitoring makes an alert of it (rule `erasure-overdue`). */
function overdueEvent({ id, deadlineAt, receipts }: Erasure) {
  return newAuditEvent({
    context: serviceContext('auth'),
    action: 'privacy.erasure-overdue',
    category: 'security',
    success: false,
    reason: 'deadline-missed',
    object: { type: 'erasure', id },
    input: { deadlineAt: deadlineAt?.toISOString() ?? null, waitingFor: servicesWithoutReceipt(receipts) },
    retentionClass: 'security',
  });
}
