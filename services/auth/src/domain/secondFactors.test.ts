import assert from 'node:assert/strict';
import test from 'node:test';
import { secondFactorMethodsOf } from './secondFactors.ts';

const passkey = { id: 'a', name: 'Laptop', transports: [], isBackedUp: false, createdAt: new Date(), lastUsedAt: null };
const none = { totpEnabledAt: null, recoveryCodesLeft: 0, passkeys: [] };

test('the strongest method comes first, and recovery codes stand in for a factor only where there is one (AUTH-8)', () => {
  assert.deepEqual(secondFactorMethodsOf(none), []);
  assert.deepEqual(secondFactorMethodsOf({ ...none, recoveryCodesLeft: 3 }), []);
  assert.deepEqual(secondFactorMethodsOf({ ...none, totpEnabledAt: new Date() }), ['totp']);
  assert.deepEqual(secondFactorMethodsOf({ totpEnabledAt: new Date(), recoveryCodesLeft: 1, passkeys: [passkey] }), [
    'passkey',
    'totp',
    'recovery-code',
  ]);
});
