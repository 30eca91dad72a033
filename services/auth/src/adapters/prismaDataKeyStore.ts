import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { DataKeyStore } from '../ports/dataKeys.ts';

/** Data keys in PostgreSQL. */
export function createPrismaDataKeyStore(prisma: Pick<PrismaClient, 'dataKey' | 'destroyedKey'>): DataKeyStore {
  return {
    async find(personId) {
      const found = await prisma.dataKey.findUnique({ where: { personId } });
      if (found) return found;
      return (await prisma.destroyedKey.findUnique({ where: { personId } })) ? 'destroyed' : null;
    },
    async addIfMissing(dataKey, now) {
      await prisma.dataKey.createMany({ data: [{ ...dataKey, createdAt: now }], skipDuplicates: true });
    },
  };
}
