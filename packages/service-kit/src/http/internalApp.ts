import { isIP } from 'node:net';
import {
  type AppId,
  allowedCalls,
  bindingRoute,
  cronBindings,
  isAppId,
  readersOf,
  topics,
} from '@todo-chatbot/contracts';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { type Subscription, subscriptionHandlers, subscriptionPath } from '../events/subscription.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics.ts';
import { ProblemError } from '../problem.ts';
import type { PersonBoxes } from '../security/personBox.ts';
import type { TokenVerifier } from '../security/tokenVerifier.ts';
import type { ServiceContext } from '../service/types.ts';
import { type Binding, bindingHandler } from './binding.ts';
import { securityHeaders } from './middleware.ts';
import { type Denial, mountRoutes } from './pipeline.ts';
import { bareProblem, notFoundHandler, problemHandler, sendProblem } from './problemHandler.ts';
import type { ClientInfo } from './requestContext.ts';
import type { Route } from './route.ts';
import { tokenCheck } from './tokenCheck.ts';

/**
 * The application of the app port, which only the own sidecar may use. `/healthz` and `/readyz` are open; all else needs the
 * sidecar's token. A route is the second wall behind the mesh's policy: it checks the calling service again, then the person.
 * @throws TypeError when routes and `allowedCalls`, subscriptions and `topics`, or bindings and `cronBindings` disagree in either direction.
 */
export function createInternalApp(options: {
  readonly context: Pick<ServiceContext, 'config' | 'logger' | 'clock'>;
  readonly routes: readonly Route[];
  readonly tokens: TokenVerifier;
  readonly events?: readonly Subscription[];
  readonly bindings?: readonly Binding[];
  readonly isReady: () => Promise<boolean>;
  /** Boxes of scope `auditScopeOf(appId)`: what audit events say of a person's device is sealed with them, and else left out. */
  readonly auditBoxes?: PersonBoxes;
  /** Told of each refusal, for the audit log; best effort. */
  readonly recordDenial?: (denial: Denial) => Promise<void>;
}): Express {
  const { routes, tokens, isReady, auditBoxes, recordDenial } = options;
  const { config, logger, clock } = options.context;
  const service = config.APP_ID;
  const events = options.events ?? [];
  const bindings = options.bindings ?? [];
  assertRoutesMatchMesh(service, routes);
  assertEventsMatchTopics(service, events);
  assertBindingsMatchTable(service, bindings);

  const app = express();
  // The mesh's policies ignore case and a trailing slash; a path that slips through them must reach nothing here.
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(securityHeaders());
  app.get('/healthz', (_req, res) => {
    res.status(200).json({ status: 'ok' });
  });
  app.get('/readyz', async (_req, res) => {
    const ready = await isReady().catch(() => false);
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready' });
  });
  app.use(requireSidecar(config.APP_API_TOKEN, logger));
  app.use(refuseEscapes);
  for (const subscription of events) {
    app.post(
      subscriptionPath(subscription),
      refuseInvocation(logger, 'event'),
      ...subscriptionHandlers(subscription, logger, service),
    );
  }
  for (const binding of bindings) {
    app.post(bindingRoute(binding.name), refuseInvocation(logger, 'binding'), bindingHandler(binding));
  }
  mountRoutes(app, routes, {
    service,
    logger,
    tokens,
    clock,
    authorizeCaller: callerGuard(service),
    client: forwardedClient,
    ...(auditBoxes ? { auditBoxes } : {}),
    ...(recordDenial ? { recordDenial } : {}),
  });
  app.use(notFoundHandler);
  app.use(problemHandler({ logger }));
  return app;
}

function requireSidecar(token: string, logger: Logger): RequestHandler {
  const isSidecar = tokenCheck(token);
  return (req, res, next) => {
    if (isSidecar(req.get('dapr-api-token'))) return next();
    countDenial(logger, 'sidecar-token');
    sendProblem(res, bareProblem('auth.token-invalid'));
  };
}

/** No path of ours needs an escape, and those of attackers do (`tasks%2F..%2Fadmin`): the mesh may have read it otherwise. */
const refuseEscapes: RequestHandler = (req, _res, next) => {
  next(req.path.includes('%') ? new ProblemError('resource.not-found') : undefined);
};

/** Events and schedules come from the own sidecar. With a calling app they came by invocation, and somebody forges them. */
function refuseInvocation(logger: Logger, operation: 'event' | 'binding'): RequestHandler {
  return (req, _res, next) => {
    const caller = req.get('dapr-caller-app-id');
    if (caller === undefined) return next();
    countDenial(logger, operation, caller);
    next(new ProblemError('access.caller-denied'));
  };
}

/** Refusals before a route is known; those of routes are recorded by the pipeline. */
function countDenial(logger: Logger, operation: string, caller?: string): void {
  metrics.counter('access_denied_total').add(1, { operation });
  logger.warn({ operation, caller }, 'access was denied');
}

function callerGuard(service: AppId): (req: Request, route: Route) => AppId {
  return (req, route) => {
    const caller = req.get('dapr-caller-app-id');
    if (isAppId(caller) && callersOf(service, route).includes(caller)) return caller;
    throw new ProblemError('access.caller-denied');
  };
}

function callersOf(service: AppId, route: Route): readonly AppId[] {
  const path = meshPath(route.path);
  return allowedCalls
    .filter((call) => call.callee === service && call.verb === route.method && call.path === path)
    .map((call) => call.caller);
}

/** `/v1/tasks/:id` is `/v1/tasks/*` in the mesh's policies. */
function meshPath(path: string): string {
  return path.replaceAll(/:[A-Za-z]\w*/g, '*');
}

function assertRoutesMatchMesh(service: AppId, routes: readonly Route[]): void {
  const served = routes.map((route) => `${route.method} ${meshPath(route.path)}`);
  const allowed = allowedCalls.filter((call) => call.callee === service).map((call) => `${call.verb} ${call.path}`);
  assertSame(`${service}: routes and allowedCalls disagree`, served, [...new Set(allowed)]);
}

/** daprd drops an event for which there is no route, so a missing subscription would lose events. */
function assertEventsMatchTopics(service: AppId, events: readonly Subscription[]): void {
  const delivered = topics.filter((topic) => topic.delivery === 'dapr' && readersOf(topic).includes(service));
  assertSame(
    `${service}: subscriptions and topics disagree`,
    events.map((subscription) => subscription.topic),
    delivered.map((topic) => topic.name),
  );
}

/** A call of a binding without a route would do nothing, hour after hour. */
function assertBindingsMatchTable(service: AppId, bindings: readonly Binding[]): void {
  assertSame(
    `${service}: bindings and cronBindings disagree`,
    bindings.map(({ name }) => name),
    cronBindings.filter(({ apps }) => apps.includes(service)).map(({ name }) => name),
  );
}

function assertSame(what: string, actual: readonly string[], expected: readonly string[]): void {
  const missing = expected.filter((item) => !actual.includes(item)).map((item) => `missing ${item}`);
  const unknown = actual.filter((item) => !expected.includes(item)).map((item) => `unknown ${item}`);
  const twice = actual.filter((item, index) => actual.indexOf(item) !== index).map((item) => `twice ${item}`);
  const faults = [...missing, ...unknown, ...twice];
  if (faults.length > 0) throw new TypeError(`${what}: ${faults.join('; ')}`);
}

/** Longest user agent that is kept. */
const maxUserAgentLength = 300;

/** What the gateway says of the person's client. Only services on the list of callers get this far, so it is believed. */
function forwardedClient(req: Request): ClientInfo {
  const address = req.get('x-client-address') ?? '';
  const userAgent = req.get('x-client-user-agent');
  return {
    address: isIP(address) === 0 ? null : address,
    userAgent: userAgent === undefined ? null : decodeUserAgent(userAgent).slice(0, maxUserAgentLength),
  };
}

function decodeUserAgent(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
