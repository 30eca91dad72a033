import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@todo-chatbot/service-kit';

/** Keeps the mail queue moving. */
export interface MailWorker {
  start(): void;
  /** There may be new mail: it is looked for at once. */
  wake(): void;
  /** Ends after the mails under way, which get a moment; what is not sent stays in the queue. */
  close(): Promise<void>;
}

/** Mails on their way at a time: one slow relay connection does not hold up the others. */
const parallel = 4;
/** Finds what is due again, and what another replica has queued. */
const pollMs = 2_000;
/** Of the 25 s that a shutdown may take in all. */
const usualCloseGraceMs = 5_000;

/** Runs `deliver` until nothing is due, and again at every wake and poll. */
export function createMailWorker(options: {
  readonly deliver: (signal: AbortSignal) => Promise<boolean>;
  readonly logger: Logger;
  /** How long mails under way may take when the worker is closed. */
  readonly closeGraceMs?: number;
}): MailWorker {
  const { deliver, logger, closeGraceMs = usualCloseGraceMs } = options;
  const givenUp = new AbortController();
  let isClosing = false;
  let news = Promise.withResolvers<void>();
  let running: Promise<unknown> = Promise.resolve();

  function wake(): void {
    news.resolve();
    news = Promise.withResolvers();
  }

  async function run(): Promise<void> {
    while (!isClosing) {
      // Taken before the look into the queue: what is queued after the look ends the wait.
      const nextNews = news.promise;
      try {
        while (!isClosing && (await deliver(givenUp.signal)));
      } catch (error) {
        logger.warn({ err: error }, 'the mail queue could not be worked on and is tried again');
      }
      if (!isClosing) await Promise.race([nextNews, delay(pollMs, undefined, { ref: false })]);
    }
  }

  return {
    start() {
      running = Promise.all(Array.from({ length: parallel }, run));
    },
    wake,
    async close() {
      isClosing = true;
      wake();
      const timer = setTimeout(() => givenUp.abort(), closeGraceMs);
      await running;
      clearTimeout(timer);
    },
  };
}
