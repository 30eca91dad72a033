import { problemSchema } from '@todo-chatbot/contracts';

/** A request that failed, in words for people, with the code that programs switch on (RFC 9457). */
export class RequestFailed extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'RequestFailed';
    this.status = status;
    this.code = code;
  }
}

/** The failure that an answer's status and body describe. */
export function failureOf(status: number, body: unknown): RequestFailed {
  const problem = problemSchema.safeParse(body);
  if (!problem.success)
    return new RequestFailed(status, 'unknown', 'The server gave an answer that this page does not understand.');
  const { title, detail, errors, retryAfterSeconds, code } = problem.data;
  const parts = [detail ?? `${title}.`];
  for (const fault of errors?.slice(0, 3) ?? []) parts.push(`${fault.path.replace(/^body\./, '')}: ${fault.message}.`);
  if (retryAfterSeconds) parts.push(`Try again in ${retryAfterSeconds} s.`);
  return new RequestFailed(status, code, parts.join(' '));
}
