/** User of the store of rate limits. */
export const limitsUser = 'chat-gateway';
/** Beginning of every key in it. */
const limitsKeyPrefix = 'limits:';

/**
 * What the one user of the store may do, as an access list of Redis writes it: count under its prefix, by scripts that touch nothing else.
 * Whoever takes the gateway over can forget limits one by one, and can neither list, empty nor configure the store (API-3).
 */
export const limitsAclRules = [
  'resetkeys',
  `~${limitsKeyPrefix}*`,
  'resetchannels',
  '-@all',
  '+ping',
  '+client|setname',
  '+eval',
  '+evalsha',
  '+script|load',
  '+multi',
  '+exec',
  '+set',
  '+get',
  '+incrby',
  '+pttl',
  '+pexpire',
  '+del',
].join(' ');
