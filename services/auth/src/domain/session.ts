/** Life of an access token in seconds (AUTH-1). */
export const accessTokenTtlSeconds = 30 * 60;
/** Life of a refresh token in seconds, counted anew at each rotation (AUTH-3). */
const refreshTokenTtlSeconds = 7 * 24 * 60 * 60;
/** How long a used refresh token still gives its successor to the client that used it: two tabs at once (AUTH-3). */
export const refreshGraceMs = 10_000;
/** How many rotations a straggler may be behind within the grace: far more than tabs make, few enough to walk in one query. */
export const maximumGraceGenerations = 50;
/** Browsers of one person that stay known though nobody is signed in on them: more than anybody comes back to. */
export const knownDeviceLimit = 50;
/** Added to the life of a revoked session's access tokens, for the clocks of other services and a refresh under way. */
const denyMarginSeconds = 60;

/** When the last access token of a session revoked at `now` has certainly expired. */
export function accessTokensExpireAt(now: Date): Date {
  return new Date(now.getTime() + (accessTokenTtlSeconds + denyMarginSeconds) * 1000);
}

/** When a refresh token made at `now` expires. */
export function refreshTokenExpiresAt(now: Date): Date {
  return new Date(now.getTime() + refreshTokenTtlSeconds * 1000);
}

/** One generation of a session's chain of refresh tokens. `usedAt` and `usedByClient` (keyed hash, hex) are null for the newest. */
export interface RefreshGeneration {
  readonly generation: number;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly usedByClient: string | null;
}

/** What a refresh token that was used before means. */
export type ReplayVerdict =
  | { readonly kind: 'same-client'; readonly rotations: number; readonly expiresAt: Date }
  | { readonly kind: 'replay' };

/**
 * Judges a used token by the chain from it to the newest generation, in order. It is a tab that lost the race when every
 * use since lies within the grace and came from this client; then `rotations` says how many successors lie between it and
 * the newest, which is the one to hand out: an earlier one is used already and would count as a replay at the next refresh.
 */
export function judgeReplay(options: {
  readonly chain: readonly RefreshGeneration[];
  readonly client: string;
  readonly now: Date;
}): ReplayVerdict {
  const newest = options.chain.at(-1);
  const used = options.chain.slice(0, -1);
  if (!newest || newest.usedAt || used.length === 0) return { kind: 'replay' };
  const isSameClient = used.every(
    (generation) =>
      generation.usedByClient === options.client && isWithinGrace({ usedAt: generation.usedAt, now: options.now }),
  );
  return isSameClient
    ? { kind: 'same-client', rotations: used.length, expiresAt: newest.expiresAt }
    : { kind: 'replay' };
}

/** Replicas' clocks differ a little, so that a use may seem to lie in the future; by more than the grace is no grace. */
function isWithinGrace(options: { readonly usedAt: Date | null; readonly now: Date }): boolean {
  return options.usedAt !== null && Math.abs(options.now.getTime() - options.usedAt.getTime()) <= refreshGraceMs;
}
