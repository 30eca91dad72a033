import { createRecoveryCodes, showRecoveryCode } from '../domain/recoveryCodes.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';

/** New recovery codes of a person: as they are shown this once, and as they are stored. */
export function newRecoveryCodes(keyedHash: KeyedHash, userId: string) {
  const codes = createRecoveryCodes();
  return {
    shown: codes.map(showRecoveryCode),
    hashes: codes.map((code) => hashRecoveryCode(keyedHash, { userId, code })),
  };
}

/** The person is part of what is hashed: a row that was copied to somebody else proves nothing there. */
export function hashRecoveryCode(keyedHash: KeyedHash, of: { readonly userId: string; readonly code: string }) {
  return keyedHash('recovery-code', `${of.userId}:${of.code}`);
}
