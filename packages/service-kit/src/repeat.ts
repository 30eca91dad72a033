/** Work that is done again and again until it is closed. */
export interface Repetition {
  /** Ends it after the round under way. */
  close(): Promise<void>;
}

/**
 * Does the work, pauses, and does it again; never two rounds at once. A round that fails is reported and the next one comes as if it
 * had not. The pause is asked for after each round, so that it may depend on how that went.
 */
export function repeat(options: {
  readonly work: () => Promise<void>;
  readonly pauseMs: () => number;
  readonly onError: (error: unknown) => void;
  /** The first round waits for a pause, too. */
  readonly pausesFirst?: boolean;
}): Repetition {
  const { work, pauseMs, onError } = options;
  let isClosed = false;
  let wake: () => void = () => undefined;

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs());
      // What is repeated never keeps a process alive.
      timer.unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    if (options.pausesFirst) await pause();
    while (!isClosed) {
      try {
        await work();
      } catch (error) {
        onError(error);
      }
      if (!isClosed) await pause();
    }
  }

  const finished = run();
  return {
    async close() {
      isClosed = true;
      wake();
      await finished;
    },
  };
}
