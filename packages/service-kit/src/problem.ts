import { type ErrorCode, errorCodes, type FieldError } from '@todo-chatbot/contracts';

/** Extras of a {@link ProblemError}. `detail` and `errors` are public, `cause` is for the log alone. */
export interface ProblemOptions {
  readonly detail?: string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  /** Whole seconds, sent as `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** An error that leaves the service as problem details (RFC 9457). Its status and title follow from the code. */
export class ProblemError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: ProblemOptions = {}) {
    super(`${code}: ${errorCodes[code].title}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProblemError';
    this.code = code;
    this.status = errorCodes[code].status;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
