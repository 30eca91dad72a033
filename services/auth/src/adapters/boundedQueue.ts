/** Runs jobs a few at a time; `run` answers null, and starts nothing, when too many are waiting already. */
export interface BoundedQueue {
  run<T>(job: () => Promise<T>): Promise<T> | null;
}

/** A first-in first-out queue of at most `maximumWaiting` jobs behind `concurrency` running ones. */
export function createBoundedQueue(options: {
  readonly concurrency: number;
  readonly maximumWaiting: number;
}): BoundedQueue {
  const waiting: (() => void)[] = [];
  let running = 0;

  /** A slot goes straight to the next in line, so that a newcomer can never slip in between. */
  async function runInSlot<T>(job: () => Promise<T>): Promise<T> {
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    run(job) {
      if (running < options.concurrency) {
        running += 1;
        return runInSlot(job);
      }
      if (waiting.length >= options.maximumWaiting) return null;
      return new Promise<void>((resolve) => waiting.push(resolve)).then(() => runInSlot(job));
    },
  };
}
