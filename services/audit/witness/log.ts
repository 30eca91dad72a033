/** Facts of a log line. The witness knows of nobody: sizes, hashes and states are all it can say. */
type Facts = Readonly<Record<string, string | number>>;

/** Writes a line of JSON to standard output: a constant message, facts in fields. */
export function log(level: 'info' | 'warn' | 'error' | 'fatal', message: string, facts: Facts = {}): void {
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), app: 'witness', ...facts, msg: message })}\n`,
  );
}

/** What an error says of itself. */
export function problemOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
