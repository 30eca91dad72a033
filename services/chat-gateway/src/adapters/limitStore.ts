import { createHmac, hkdfSync } from 'node:crypto';
import { createClient } from '@redis/client';
import { limitsKeyPrefix } from '@todo-chatbot/contracts';
import { type Logger, metrics } from '@todo-chatbot/service-kit';
import { RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiter, RateLimit, RateLimitName } from './rateLimits.ts';

/** In the cluster an answer takes a millisecond; whoever is counted must not wait long for a refusal (PRIN-6). */
const answerTimeoutMs = 500;
const connectTimeoutMs = 1_000;
/** The store is asked so often whether it is there, so that a connection to a frozen one ends after {@link silenceMs}. */
const pingMs = 1_000;
const silenceMs = 3_000;
/** Commands under way and waiting; each request at the door makes one or two. */
const commandsLimit = 2_000;
/** One attempt at a time, for as long as it takes: pauses double up to this, and replicas do not come all at once. */
const longestPauseMs = 2_000;
const firstPauseMs = 50;
const jitterMs = 250;

/** Where all replicas of the gateway count together: a Redis or Valkey server, over TLS. */
export interface LimitStore {
  /** Counts for one limit. `consume` throws when the store does not answer in half a second, or has no room. */
  limiter(name: RateLimitName, limit: RateLimit): Limiter;
  /** Begins to connect, and comes again by itself; who is counted meanwhile is refused. */
  start(): void;
  close(): void;
}

/**
 * The store of counters. A key names a limit and, by a keyed hash, whom it counts: neither an address nor a person's id can be read
 * from the store, its memory dump or its monitor. Its key comes from the secret that sessions' CSRF tokens are made with, which the store never sees.
 */
export function createLimitStore(options: {
  readonly host: string;
  readonly port: number;
  /** Authority of the store's certificate, PEM. */
  readonly ca: string;
  readonly user: string;
  readonly password: string;
  /** 32 bytes that all replicas have in common. */
  readonly secret: Buffer;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}): LimitStore {
  const { host, port, ca, user, password, secret, logger } = options;
  const hashKey = Buffer.from(hkdfSync('sha256', secret, '', 'todo-chatbot rate limits', 32));
  const client = createClient({
    username: user,
    password,
    // A command that nobody can answer now fails now.
    disableOfflineQueue: true,
    commandsQueueMaxLength: commandsLimit,
    pingInterval: pingMs,
    // Neither is a command that the store's access list knows.
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: {
      host,
      port,
      tls: true,
      ca,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      connectTimeout: connectTimeoutMs,
      socketTimeout: silenceMs,
      reconnectStrategy: pauseBefore,
    },
  });
  let isTold = false;
  client.on('error', (error: unknown) => {
    const problem = problemOf(error);
    if (!isTold) logger.warn({ problem }, 'the store of rate limits does not answer: whoever is counted is refused');
    isTold = true;
  });
  client.on('ready', () => {
    logger.info('the store of rate limits is there');
    isTold = false;
  });
  const stopGauge = metrics.gauge('rate_limit_store_up', () => (client.isReady ? 1 : 0));

  return {
    limiter(name, { points, durationSeconds }) {
      const counter = new RateLimiterRedis({
        storeClient: client,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
        keyPrefix: `${limitsKeyPrefix}${name}`,
        points,
        duration: durationSeconds,
      });
      return {
        points,
        duration: durationSeconds,
        consume: (key) => inTime(counter.consume(createHmac('sha256', hashKey).update(key).digest('base64url'))),
      };
    },
    start() {
      // It fails once the store is closed, and never before.
      client.connect().catch(() => undefined);
    },
    close() {
      stopGauge();
      client.destroy();
    },
  };
}

/** Errors of TLS carry the whole certificate, which is of no use in a log. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.message;
}

function pauseBefore(retries: number): number {
  return Math.min(firstPauseMs * 2 ** retries, longestPauseMs) + Math.random() * jitterMs;
}

async function inTime(counted: Promise<RateLimiterRes>): Promise<RateLimiterRes> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer in ${answerTimeoutMs} ms`)), answerTimeoutMs);
  try {
    return await Promise.race([counted, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
