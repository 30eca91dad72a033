import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Enough to hold the last compiler or resolver message with its context, little enough to read in a terminal. */
const KEPT_OUTPUT_LINES = 20;

/** A part could not be provided. The message says what was attempted, how it ended, and what to do, for a person to read. */
export class ArtifactError extends Error {
  readonly attempt: string;
  readonly advice: string;

  constructor(options: { attempt: string; reason: string; advice: string; cause?: unknown }) {
    super(`${options.attempt} failed: ${options.reason}\nWhat to do: ${options.advice}`, { cause: options.cause });
    this.name = 'ArtifactError';
    this.attempt = options.attempt;
    this.advice = options.advice;
  }
}

export interface CommandOptions {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  timeoutSeconds: number;
  /** Completes "<attempt> failed: …". */
  attempt: string;
  /** Completes "What to do: …". */
  advice: string;
  /** Ends the command early, when another part has failed meanwhile. */
  signal?: AbortSignal;
  onLine?: (line: string) => void;
}

/** Runs a command to its end without a shell and returns its standard output. Anything but exit code 0 is an {@link ArtifactError}. */
export async function runCommand(options: CommandOptions): Promise<string> {
  const { command, args, attempt, advice } = options;
  const timeout = AbortSignal.timeout(options.timeoutSeconds * 1000);
  const child = spawn(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]),
  });

  const stdout: string[] = [];
  const lastLines: string[] = [];
  const take = (line: string) => {
    const text = withoutTerminalCodes(line);
    if (text === '') return;
    lastLines.push(text);
    if (lastLines.length > KEPT_OUTPUT_LINES) lastLines.shift();
    options.onLine?.(text);
  };
  createInterface({ input: child.stderr }).on('line', take);
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout.push(line);
    take(line);
  });

  const fail = (reason: string, cause?: unknown) =>
    new ArtifactError({
      attempt,
      reason: [reason, `  command: ${[command, ...args].join(' ')}`, ...lastLines.map((line) => `  | ${line}`)].join(
        '\n',
      ),
      advice,
      cause,
    });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.once('error', (error) => {
    if (timeout.aborted) reject(fail(`no end after ${options.timeoutSeconds} s`, error));
    else if (options.signal?.aborted) reject(fail('stopped, because another part failed', error));
    else reject(fail(error.message, error));
  });
  // 'close' and not 'exit': only then has all output been read.
  child.once('close', (code, killedBy) => {
    if (code === 0) resolve(stdout.join('\n'));
    else reject(fail(code === null ? `ended by ${killedBy}` : `exit code ${code}`));
  });
  return promise;
}

/** Maven colours its output even in batch mode. */
function withoutTerminalCodes(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
  return line.replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '').trimEnd();
}
