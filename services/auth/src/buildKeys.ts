import { newId } from '@todo-chatbot/contracts';
import { type Clock, createSealer, type Dapr, type DataKeys, type Sealer, scopeKey } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { createKeyedHash } from './adapters/hmacKeyedHash.ts';
import { createMasterKeys } from './adapters/masterKeys.ts';
import { createMasterKeyWrapper } from './adapters/masterKeyWrapper.ts';
import { createOwnBoxes, createOwnDataKeys } from './adapters/ownBoxes.ts';
import { createPrismaDataKeyStore } from './adapters/prismaDataKeyStore.ts';
import { createPrismaMasterKeyStore } from './adapters/prismaMasterKeyStore.ts';
import { createManageMasterKeys, type ManageMasterKeys } from './commands/manageMasterKeys.ts';
import type { AuditTrail } from './ports/auditTrail.ts';
import {
  type DataKeyStore,
  type DataKeyWrapper,
  type OwnBoxes,
  serviceKeyOwner,
  type WrappedDataKey,
} from './ports/dataKeys.ts';
import type { EmailIndex } from './ports/keyedHash.ts';
import type { MasterKeys } from './ports/masterKeys.ts';
import { createReadDataKeys, type ReadDataKeys } from './queries/readDataKeys.ts';
import { keySecretSchema, masterKeySecretSchema } from './secrets.ts';

/** Everything that seals, opens and finds what `auth` keeps (DATA-2). */
export interface Keys {
  readonly masterKeys: MasterKeys;
  readonly dataKeys: DataKeyWrapper;
  readonly readDataKeys: ReadDataKeys;
  /** Keys of people in the scopes that `auth` itself may have. */
  readonly ownDataKeys: DataKeys;
  readonly boxes: OwnBoxes;
  /** Of what is nobody's. */
  readonly serviceSealer: Sealer;
  /** A data key that is nobody's and opens nothing. */
  readonly decoyKey: WrappedDataKey;
  readonly emailIndex: EmailIndex;
  readonly manageMasterKeys: ManageMasterKeys;
}

/**
 * The composition root's part for keys; of the service and of its operator's commands. The first start makes a master key active, and the
 * service's own data key. @throws MasterKeyUnknown when the secret does not hold the master key that is active
 */
export async function buildKeys(parts: {
  readonly prisma: PrismaClient;
  readonly dapr: Pick<Dapr, 'secret'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}): Promise<Keys> {
  const { prisma, dapr, auditTrail, clock } = parts;
  const masterKeys = createMasterKeys(masterKeySecretSchema.parse(await dapr.secret('auth-master-key')));
  const { key: indexKey } = keySecretSchema.parse(await dapr.secret('auth-index-key'));
  const indexHash = createKeyedHash(Buffer.from(indexKey, 'base64'));
  const masterKeyStore = createPrismaMasterKeyStore(prisma);
  const manageMasterKeys = createManageMasterKeys({ store: masterKeyStore, masterKeys, auditTrail, clock });
  await manageMasterKeys.ensure();

  const store = createPrismaDataKeyStore(prisma);
  const dataKeys = createMasterKeyWrapper({ masterKeys, store: masterKeyStore });
  const readDataKeys = createReadDataKeys({ store, wrapper: dataKeys });
  const ownDataKeys = createOwnDataKeys(readDataKeys);
  return {
    masterKeys,
    dataKeys,
    readDataKeys,
    ownDataKeys,
    boxes: createOwnBoxes({ dataKeys: ownDataKeys, wrapper: dataKeys }),
    serviceSealer: await ensureServiceSealer({ store, dataKeys, clock }),
    decoyKey: masterKeys.make(newId('user'), masterKeys.currentId),
    emailIndex: (email) => indexHash('email', email),
    manageMasterKeys,
  };
}

/** Of several replicas that start at once one stores the key, and all take that one. */
async function ensureServiceSealer(parts: {
  readonly store: DataKeyStore;
  readonly dataKeys: DataKeyWrapper;
  readonly clock: Clock;
}): Promise<Sealer> {
  const { store, dataKeys, clock } = parts;
  if ((await store.find(serviceKeyOwner)) === null) {
    await store.addIfMissing(await dataKeys.make(serviceKeyOwner), clock.now());
  }
  const found = await store.find(serviceKeyOwner);
  if (found === null || found === 'destroyed') throw new TypeError('the service has no data key of its own');
  const dataKey = dataKeys.open(found);
  const sealer = createSealer(scopeKey(dataKey, 'auth'));
  dataKey.fill(0);
  return sealer;
}
