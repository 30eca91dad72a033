import { randomUUID } from 'node:crypto';
import {
  auditEntriesSchema,
  inclusionProofSchema,
  loginResponseSchema,
  postMessageResponseSchema,
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
  options: { body?: unknown; token?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(new URL(path, baseUrl), {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(requestTimeoutMs),
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
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

/** Registers somebody new and signs in. */
export async function newPerson(baseUrl: string, name = 'Test Person'): Promise<Person> {
  const email = uniqueEmail();
  const password = `Pw1-${randomUUID()}`;
  const registered = await call(baseUrl, 'POST', '/api/v1/auth/register', { body: { email, password, name } });
  if (registered.status !== 201) throw new Error(`register answered ${registered.status}: ${registered.text}`);
  return signIn(baseUrl, email, password);
}

/** Signs in with bearer tokens, as a program does. */
export async function signIn(baseUrl: string, email: string, password: string): Promise<Person> {
  const answer = await call(baseUrl, 'POST', '/api/v1/auth/login', { body: { email, password } });
  if (answer.status !== 200) throw new Error(`login answered ${answer.status}: ${answer.text}`);
  const { accessToken: token, account } = loginResponseSchema.parse(answer.body);
  const personCall: Person['call'] = (method, path, options = {}) => call(baseUrl, method, path, { ...options, token });
  const read = async <S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> => {
    const got = await personCall('GET', path);
    if (got.status !== 200) throw new Error(`GET ${path} answered ${got.status}: ${got.text}`);
    return schema.parse(got.body);
  };
  return {
    email,
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
