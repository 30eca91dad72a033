import { ProblemError } from '@todo-chatbot/service-kit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** What is counted: per person, `apiKeyCalls` per API key, `anonymousCalls` and `logReads` per address. */
export type RateLimitName =
  | 'messages'
  | 'bookings'
  | 'apiCalls'
  | 'apiKeyCalls'
  | 'taskLists'
  | 'taskImports'
  | 'exports'
  | 'anonymousCalls'
  | 'logReads';

/** `points` requests in `durationSeconds`. */
export interface RateLimit {
  readonly points: number;
  readonly durationSeconds: number;
}

/** What one request left over. */
export interface RateLimitState extends RateLimit {
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** The limits were exceeded. */
export class RateLimitExceeded extends ProblemError {
  readonly state: RateLimitState;
  /** True for the first refusal since the count began, so that a flood becomes one audit entry. */
  readonly isFirst: boolean;

  constructor(state: RateLimitState, isFirst: boolean) {
    super('request.rate-limited', { retryAfterSeconds: state.resetSeconds });
    this.state = state;
    this.isFirst = isFirst;
  }
}

/** Counters of what people and addresses may do. */
export interface RateLimits {
  /** Counts one request. @throws RateLimitExceeded; ProblemError `upstream.unavailable` when nobody can count (PRIN-6). */
  consume(name: RateLimitName, key: string): Promise<RateLimitState>;
}

/** What counts for one limit; every store of rate-limiter-flexible is one. */
export interface Limiter {
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
  consume(key: string): Promise<RateLimiterRes>;
}

/** Counters in this process. A key is forgotten when its time is over, so memory follows the traffic of one window. */
export function memoryLimiter({ points, durationSeconds }: RateLimit): Limiter {
  return new RateLimiterMemory({ points, duration: durationSeconds });
}

/** Rate limits over one counter for each name. */
export function createRateLimits(limiters: Readonly<Record<RateLimitName, Limiter>>): RateLimits {
  return {
    async consume(name, key) {
      const limiter = limiters[name];
      const limit = { points: limiter.points, durationSeconds: limiter.duration };
      try {
        return stateOf(limit, await limiter.consume(key));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw new ProblemError('upstream.unavailable', { cause: error });
        throw new RateLimitExceeded(stateOf(limit, error), error.consumedPoints === limit.points + 1);
      }
    },
  };
}

function stateOf(limit: RateLimit, result: RateLimiterRes): RateLimitState {
  const resetSeconds = Math.max(1, Math.ceil(result.msBeforeNext / 1000));
  return { ...limit, remaining: Math.max(0, result.remainingPoints), resetSeconds };
}
