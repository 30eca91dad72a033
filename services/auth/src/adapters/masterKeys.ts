import { createHash, randomBytes } from 'node:crypto';
import { createSealer, type Sealer } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { WrappedDataKey } from '../ports/dataKeys.ts';
import { type MasterKeys, MasterKeyUnknown } from '../ports/masterKeys.ts';
import type { masterKeySecretSchema } from '../secrets.ts';

const dataKeyBytes = 32;

/** Wraps data keys, each for its own person: a row that was moved to another person does not open. */
export function createMasterKeys(secret: z.infer<typeof masterKeySecretSchema>): MasterKeys {
  const [key, next] = [Buffer.from(secret.key, 'base64'), Buffer.from(secret.next, 'base64')];
  const [currentId, nextId] = [masterKeyIdOf(key), masterKeyIdOf(next)];
  const sealers = new Map([
    [currentId, createSealer(key)],
    [nextId, createSealer(next)],
  ]);
  const contextOf = (personId: string) => `data-key ${personId}`;

  function sealerOf(id: string): Sealer {
    const sealer = sealers.get(id);
    if (!sealer) throw new MasterKeyUnknown(id);
    return sealer;
  }
  function wrap(personId: string, dataKey: Uint8Array, masterKeyId: string): WrappedDataKey {
    const wrappedKey = sealerOf(masterKeyId).seal(dataKey, contextOf(personId));
    dataKey.fill(0);
    return { personId, wrappedKey, masterKeyId };
  }
  const open: MasterKeys['open'] = ({ personId, wrappedKey, masterKeyId }) =>
    sealerOf(masterKeyId).open(wrappedKey, contextOf(personId));

  return {
    currentId,
    nextId,
    has: (id) => sealers.has(id),
    make: (personId, masterKeyId) => wrap(personId, randomBytes(dataKeyBytes), masterKeyId),
    open,
    rewrap: (wrapped, masterKeyId) => wrap(wrapped.personId, open(wrapped), masterKeyId),
  };
}

/** Tells master keys apart and says nothing of them: the first 16 hexadecimal digits of the SHA-256. */
function masterKeyIdOf(masterKey: Uint8Array): string {
  return createHash('sha256').update('master key id\n').update(masterKey).digest('hex').slice(0, 16);
}
