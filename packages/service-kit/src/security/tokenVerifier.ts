import {
  accessVersionSchema,
  type ConsentPurpose,
  consentPurposeSchema,
  consentPurposes,
  idSchema,
  type Permission,
  permissions,
  type Role,
  roleSchema,
  sessionIdSchema,
} from '@todo-chatbot/contracts';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { ProblemError } from '../problem.ts';
import type { KeySource } from './keySource.ts';

/** The person whom a verified access token stands for. */
export interface SignedInUser {
  readonly userId: string;
  /** A session, or an API key. */
  readonly sessionId: string;
  readonly roles: readonly Role[];
  /** What the token is limited to besides its roles; null: nothing. Only tokens of API keys are limited. */
  readonly scopes: readonly Permission[] | null;
  /** Claim `con`: purposes that the person agrees to (PRIV-2). */
  readonly consents: readonly ConsentPurpose[];
  /** Claim `ver`: lower than the person's minimum, and the token is refused. */
  readonly accessVersion: number;
  /** When the person last proved themselves in this session; null for an API key, which never does. */
  readonly authenticatedAt: Date | null;
  /** `jti` of the access token. */
  readonly tokenId: string;
  /** The key that signed it. */
  readonly keyId: string;
  readonly expiresAt: Date;
}

/** What of a verified token can be denied. */
export type DeniableAccess = Pick<SignedInUser, 'userId' | 'sessionId' | 'accessVersion' | 'keyId'>;

/** What verifiers and open streams ask. */
export interface AccessDenials {
  /**
   * True when the session, the person's access version or the signing key is denied.
   * @throws ProblemError `upstream.unavailable` when that cannot be known (PRIN-6).
   */
  denies(access: DeniableAccess): boolean;
}

/** Verifies access tokens. */
export interface TokenVerifier {
  /**
   * @throws ProblemError `auth.token-invalid` for any fault of the token, the same for all, so that it is no oracle;
   * `upstream.unavailable` when the keys or the revocations cannot be known (PRIN-6).
   */
  verify(token: string): Promise<SignedInUser>;
}

/** Two machines' clocks may differ by this much. */
const clockToleranceSeconds = 5;
/** A longer text is no token of ours and is not worth parsing. */
const maxTokenLength = 4000;
/** Verified tokens that are remembered: those of the people who are here now, at a good kilobyte each. */
const maxRememberedTokens = 5_000;

const claimsSchema = z.object({
  sub: idSchema('user'),
  sid: sessionIdSchema,
  ver: accessVersionSchema,
  auth_time: z.int().positive().optional(),
  /** RFC 9068 section 2.2.3. */
  scope: z
    .string()
    .max(1000)
    .transform((scope) => scope.split(' '))
    .pipe(z.array(z.enum(permissions)).max(permissions.length))
    .optional(),
  /** A token that says nothing of consents is of somebody who gave none. */
  con: z.array(consentPurposeSchema).max(consentPurposes.length).default([]),
  jti: z.string().min(1).max(64),
  roles: z.array(roleSchema).max(5),
  exp: z.int().positive(),
});

/**
 * Verifier of RS256 access tokens (RFC 9068) of one issuer for one audience. The signature of a token, and whatever else of it cannot
 * change, is checked once; whether it has expired, whether its key is still trusted and whether it is denied, each time.
 */
export function createTokenVerifier(options: {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: KeySource;
  readonly denySet: AccessDenials;
  readonly clock: Clock;
  /** For measurements: 0 checks every signature. */
  readonly remembered?: number;
}): TokenVerifier {
  const { issuer, audience, keys, denySet, clock, remembered = maxRememberedTokens } = options;
  // By the whole token: two that differ in a single bit are strangers.
  const verified = remembered > 0 ? new LRUCache<string, SignedInUser>({ max: remembered }) : undefined;

  async function checkOnce(token: string): Promise<SignedInUser> {
    const keyId = keyIdOf(token);
    const key = await keys.keyFor(keyId);
    if (!key) throw invalidToken('no such key');
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      issuer,
      audience,
      typ: 'at+jwt',
      currentDate: clock.now(),
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'iat'],
    });
    const claims = claimsSchema.parse(payload);
    const user: SignedInUser = {
      userId: claims.sub,
      sessionId: claims.sid,
      roles: claims.roles,
      scopes: claims.scope ?? null,
      consents: claims.con,
      accessVersion: claims.ver,
      authenticatedAt: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1000),
      tokenId: claims.jti,
      keyId,
      expiresAt: new Date(claims.exp * 1000),
    };
    verified?.set(token, user);
    return user;
  }

  async function checkAgain(token: string, user: SignedInUser): Promise<void> {
    if (clock.now().getTime() >= user.expiresAt.getTime() + clockToleranceSeconds * 1000) {
      verified?.delete(token);
      throw invalidToken('expired');
    }
    if (!(await keys.keyFor(user.keyId))) throw invalidToken('no such key');
  }

  async function verify(token: string): Promise<SignedInUser> {
    const known = verified?.get(token);
    if (known) await checkAgain(token, known);
    const user = known ?? (await checkOnce(token));
    if (denySet.denies(user)) throw invalidToken('denied');
    return user;
  }

  return {
    async verify(token) {
      try {
        return await verify(token);
      } catch (error) {
        // jose's expiry error is no subclass of its claim error, so all of its errors are taken together.
        if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw invalidToken(error);
        throw error;
      }
    },
  };
}

function keyIdOf(token: string): string {
  if (token.length > maxTokenLength) throw invalidToken('too long');
  let header: unknown;
  try {
    header = decodeProtectedHeader(token);
  } catch (error) {
    throw invalidToken(error);
  }
  const parsed = z.object({ kid: z.string().min(1).max(100), alg: z.literal('RS256') }).safeParse(header);
  if (!parsed.success) throw invalidToken('no key id or another algorithm');
  return parsed.data.kid;
}

function invalidToken(cause: unknown): ProblemError {
  return new ProblemError('auth.token-invalid', { cause });
}
