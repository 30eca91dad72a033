import {
  type Clock,
  type Logger,
  mountRoutes,
  notFoundHandler,
  type PersonBoxes,
  ProblemError,
  problemHandler,
  type Route,
  securityHeaders,
} from '@todo-chatbot/service-kit';
import express, { type Express, type RequestHandler } from 'express';
import type { ApiKeyTokens } from '../adapters/apiKeyTokens.ts';
import type { DoorNames } from '../domain/requestOrigin.ts';
import { accessTokenOf, clientOf, createApiGuard } from './apiGuard.ts';
import { exchangeApiKeys } from './apiKeyDoor.ts';
import type { PersonTokens } from './personTokens.ts';
import type { CountRequest } from './requestCounter.ts';
import type { SecurityTrail } from './securityTrail.ts';
import { webApp } from './webApp.ts';

/** How long a browser may remember the answer to a preflight. */
const preflightMaxAgeSeconds = 600;

/** Only files of our own origin, nothing inline, no plug-ins, no frames (API-4). */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const permissionsPolicy = 'camera=(), geolocation=(), microphone=(), payment=(), usb=()';

/** The public door: what every request passes, then the API, then the web app. */
export function createPublicApp(options: {
  readonly routes: readonly Route[];
  readonly tokens: PersonTokens;
  /** What audit events of the gateway are sealed with. */
  readonly auditBoxes: PersonBoxes;
  readonly apiKeys: ApiKeyTokens;
  readonly clock: Clock;
  readonly count: CountRequest;
  readonly trail: SecurityTrail;
  readonly csrfKey: Buffer;
  readonly door: DoorNames;
  /** Origins besides our own whose pages may call the API with a bearer token. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly webRoot: string;
  readonly isReady: () => Promise<boolean>;
  readonly logger: Logger;
}): Express {
  const { routes, tokens, count, trail, csrfKey, door, allowedOrigins, logger } = options;
  const app = express();
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', [...options.trustedProxies]);

  app.use(securityHeaders(), doorHeaders);
  app.get('/healthz', (_req, res) => {
    res.status(200).json({ status: 'ok' });
  });
  app.get('/readyz', async (_req, res) => {
    const isReady = await options.isReady().catch(() => false);
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  app.use(refuseUnknownHosts(door.hosts));
  app.use('/api', allowOrigins(allowedOrigins));
  const trustedOrigins = [...door.origins, ...allowedOrigins];
  app.use('/api/v1', exchangeApiKeys({ apiKeys: options.apiKeys, tokens, count, trail }));
  app.use('/api/v1', createApiGuard({ tokens, count, trail, csrfKey, trustedOrigins }));
  mountRoutes(app, routes, {
    service: 'chat-gateway',
    logger,
    tokens,
    clock: options.clock,
    accessToken: accessTokenOf,
    client: clientOf,
    auditBoxes: options.auditBoxes,
    recordDenial: trail.recordDenial,
  });
  app.use('/api', notFoundHandler);
  app.use(webApp(options.webRoot));
  app.use(notFoundHandler);
  app.use(problemHandler({ logger }));
  return app;
}

const doorHeaders: RequestHandler = (_req, res, next) => {
  res.setHeader('content-security-policy', contentSecurityPolicy);
  res.setHeader('permissions-policy', permissionsPolicy);
  next();
};

/** Against DNS rebinding and poisoned `Host` headers: a page of another name cannot talk to this door. */
function refuseUnknownHosts(hosts: readonly string[]): RequestHandler {
  return (req, _res, next) => {
    const isKnown = hosts.includes((req.headers.host ?? '').toLowerCase());
    next(isKnown ? undefined : new ProblemError('request.invalid', { detail: 'This host name is not served here.' }));
  };
}

/** CORS by allow-list, without credentials: pages elsewhere bring a bearer token or nothing. */
function allowOrigins(origins: readonly string[]): RequestHandler {
  return (req, res, next) => {
    res.vary('origin');
    const { origin } = req.headers;
    if (origin === undefined || !origins.includes(origin)) return next();
    res.setHeader('access-control-allow-origin', origin);
    res.setHeader(
      'access-control-expose-headers',
      'retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset',
    );
    if (req.method !== 'OPTIONS') return next();
    res.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
    res.setHeader('access-control-allow-headers', 'authorization, content-type, idempotency-key');
    res.setHeader('access-control-max-age', String(preflightMaxAgeSeconds));
    res.status(204).end();
  };
}
