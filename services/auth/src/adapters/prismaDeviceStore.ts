import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { DeviceStore } from '../ports/deviceStore.ts';

/** Known devices in PostgreSQL. */
export function createPrismaDeviceStore(prisma: PrismaClient): DeviceStore {
  return {
    async find({ userId, tokenHash }) {
      const found = await prisma.device.findUnique({ where: { tokenHash, userId }, select: { id: true } });
      return found?.id ?? null;
    },
  };
}
