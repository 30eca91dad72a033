import { limitsKeyPrefix } from '@todo-chatbot/contracts';

/** User of the store of rate limits. */
export const limitsUser = 'chat-gateway';

/**
 * What the one user of the store may do, as an access list of Redis writes it: count under its prefix, and nothing else. `eval` runs the script
 * of rate-limiter-flexible, which may use no command and no key that its caller may not. Whoever takes the gateway over can neither read
 * and list nor empty and configure the store (API-3).
 */
export const limitsAclRules = [
  'resetkeys',
  `~${limitsKeyPrefix}*`,
  'resetchannels',
  '-@all',
  '+ping',
  '+eval',
  '+set',
  '+incrby',
  '+pttl',
  '+expire',
].join(' ');
