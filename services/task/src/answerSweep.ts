import type { Clock, Logger } from '@todo-chatbot/service-kit';
import type { TaskStore } from './ports/taskStore.ts';

/** Clients repeat a request within seconds; a day is ample, and answers hold the text of tasks. */
const keepAnswersMs = 24 * 3_600_000;
const sweepIntervalMs = 3_600_000;

/** Forgets, every hour, the answers kept for repeated requests of more than a day ago. */
export function createAnswerSweep({ store, clock, logger }: { store: TaskStore; clock: Clock; logger: Logger }) {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();

  const sweep = async () => {
    try {
      const count = await store.forgetAnswers(new Date(clock.now().getTime() - keepAnswersMs));
      if (count > 0) logger.info({ count }, 'answers kept for repeats were forgotten');
    } catch (error) {
      logger.warn({ err: error }, 'answers kept for repeats could not be forgotten');
    }
  };
  const sweepNow = () => {
    running = sweep();
  };

  return {
    start() {
      timer = setInterval(sweepNow, sweepIntervalMs).unref();
      sweepNow();
    },
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
