import type { RequestContext } from '@todo-chatbot/service-kit';
import { RateLimitExceeded, type RateLimitName, type RateLimitState, type RateLimits } from '../adapters/rateLimits.ts';
import type { SecurityTrail } from './securityTrail.ts';

/** Counts one request against a limit, for a person or an address. @throws as {@link RateLimits.consume} does. */
export type CountRequest = (name: RateLimitName, key: string, context: RequestContext) => Promise<RateLimitState>;

/** Counting with an audit entry for the first refusal of a flood (API-3). */
export function createRequestCounter({ limits, trail }: { limits: RateLimits; trail: SecurityTrail }): CountRequest {
  return async (name, key, context) => {
    try {
      return await limits.consume(name, key);
    } catch (error) {
      if (error instanceof RateLimitExceeded && error.isFirst) {
        trail.record(context, { action: 'access.limit', reason: error.code, input: { limit: name } });
      }
      throw error;
    }
  };
}
