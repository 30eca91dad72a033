import { accessTokenTtlSeconds } from './session.ts';

/**
 * `published`: in the JWKS, not yet used. `active`: signs. `retired`: in the JWKS until its last token has expired. `revoked`: trusted
 * no more. Once there are keys at all, one is active and one is published.
 */
export const signingKeyStates = ['published', 'active', 'retired', 'revoked'] as const;
export type SigningKeyState = (typeof signingKeyStates)[number];

/** A signing key as everybody may know it. */
export interface SigningKey {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly state: SigningKeyState;
  /** Public half, base64url. */
  readonly modulus: string;
  readonly exponent: string;
  readonly publishedAt: Date;
  readonly activatedAt: Date | null;
  /** When it was retired or revoked. */
  readonly retiredAt: Date | null;
}

/**
 * Bits of a key. To sign with 3072 bits costs 0.7 ms of a core where 2048 bits cost 0.3 ms (measured): small beside the 8 ms that a
 * refresh may take. To verify costs the same. 3072 bits are good beyond 2030 (NIST SP 800-57 part 1).
 */
export const signingKeyBits = 3072;
/** A key is published this long before it signs: ten times as long as any service keeps a JWKS. */
const publishLeadMs = 10 * 60_000;
/** How long a replica may go on with what it knows of the keys when the database does not answer. */
export const maxKeyRingAgeMs = 30_000;
/** Added to the life of a retired key's tokens: other replicas sign with it until they learn better. */
const retirementMarginMs = 2 * maxKeyRingAgeMs;

const dayMs = 86_400_000;

/** When the last token of a key that was retired at `retiredAt` has certainly expired. */
function lastTokenExpiresAt(retiredAt: Date): Date {
  return new Date(retiredAt.getTime() + accessTokenTtlSeconds * 1000 + retirementMarginMs);
}

/** Keys retired or revoked before this have no tokens any more. */
export function retiredLongBefore(now: Date): Date {
  return new Date(2 * now.getTime() - lastTokenExpiresAt(now).getTime());
}

/** True for the keys whose tokens are good: those of the JWKS. */
export function isTrusted(key: Pick<SigningKey, 'state' | 'retiredAt'>, now: Date): boolean {
  switch (key.state) {
    case 'published':
    case 'active':
      return true;
    case 'retired':
      return key.retiredAt !== null && lastTokenExpiresAt(key.retiredAt) > now;
    case 'revoked':
      return false;
  }
}

/** Keys that became active before this are due to be rotated. */
export function activeBefore(now: Date, rotationDays: number): Date {
  return new Date(now.getTime() - rotationDays * dayMs);
}

/** Keys that were published before this are known to everybody. */
export function publishedBefore(now: Date): Date {
  return new Date(now.getTime() - publishLeadMs);
}
