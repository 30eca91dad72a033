import { parse as parseQuery } from 'node:querystring';
import { type AppId, type ErrorCode, type FieldError, isPermitted } from '@todo-chatbot/contracts';
import type { IRouter, Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { describeIssue } from '../config.ts';
import { queryHeader } from '../dapr/dapr.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics.ts';
import { ProblemError } from '../problem.ts';
import { createAuditBoxes } from '../security/auditBoxes.ts';
import type { PersonBoxes } from '../security/personBox.ts';
import { requireRecentProof } from '../security/recentProof.ts';
import { requireConsent } from '../security/requireConsent.ts';
import type { TokenVerifier } from '../security/tokenVerifier.ts';
import { jsonBody } from './middleware.ts';
import { type ClientInfo, currentTraceId, type RequestContext, runInRequestContext } from './requestContext.ts';
import type { ParsedInput, Route, UncheckedAnswer } from './route.ts';

/** Somebody was refused: a bad token, a missing permission, a caller that may not call. */
export interface Denial {
  readonly code: ErrorCode;
  readonly operation: string;
  readonly method: string;
  /** The route's pattern, never the path as asked for. */
  readonly path: string;
  readonly context: RequestContext;
}

/** How a set of routes is served. */
export interface RouteOptions {
  readonly service: AppId;
  readonly logger: Logger;
  readonly tokens: TokenVerifier;
  readonly clock: Clock;
  /** Names the calling service or throws `access.caller-denied`; unset at the public door. */
  readonly authorizeCaller?: (req: Request, route: Route) => AppId;
  /** Where the access token is; by default in the `Authorization` header. */
  readonly accessToken?: (req: Request) => string | undefined;
  /** Where the person comes from, already made coarse. */
  readonly client: (req: Request) => ClientInfo;
  /** Boxes of scope `auditScopeOf(service)`: what audit events say of a person's device is sealed with them, and else left out. */
  readonly auditBoxes?: PersonBoxes;
  /** Told of each refusal, for the audit log; best effort. */
  readonly recordDenial?: (denial: Denial) => Promise<void>;
}

/** Chat messages and task titles are far smaller; what needs more says so in its route. */
const defaultBodyLimitBytes = 64 * 1024;
/** Faults named in one answer. */
const maxFieldErrors = 20;
/** Longest path of a fault: keys in it may come from the request. */
const maxFaultPathLength = 200;
/** Refusals being recorded at a time; a flood of bad tokens must not become a flood of transactions. */
const maxPendingDenials = 20;

/** Mounts the routes, and 405 for other methods on their paths. Use a router with `caseSensitive` and `strict`. */
export function mountRoutes(router: IRouter, routes: readonly Route[], options: RouteOptions): void {
  const denials = createDenialRecorder(options);
  for (const route of routes) {
    const handler = routeHandler(route, options, denials);
    switch (route.method) {
      case 'GET':
        router.get(route.path, refuseHead, handler);
        break;
      case 'POST':
        router.post(route.path, handler);
        break;
      case 'PUT':
        router.put(route.path, handler);
        break;
      case 'PATCH':
        router.patch(route.path, handler);
        break;
      case 'DELETE':
        router.delete(route.path, handler);
        break;
    }
  }
  for (const [path, sharing] of Map.groupBy(routes, (route) => route.path)) {
    router.all(path, methodNotAllowed(sharing.map((route) => route.method)));
  }
}

/** Express answers HEAD with GET's handler; nobody is allowed a HEAD, so it goes on to the 405. */
const refuseHead: RequestHandler = (req, _res, next) => (req.method === 'HEAD' ? next('route') : next());

function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  return (_req, res, next) => {
    res.setHeader('allow', allowed.join(', '));
    next(new ProblemError('request.method-not-allowed'));
  };
}

type RecordDenial = (code: ErrorCode, route: Route, context: RequestContext) => void;

function createDenialRecorder(options: RouteOptions): RecordDenial {
  const { logger, recordDenial } = options;
  let pending = 0;
  return (code, route, context) => {
    const { operation, method, path } = route;
    metrics.counter('access_denied_total').add(1, { operation, code });
    logger.warn({ code, operation, caller: context.caller, userId: context.user?.userId }, 'access was denied');
    if (!recordDenial) return;
    if (pending >= maxPendingDenials) {
      metrics.counter('access_denied_unrecorded_total').add(1, { operation, code });
      return;
    }
    pending += 1;
    runInRequestContext(context, async () => await recordDenial({ code, operation, method, path, context }))
      .catch((error: unknown) => logger.error({ err: error, operation }, 'a refusal could not be recorded'))
      .finally(() => {
        pending -= 1;
      });
  };
}

/** The whole pipeline of one route: caller, person, permission, consent, request, handler, response. */
function routeHandler(route: Route, options: RouteOptions, denied: RecordDenial): RequestHandler {
  const readBody = jsonBody({ limitBytes: route.bodyLimitBytes ?? defaultBodyLimitBytes });
  return async (req, res) => {
    const startedAt = performance.now();
    res.once('close', () => {
      const status = res.writableFinished ? res.statusCode : 499;
      const seconds = (performance.now() - startedAt) / 1000;
      metrics.histogram('request_duration_seconds').record(seconds, { operation: route.operation, status });
    });
    const context = await authorize(req, route, options, denied);
    await runInRequestContext(context, async () => {
      await new Promise<void>((resolve, reject) => {
        readBody(req, res, (error?: unknown) => (error ? reject(error) : resolve()));
      });
      const input = parseRequest(req, res, route, context);
      const answer = await route.handler(input);
      if (route.raw) return;
      if (!answer) throw new TypeError(`${route.operation} did not answer`);
      sendAnswer(res, route, answer);
    });
  };
}

/** Service identity, then the person's token, then the permission (PRIN-3), then their consent (PRIV-2). */
async function authorize(
  req: Request,
  route: Route,
  options: RouteOptions,
  denied: RecordDenial,
): Promise<RequestContext> {
  let context: RequestContext = {
    service: options.service,
    user: null,
    caller: null,
    traceId: currentTraceId(),
    client: options.client(req),
    ...(options.auditBoxes && {
      auditBoxes: createAuditBoxes({ boxes: options.auditBoxes, logger: options.logger }),
    }),
    origin: 'request',
  };
  try {
    if (options.authorizeCaller) context = { ...context, caller: options.authorizeCaller(req, route) };
    if (route.permission === null) return context;
    const token = (options.accessToken ?? bearerToken)(req);
    if (token === undefined) throw new ProblemError('auth.token-missing');
    const user = await options.tokens.verify(token);
    context = { ...context, user };
    await context.auditBoxes?.prepare(user.userId);
    if (!isPermitted(user.roles, route.permission, user.scopes)) {
      throw new ProblemError('access.permission-denied');
    }
    if (route.purpose) requireConsent(user, route.purpose);
    if (route.stepUp) requireRecentProof(user, options.clock);
    return context;
  } catch (error) {
    if (error instanceof ProblemError && (error.status === 401 || error.status === 403)) {
      denied(error.code, route, context);
    }
    throw error;
  }
}

/** The token of `Authorization: Bearer …` (RFC 6750 section 2.1), or `undefined`. */
export function bearerToken(req: Pick<Request, 'headers'>): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(req.headers.authorization ?? '')?.[1];
}

function parseRequest(req: Request, res: Response, route: Route, context: RequestContext): ParsedInput {
  const { body, params, query, headers } = route.request ?? {};
  const asked = queryOf(req, context);
  const faults: FieldError[] = [];
  const parsed = {
    body: body ? parsePart('body', body, req.body, faults) : expectEmpty('body', req.body, faults),
    params: params && parsePart('params', params, req.params, faults),
    query: query ? parsePart('query', query, asked, faults) : expectEmpty('query', asked, faults),
    headers: headers && parsePart('headers', headers, pickHeaders(req, headers), faults),
  };
  if (faults.length > 0) throw new ProblemError('request.invalid', { errors: faults.slice(0, maxFieldErrors) });
  return { ...parsed, user: context.user, caller: context.caller, context, signal: signalOf(res), req, res };
}

/** Our services send the query in a header; from anybody else that header means nothing. */
function queryOf(req: Request, { caller }: RequestContext): Record<string, unknown> {
  const sent = caller === null ? undefined : req.get(queryHeader);
  return { ...(sent === undefined ? req.query : parseQuery(sent)) };
}

function parsePart(name: string, schema: z.ZodType, value: unknown, faults: FieldError[]): unknown {
  const parsed = strictly(schema).safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const path = [name, ...issue.path.map(String)].join('.').slice(0, maxFaultPathLength);
    faults.push({ path, message: describeIssue(issue) });
  }
  return undefined;
}

function expectEmpty(name: string, value: unknown, faults: FieldError[]): undefined {
  const isEmpty =
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  if (!isEmpty) faults.push({ path: name, message: 'must be empty' });
}

/** Refuses unknown keys even where a schema forgot to say so. */
function strictly(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodObject) || schema.def.catchall !== undefined) return schema;
  const strict = strictSchemas.get(schema) ?? schema.strict();
  strictSchemas.set(schema, strict);
  return strict;
}

/** zod prepares a schema at its first parse, which is too slow to do for each request. */
const strictSchemas = new WeakMap<z.ZodType, z.ZodType>();

/** The headers that the schema names; a request always carries others. */
function pickHeaders(req: Request, schema: z.ZodType): Record<string, unknown> {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return Object.fromEntries(names.map((name) => [name, req.headers[name.toLowerCase()]]));
}

function signalOf(res: Response): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) controller.abort();
  });
  return controller.signal;
}

function sendAnswer(res: Response, route: Route, answer: UncheckedAnswer): void {
  const schema = route.responses?.[answer.status];
  if (!schema) throw new TypeError(`${route.operation} answered with ${answer.status}, which it does not declare`);
  const parsed = strictly(schema).safeParse(answer.body);
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join('.') || '(root)').join(', ');
    throw new TypeError(`${route.operation} answered against its schema: ${paths}`);
  }
  res.setHeader('cache-control', 'no-store');
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    res.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  res.status(answer.status);
  if (parsed.data === undefined) res.end();
  else res.json(parsed.data);
}
