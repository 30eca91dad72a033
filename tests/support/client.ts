import { randomUUID } from 'node:crypto';
import {
  auditEntriesSchema,
  type ConsentPurpose,
  consentPurposes,
  inclusionProofSchema,
  loginResponseSchema,
  postMessageResponseSchema,
  privacyNoticeSchema,
  taskPageSchema,
} from '@todo-chatbot/contracts';
import type { z } from 'zod';

/** Longest wait for one answer of the public API in tests. */
const requestTimeoutMs = 30_000;

/** One answer with its body read: JSON where it is JSON, text otherwise. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly text: string;
}

/** Calls `path` under `baseUrl` with the platform's `fetch`; never throws for a status. */
export async function call(
  baseUrl: string,
  method: string,
  path: string,
  options: {
    body?: unknown;
    /** In place of `body`: as it is, under the type of JSON. */
    rawBody?: string;
    token?: string;
    headers?: Record<string, string>;
  } = {},
): Promise<Answer> {
  const body = options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  const response = await fetch(new URL(path, baseUrl), {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(requestTimeoutMs),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? parseJson(text) : undefined, text };
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** A person with an account, as a program uses the public API. */
export interface Person {
  readonly email: string;
  readonly password: string;
  readonly userId: string;
  readonly token: string;
  call(method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Answer>;
  say(text: string, options?: SayOptions): Promise<z.infer<typeof postMessageResponseSchema>>;
  tasks(): Promise<z.infer<typeof taskPageSchema>['items']>;
  auditTrail(): Promise<z.infer<typeof auditEntriesSchema>['items']>;
  proof(index: number): Promise<z.infer<typeof inclusionProofSchema>>;
}

interface SayOptions {
  readonly conversationId?: string;
  readonly idempotencyKey?: string;
}

/** An e-mail address that no other test uses. */
export function uniqueEmail(name = 'person'): string {
  return `${name}-${randomUUID()}@example.com`;
}

/** Registers somebody new, signs in, and agrees to every purpose of the privacy notice, or to those that are given. */
export async function newPerson(
  baseUrl: string,
  name = 'Test Person',
  purposes: readonly ConsentPurpose[] = consentPurposes,
): Promise<Person> {
  const email = uniqueEmail();
  const password = `Pw1-${randomUUID()}`;
  const registered = await call(baseUrl, 'POST', '/api/v1/auth/register', { body: { email, password, name } });
  if (registered.status !== 201) throw new Error(`register answered ${registered.status}: ${registered.text}`);
  const signedIn = await logIn(baseUrl, email, password);
  if (purposes.length === 0) return personOf(baseUrl, signedIn, password);
  await changeConsents(personOf(baseUrl, signedIn, password), purposes, true);
  return personOf(baseUrl, await refresh(baseUrl, signedIn), password);
}

/** Agrees to purposes as the notice in force words them, or withdraws. The next token says so. */
export async function changeConsents(
  person: Pick<Person, 'call'>,
  purposes: readonly ConsentPurpose[],
  isAgreed: boolean,
): Promise<void> {
  const notice = privacyNoticeSchema.parse((await person.call('GET', '/api/v1/privacy/notice')).body);
  const agrees = Object.fromEntries(purposes.map((purpose) => [purpose, isAgreed]));
  const body = { noticeVersion: notice.version, agrees };
  const answer = await person.call('PUT', '/api/v1/privacy/consents', { body });
  if (answer.status !== 200) throw new Error(`consents were answered ${answer.status}: ${answer.text}`);
}

/** Signs in with bearer tokens, as a program does. */
export async function signIn(baseUrl: string, email: string, password: string): Promise<Person> {
  return personOf(baseUrl, await logIn(baseUrl, email, password), password);
}

type Session = z.infer<typeof loginResponseSchema> & {
  /** Name and value of each, as a `cookie` header has them. */
  readonly cookies: string;
};

async function logIn(baseUrl: string, email: string, password: string): Promise<Session> {
  const answer = await call(baseUrl, 'POST', '/api/v1/auth/login', { body: { email, password } });
  if (answer.status !== 200) throw new Error(`login answered ${answer.status}: ${answer.text}`);
  return sessionOf(answer);
}

/** The session's next tokens. */
async function refresh(baseUrl: string, { cookies }: Session): Promise<Session> {
  const csrf = /__Host-csrf=([^;]+)/.exec(cookies)?.[1] ?? '';
  const headers = { cookie: cookies, 'x-csrf-token': csrf };
  const answer = await call(baseUrl, 'POST', '/api/v1/auth/refresh', { headers });
  if (answer.status !== 200) throw new Error(`refresh answered ${answer.status}: ${answer.text}`);
  return sessionOf(answer);
}

function sessionOf({ body, headers }: Answer): Session {
  const cookies = headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return { ...loginResponseSchema.parse(body), cookies: cookies.join('; ') };
}

function personOf(baseUrl: string, { accessToken: token, account }: Session, password: string): Person {
  const personCall: Person['call'] = (method, path, options = {}) => call(baseUrl, method, path, { ...options, token });
  const read = async <S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> => {
    const got = await personCall('GET', path);
    if (got.status !== 200) throw new Error(`GET ${path} answered ${got.status}: ${got.text}`);
    return schema.parse(got.body);
  };
  return {
    email: account.email,
    password,
    userId: account.id,
    token,
    call: personCall,
    say: async (text, options = {}) => {
      const got = await personCall('POST', '/api/v1/chat/messages', {
        body: { text, ...(options.conversationId === undefined ? {} : { conversationId: options.conversationId }) },
        headers: options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey },
      });
      if (got.status !== 200) throw new Error(`chat answered ${got.status}: ${got.text}`);
      return postMessageResponseSchema.parse(got.body);
    },
    tasks: async () => (await read('/api/v1/tasks?limit=200', taskPageSchema)).items,
    auditTrail: async () => (await read('/api/v1/audit/entries?limit=100', auditEntriesSchema)).items,
    proof: (index) => read(`/api/v1/audit/entries/${index}/proof`, inclusionProofSchema),
  };
}
