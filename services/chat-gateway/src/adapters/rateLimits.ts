import { ProblemError } from '@todo-chatbot/service-kit';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** What is counted, each per person or (without one) per address. */
export const rateLimitNames = ['messages', 'bookings', 'apiCalls', 'taskLists', 'anonymousCalls'] as const;
export type RateLimitName = (typeof rateLimitNames)[number];

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

export interface RateLimits {
  /** Counts one request. @throws RateLimitExceeded; ProblemError `upstream.unavailable` when nobody can count (PRIN-6). */
  consume(name: RateLimitName, key: string): Promise<RateLimitState>;
}

/** Counters in this process. A key is forgotten when its time is over, so memory follows the traffic of one window. */
export function createMemoryRateLimits(limits: Readonly<Record<RateLimitName, RateLimit>>): RateLimits {
  const limiterOf = (name: RateLimitName) =>
    new RateLimiterMemory({ keyPrefix: name, points: limits[name].points, duration: limits[name].durationSeconds });
  const limiters: Readonly<Record<RateLimitName, RateLimiterMemory>> = {
    messages: limiterOf('messages'),
    bookings: limiterOf('bookings'),
    apiCalls: limiterOf('apiCalls'),
    taskLists: limiterOf('taskLists'),
    anonymousCalls: limiterOf('anonymousCalls'),
  };
  return {
    async consume(name, key) {
      const limit = limits[name];
      try {
        return stateOf(limit, await limiters[name].consume(key));
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
