/**
 * Pools in which attempts are counted (AUTH-7), and what their key is. They are apart so that nobody locks more than what they
 * attack: who guesses at the door locks neither a known device, nor a session, nor the second factor.
 */
export type AttemptPool =
  /** Passwords typed at the door, by e-mail address, whether it has an account or not. */
  | 'password-account'
  /** Passwords typed in a browser that signed in before, by device id. */
  | 'password-device'
  /** Passwords typed at the door, by truncated network address. */
  | 'password-address'
  /** Passwords typed by somebody who is signed in (step-up, change of password), by user id. */
  | 'password-signed-in'
  /** Second factors typed at the door, after the password, by user id. */
  | 'second-factor-account'
  /** Second factors typed after the password in a browser that signed in before, by device id. */
  | 'second-factor-device'
  /** Second factors typed by somebody who is signed in (step-up, the first code of a new TOTP), by session id. */
  | 'second-factor-session';

/** When a pool locks. */
export interface LockoutPolicy {
  /** Failures in a row that lock. */
  readonly attempts: number;
  /** Failures that are forgiven in each hour, little by little; 0: only success and rest forgive. */
  readonly forgivenPerHour: number;
}

/** First lock; each further failure doubles it. */
export const firstLockSeconds = 30;
/** Longest lock: long enough that guessing is hopeless, short enough that a person comes back the same day. */
export const longestLockSeconds = 60 * 60;
/** A pool without an attempt for so long starts anew. */
export const forgetFailuresAfterSeconds = 24 * 60 * 60;

/** Mistyping twice or thrice is common, five times in a row is not; a guesser gets some 35 guesses on the first day, and 24 on each further one. */
const ownPolicy: LockoutPolicy = { attempts: 5, forgivenPerHour: 0 };

/**
 * The policy of each pool. An address is shared by the people of a whole network (IPv4 /24, IPv6 /48), whose typing mistakes would
 * add up for ever: as many as it allows at once are forgiven in each hour.
 */
export function lockoutPolicies(options: {
  readonly addressAttempts: number;
}): Readonly<Record<AttemptPool, LockoutPolicy>> {
  return {
    'password-account': ownPolicy,
    'password-device': ownPolicy,
    'password-address': { attempts: options.addressAttempts, forgivenPerHour: options.addressAttempts },
    'password-signed-in': ownPolicy,
    'second-factor-account': ownPolicy,
    'second-factor-device': ownPolicy,
    'second-factor-session': ownPolicy,
  };
}
