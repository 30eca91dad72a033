import type { ProgressReporter } from './progress.ts';

/** What is under way is named again after this, so that a long build is not mistaken for a stand-still. */
const reminderMs = 10_000;

/**
 * One line per step when it ends, with its time; on a terminal a last line shows what is under way, elsewhere a reminder does now
 * and then. `write` gets whole lines, or a line that begins with a carriage return.
 */
export function createProgress(options: { write: (text: string) => void; isTerminal: boolean }): ProgressReporter & {
  line(text: string): void;
  close(): void;
} {
  const { write, isTerminal } = options;
  const running = new Map<symbol, { label: string; text: string; startedAt: number }>();
  const clear = () => {
    if (isTerminal) write('\r\u001b[K');
  };
  const show = () => {
    if (running.size === 0) return;
    const text = [...running.values()].map((step) => (step.text === '' ? step.label : `${step.label}: ${step.text}`));
    if (isTerminal) write(`\r\u001b[K  … ${text.join(', ')}`.slice(0, (process.stdout.columns ?? 100) + 5));
    else write(`  … ${text.join(', ')}\n`);
  };
  const line = (text: string) => {
    clear();
    write(`${text}\n`);
    if (isTerminal) show();
  };
  const timer = setInterval(show, isTerminal ? 250 : reminderMs);
  timer.unref();
  return {
    async step(label, run) {
      const key = Symbol(label);
      const startedAt = performance.now();
      const entry = { label, text: '', startedAt };
      running.set(key, entry);
      try {
        const result = await run((text) => {
          entry.text = text;
        });
        running.delete(key);
        line(`  ✓ ${label} ${seconds(startedAt)}`);
        return result;
      } catch (error) {
        running.delete(key);
        line(`  ✗ ${label} ${seconds(startedAt)}`);
        throw error;
      }
    },
    line,
    close: () => {
      clearInterval(timer);
      clear();
    },
  };
}

function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
