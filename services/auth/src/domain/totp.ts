import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** RFC 4226 section 4 recommends 160 bits. */
const secretBytes = 20;
/** RFC 6238; every authenticator app knows these, and some know no others. */
const format = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** Steps before and after the present one: clocks differ, and typing takes a while. */
const window = 1;
/** What authenticator apps show above the code. */
const issuer = 'todo-chatbot';
/** How long a secret may wait for its first code; after that somebody else may be sitting there. */
export const totpEnrolmentLifeMs = 30 * 60_000;

/** A new random secret. */
export function createTotpSecret(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(secretBytes));
}

/** The time step whose code this is, now or a step away; null for a wrong one. Compared in constant time. */
export function totpStepOf(options: {
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly code: string;
  readonly now: Date;
}): number | null {
  const totp = new TOTP({ ...format, secret: new Secret({ buffer: options.secret.buffer }) });
  const timestamp = options.now.getTime();
  const delta = totp.validate({ token: options.code, timestamp, window });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}

/** The secret as people type it and as a QR code holds it (Key Uri Format). */
export function describeTotpSecret(options: { readonly secret: Uint8Array<ArrayBuffer>; readonly account: string }) {
  const secret = new Secret({ buffer: options.secret.buffer });
  const totp = new TOTP({ ...format, issuer, label: options.account, secret });
  return { secret: secret.base32, otpauthUri: totp.toString() };
}
