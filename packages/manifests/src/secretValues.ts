import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { ValueSpec } from './secrets.ts';

const generatePair = promisify(generateKeyPair);

/** Values that follow from others, or that a person gives. */
export type DerivedValue = Extract<ValueSpec, 'log-verifier-key' | 'witness-verifier-key' | 'recipient'>;

/** 32 random bytes as text of letters, digits, `-` and `_`: safe in every file format and SQL literal. */
export function randomPassword(): string {
  return randomBytes(32).toString('base64url');
}

/** 32 random bytes in base64. */
export function randomKey(): string {
  return randomBytes(32).toString('base64');
}

/** Ed25519, PKCS #8 PEM. */
export async function newSigningKey(): Promise<string> {
  const { privateKey } = await generatePair('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Makes a new value. @param derive gives what is not made at random. */
export async function makeValue(spec: ValueSpec, derive: (spec: DerivedValue) => string): Promise<string> {
  if (typeof spec === 'object') return spec.text;
  switch (spec) {
    case 'password':
      return randomPassword();
    case 'key':
      return randomKey();
    case 'signing-key':
      return newSigningKey();
    case 'log-verifier-key':
    case 'witness-verifier-key':
    case 'recipient':
      return derive(spec);
  }
}
