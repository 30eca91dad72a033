import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { SessionProofStore } from '../ports/secondFactorStores.ts';
import { addSessionProof } from './factorChanges.ts';
import { recordOf } from './prismaAccountStore.ts';
import { recordEventsIn } from './recordEvents.ts';

/** Proofs within sessions in PostgreSQL. */
export function createPrismaSessionProofStore(prisma: PrismaClient): SessionProofStore {
  return {
    add: ({ events, ...proof }) =>
      prisma.$transaction(async (tx) => {
        // The account is read first: a change of its access at the same moment leaves the new token with the old version.
        const record = recordOf(await tx.user.findUnique({ where: { id: proof.session.userId } }));
        if (record?.status !== 'active') return null;
        const methods = await addSessionProof(tx, proof);
        if (!methods) return null;
        await recordEventsIn(tx, events);
        return { record, methods, authenticatedAt: proof.now };
      }),
  };
}
