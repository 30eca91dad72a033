import { problemSchema } from '@todo-chatbot/contracts';

/** A request that failed, in words for people, with the code that programs switch on (RFC 9457). */
export class RequestFailed extends Error {
  readonly status: number;
  readonly code: string;
  /** When to try again, if the server said so. */
  readonly retryAfterSeconds: number | undefined;
  constructor(status: number, code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = 'RequestFailed';
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Where the server's own title says too little of what to do next. */
const words: Readonly<Record<string, string>> = {
  'request.rate-limited': 'That was too many tries in a short time.',
  'auth.busy': 'Many people are signing in at this moment.',
  'auth.invalid-credentials': 'This did not work. Check the address and the password.',
  'auth.second-factor-invalid': 'This was not accepted. Take a fresh code, or start again.',
  'auth.link-invalid': 'This link has been used or has expired. Ask for a new one.',
  'auth.step-up-required': 'Nothing was changed: prove first that it is you.',
  'access.permission-denied': 'Your account is not permitted to do this.',
};

/** The failure that an answer's status and body describe. */
export function failureOf(status: number, body: unknown): RequestFailed {
  const problem = problemSchema.safeParse(body);
  if (!problem.success)
    return new RequestFailed(status, 'unknown', 'The server gave an answer that this page does not understand.');
  const { title, detail, errors, retryAfterSeconds, code } = problem.data;
  const parts = [detail ?? words[code] ?? `${title}.`];
  for (const fault of errors?.slice(0, 3) ?? []) parts.push(`${fault.path.replace(/^body\./, '')}: ${fault.message}.`);
  if (retryAfterSeconds) parts.push(`Try again in ${waitText(retryAfterSeconds)}.`);
  return new RequestFailed(status, code, parts.join(' '), retryAfterSeconds);
}

/** A wait as people say it: seconds up to a minute and a half, then minutes. */
function waitText(seconds: number): string {
  return seconds <= 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
}
