import type { z } from 'zod';
import { failureOf, RequestFailed } from './problem.ts';
import { stepUp } from './stepUp.ts';

/** Longest wait for one answer. */
const requestTimeoutMs = 20_000;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface SendOptions {
  readonly body?: unknown;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** The request goes on when the page is left. */
  readonly outlivesPage?: boolean;
}

/** Value of the cookie that proves to the server that this page sent the request. */
function csrfToken(): string {
  const cookie = document.cookie.split('; ').find((part) => part.startsWith('__Host-csrf='));
  return cookie === undefined ? '' : decodeURIComponent(cookie.slice('__Host-csrf='.length));
}

async function sendOnce(method: Method, path: string, options: SendOptions): Promise<Response> {
  const headers: Record<string, string> = { ...options.headers, accept: options.accept ?? 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET') headers['x-csrf-token'] = csrfToken();
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey;
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      keepalive: options.outlivesPage === true,
      signal: options.signal ?? AbortSignal.timeout(requestTimeoutMs),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
  } catch {
    throw new RequestFailed(0, 'network', 'The server cannot be reached. Check your connection and try again.');
  }
}

/** Answers to a renewal after which the session is gone. All others say only that it could not be renewed now. */
const endedSessionStatuses: readonly number[] = [401, 403];

/**
 * Renews the session, one tab after the other; true when it is alive again, false when it has ended. Throws {@link RequestFailed} when
 * that cannot be known: a server that is busy or away has signed nobody out.
 */
export async function refreshSession(): Promise<boolean> {
  const refresh = async () => {
    // The server has used the old token up by then: a page that is closed must not keep the browser from taking the new one.
    const response = await sendOnce('POST', '/auth/refresh', { outlivesPage: true });
    if (response.ok || endedSessionStatuses.includes(response.status)) return response.ok;
    throw await failureIn(response);
  };
  return 'locks' in navigator ? navigator.locks.request('refresh-session', refresh) : refresh();
}

/** What may be done about a refusal before the request is repeated; true when it helped. */
interface Remedy {
  readonly codes: readonly string[];
  readonly apply: () => Promise<boolean>;
}

/** Refusals of an access token that is no longer, or not yet, any good. */
export const expiredTokenCodes: readonly string[] = ['auth.token-missing', 'auth.token-invalid'];

const everyRemedy: readonly Remedy[] = [
  { codes: expiredTokenCodes, apply: refreshSession },
  // The token may be of before the consent, which was given in another browser.
  { codes: ['consent.required'], apply: refreshSession },
  // No expired token: the person is asked to prove once more that it is them (RFC 9470).
  { codes: ['auth.step-up-required'], apply: stepUp },
];

/** Sends a request; each remedy is tried once. Throws {@link RequestFailed} for any answer but 2xx. */
export async function send(
  method: Method,
  path: string,
  options: SendOptions = {},
  remedies = everyRemedy,
): Promise<Response> {
  const response = await sendOnce(method, path, options);
  if (response.ok) return response;
  const failure = await failureIn(response);
  const remedy = remedies.find(({ codes }) => codes.includes(failure.code));
  if (remedy === undefined || !(await remedy.apply())) throw failure;
  const others = remedies.filter((other) => other !== remedy);
  return send(method, path, options, others);
}

async function failureIn(response: Response): Promise<RequestFailed> {
  return failureOf(response.status, await response.json().catch(() => undefined));
}

/** Sends a request and parses its JSON answer. */
export async function fetchJson<S extends z.ZodType>(
  schema: S,
  method: Method,
  path: string,
  options: SendOptions = {},
): Promise<z.infer<S>> {
  const response = await send(method, path, options);
  return schema.parse(await response.json());
}
