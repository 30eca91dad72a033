import { randomBytes } from 'node:crypto';

/** Crockford's base32: no letters that look like digits, and 32 of them, so that each random byte gives one without bias. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: guessing is hopeless behind a lock-out, and the codes are still typed by hand. */
const codeLength = 10;
/** A sheet of them lasts for years. */
const codeCount = 10;

/** New recovery codes. */
export function createRecoveryCodes(): readonly string[] {
  return Array.from({ length: codeCount }, () =>
    [...randomBytes(codeLength)].map((byte) => alphabet.charAt(byte % alphabet.length)).join(''),
  );
}

/** A code as it is shown: in two groups. */
export function showRecoveryCode(code: string): string {
  return `${code.slice(0, codeLength / 2)}-${code.slice(codeLength / 2)}`;
}
