import { createHash, randomBytes } from 'node:crypto';
import { createSealer } from '@todo-chatbot/service-kit';
import type { DataKeyWrapper } from '../ports/dataKeys.ts';

const dataKeyBytes = 32;

/** Wraps data keys under a 32-byte master key, each for its own person: a row that was moved to another person does not open. */
export function createMasterKeyWrapper(masterKey: Uint8Array): DataKeyWrapper {
  const sealer = createSealer(masterKey);
  const masterKeyId = masterKeyIdOf(masterKey);
  const contextOf = (personId: string) => `data-key ${personId}`;
  return {
    make(personId) {
      const key = randomBytes(dataKeyBytes);
      const wrappedKey = sealer.seal(key, contextOf(personId));
      key.fill(0);
      return { personId, wrappedKey, masterKeyId };
    },
    open: ({ personId, wrappedKey }) => sealer.open(wrappedKey, contextOf(personId)),
  };
}

/** Tells master keys apart and says nothing of them: the first 16 hexadecimal digits of the SHA-256. */
function masterKeyIdOf(masterKey: Uint8Array): string {
  return createHash('sha256').update('master key id\n').update(masterKey).digest('hex').slice(0, 16);
}
