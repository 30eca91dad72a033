import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import type { OwnBoxes } from '../ports/dataKeys.ts';
import type { SessionProofStore } from '../ports/secondFactorStores.ts';
import { findAccountRow, openAccount } from './accountRows.ts';
import { addSessionProof } from './factorChanges.ts';
import { recordEventsIn } from './recordEvents.ts';

/** Proofs within sessions in PostgreSQL. */
export function createPrismaSessionProofStore(options: {
  readonly prisma: PrismaClient;
  readonly boxes: Pick<OwnBoxes, 'opened'>;
}): SessionProofStore {
  const { prisma, boxes } = options;
  return {
    add: ({ events, ...proof }) =>
      prisma.$transaction(async (tx) => {
        // The account is read first: a change of its access at the same moment leaves the new token with the old version.
        const found = await findAccountRow(tx, Prisma.sql`users.id = ${proof.session.userId}`);
        if (found?.status !== 'active') return null;
        const record = openAccount(boxes, found);
        const methods = await addSessionProof(tx, proof);
        if (!methods) return null;
        await recordEventsIn(tx, events);
        return { record, methods, authenticatedAt: proof.now };
      }),
  };
}
