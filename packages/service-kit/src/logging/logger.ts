import { type DestinationStream, type Logger as PinoLogger, pino, destination as pinoDestination } from 'pino';
import { currentTraceId } from '../http/requestContext.ts';
import { maskValue } from '../masking.ts';

/** A pino logger whose sink masks: constant messages, facts in fields. */
export type Logger = PinoLogger;

/** Chains of causes are cut off here. */
const maxCauses = 5;
/** A message is a sentence; a longer one carries somebody's data. */
const maxMessageLength = 2_000;
/** Frames beyond these tell nothing more. */
const maxStackLength = 4_000;

/**
 * JSON logger. Everything passes one sink that redacts by key name and masks e-mail, phone and token shapes in any string,
 * messages and errors included, so that no call site can forget it.
 */
export function createLogger(options: {
  readonly appId: string;
  readonly level: string;
  readonly destination?: DestinationStream;
}): Logger {
  const target = options.destination ?? pinoDestination({ dest: 1, sync: true });
  return pino(
    {
      level: options.level,
      base: { app: options.appId, pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: serialiseErrors },
      serializers: { err: (error) => error },
      mixin: () => {
        const traceId = currentTraceId();
        return traceId === null ? {} : { traceId };
      },
    },
    { write: (line) => target.write(maskLine(line)) },
  );
}

function maskLine(line: string): string {
  try {
    const fields: unknown = JSON.parse(line);
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw new TypeError('not an object');
    const { level, time, ...rest } = { level: undefined, time: undefined, ...fields };
    const masked = maskValue(rest);
    return `${JSON.stringify({ level, time, ...(typeof masked === 'object' ? masked : {}) })}\n`;
  } catch {
    // What cannot be read cannot be masked, so it is not written.
    return `{"level":"error","msg":"a log line could not be masked and was left out"}\n`;
  }
}

function serialiseErrors(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describeError(value) : value]),
  );
}

/**
 * Name, message, code, stack and causes of an error, and nothing else: drivers hang whole rows on their errors.
 */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error.slice(0, maxMessageLength) : String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    message: error.message.slice(0, maxMessageLength),
    ...(code === undefined ? {} : { code }),
    stack: error.stack?.slice(0, maxStackLength),
    ...(error.cause === undefined || depth >= maxCauses ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
