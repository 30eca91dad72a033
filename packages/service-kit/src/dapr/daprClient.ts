import { type AppId, isErrorCode, problemSchema, pubsubNameOf, secretStoreName } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { requestContext } from '../http/requestContext.ts';
import type { Logger } from '../logging/logger.ts';
import { ProblemError } from '../problem.ts';
import { type Dapr, type InvokeRequest, queryHeader } from './dapr.ts';

/** A call inside the mesh takes milliseconds; whoever waits longer than this is no longer waiting. */
const defaultTimeoutMs = 5_000;
/** The broker's acknowledgement may need a new leader first. */
const publishTimeoutMs = 10_000;
/** Larger answers do not exist in our contracts; a sick callee must not fill this process. */
const maxAnswerBytes = 2 * 1024 * 1024;
/** Text of a refusal that is kept for the log. */
const maxRefusalLength = 500;
/** Paths are made of literals and typed ids; anything else could mean another path to the sidecar than to the policy. */
const pathPattern = /^(?:\/[\w~-][\w.~-]*)+$/;

const daprErrorSchema = z.object({ errorCode: z.string().max(200), message: z.string().optional() });

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** Client of the own sidecar at `127.0.0.1:<httpPort>`. */
export function createDaprClient(options: {
  /** Whose sidecar it is. */
  readonly appId: AppId;
  readonly httpPort: number;
  readonly apiToken: string;
  readonly logger: Logger;
}): Dapr {
  const { appId, apiToken, logger } = options;
  const base = `http://127.0.0.1:${options.httpPort}/v1.0`;

  async function send(
    url: string,
    init: { method: string; headers?: Record<string, string>; body?: string; timeoutMs: number; signal?: AbortSignal },
  ): Promise<RawAnswer> {
    const timeout = AbortSignal.timeout(init.timeoutMs);
    try {
      const response = await fetch(url, {
        method: init.method,
        headers: { ...init.headers, 'dapr-api-token': apiToken },
        redirect: 'error',
        signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
        ...(init.body === undefined ? {} : { body: init.body }),
      });
      return { status: response.status, headers: response.headers, bytes: await readBounded(response) };
    } catch (error) {
      throw new ProblemError('upstream.unavailable', { cause: error });
    }
  }

  async function call(request: InvokeRequest): Promise<RawAnswer> {
    const answer = await send(`${base}/invoke/${request.appId}/method${pathOf(request)}`, {
      method: request.method,
      headers: headersOf(request),
      timeoutMs: request.timeoutMs ?? defaultTimeoutMs,
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw problemOf(request.appId, answer);
  }

  function problemOf(appId: AppId, answer: RawAnswer): ProblemError {
    const text = textOf(answer);
    const body = parseJson(text);
    if (answer.headers.get('content-type')?.startsWith('application/problem+json')) {
      const problem = problemSchema.safeParse(body);
      if (problem.success && isErrorCode(problem.data.code)) {
        const { code, detail, errors, retryAfterSeconds } = problem.data;
        return new ProblemError(code, { detail, errors, retryAfterSeconds });
      }
    }
    const refusal = daprErrorSchema.safeParse(body);
    const errorCode = refusal.success ? refusal.data.errorCode : 'none';
    const said = (refusal.success ? refusal.data.message : text)?.slice(0, maxRefusalLength);
    logger.warn({ callee: appId, status: answer.status, errorCode, said }, 'an invocation was refused on the way');
    const code = answer.status === 403 ? 'access.caller-denied' : 'upstream.unavailable';
    return new ProblemError(code, { cause: new Error(`sidecar answered ${answer.status} ${errorCode}`) });
  }

  return {
    async invoke(request) {
      const answer = await call(request);
      const isEmpty = answer.bytes.length === 0;
      const parsed = request.responseSchema.safeParse(isEmpty ? undefined : parseJson(textOf(answer)));
      if (!parsed.success) {
        const paths = parsed.error.issues.map((issue) => issue.path.join('.') || '(root)').join(', ');
        throw new ProblemError('internal.error', {
          cause: new Error(`${request.appId} answered ${request.path} against its contract: ${paths}`),
        });
      }
      return { status: answer.status, body: parsed.data, headers: answer.headers };
    },

    async invokeText(request) {
      const answer = await call(request);
      return { status: answer.status, body: textOf(answer), headers: answer.headers };
    },

    async invokeBytes(request) {
      const answer = await call(request);
      return { status: answer.status, body: answer.bytes, headers: answer.headers };
    },

    async publish({ topic, event }) {
      const key = encodeURIComponent(event.subject);
      const answer = await send(`${base}/publish/${pubsubNameOf(appId)}/${topic}?metadata.partitionKey=${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        // The sidecar overwrites `traceparent` with its own unless the older `traceid` is there.
        body: JSON.stringify({ ...event, traceid: event.traceparent }),
        timeoutMs: publishTimeoutMs,
      });
      if (answer.status >= 300) throw sidecarError(`publish to ${topic}`, answer);
    },

    async secret(name) {
      const answer = await send(`${base}/secrets/${secretStoreName}/${encodeURIComponent(name)}`, {
        method: 'GET',
        timeoutMs: defaultTimeoutMs,
      });
      if (answer.status !== 200) throw sidecarError(`secret ${name}`, answer);
      // The answer itself never goes into an error: it is the secret.
      const secret = z.record(z.string(), z.string()).safeParse(parseJson(textOf(answer)));
      if (!secret.success)
        throw new ProblemError('upstream.unavailable', { cause: new Error(`secret ${name} is unreadable`) });
      return secret.data;
    },
  };
}

function sidecarError(what: string, answer: RawAnswer): ProblemError {
  const refusal = daprErrorSchema.safeParse(parseJson(textOf(answer)));
  const errorCode = refusal.success ? refusal.data.errorCode : 'none';
  return new ProblemError('upstream.unavailable', {
    cause: new Error(`${what}: the sidecar answered ${answer.status} ${errorCode}`),
  });
}

function pathOf(request: InvokeRequest): string {
  if (!pathPattern.test(request.path)) throw new TypeError('a path for invocation has a character that is not allowed');
  return request.path;
}

function queryOf(request: InvokeRequest): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return String(query);
}

function headersOf(request: InvokeRequest): Record<string, string> {
  const client = requestContext()?.client;
  const query = queryOf(request);
  return {
    ...request.headers,
    accept: 'application/json, text/plain, application/octet-stream, application/problem+json',
    ...(query === '' ? {} : { [queryHeader]: query }),
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.userToken === undefined ? {} : { authorization: `Bearer ${request.userToken}` }),
    ...(request.idempotencyKey === undefined ? {} : { 'idempotency-key': request.idempotencyKey }),
    ...(client?.address ? { 'x-client-address': client.address } : {}),
    ...(client?.userAgent ? { 'x-client-user-agent': encodeURIComponent(client.userAgent) } : {}),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf({ bytes }: RawAnswer): string {
  return new TextDecoder().decode(bytes);
}

async function readBounded(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxAnswerBytes) throw new RangeError(`an answer is longer than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
