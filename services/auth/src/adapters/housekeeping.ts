import type { Logger } from '@todo-chatbot/service-kit';

/** How often what has been forgotten is deleted; nothing depends on when. */
const intervalMs = 15 * 60_000;

/** Work that is done now and then, such as deleting rows that have expired. Replicas may do it at the same time. */
export interface Housekeeping {
  start(): void;
  /** Stops, and waits for a job that is under way. */
  close(): Promise<void>;
}

/** Runs the jobs one after the other at every interval; one that fails is tried again at the next. */
export function createHousekeeping(options: {
  readonly jobs: Readonly<Record<string, () => Promise<void>>>;
  readonly logger: Logger;
}): Housekeeping {
  const { jobs, logger } = options;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function runJobs(): Promise<void> {
    for (const [job, run] of Object.entries(jobs)) {
      await run().catch((error: unknown) => logger.warn({ err: error, job }, 'housekeeping failed'));
    }
  }

  return {
    start() {
      timer = setInterval(() => {
        running ??= runJobs().finally(() => {
          running = undefined;
        });
      }, intervalMs);
      timer.unref();
    },
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
