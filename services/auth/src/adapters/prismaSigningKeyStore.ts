import { z } from 'zod';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { type SigningKeyState, signingKeyStates } from '../domain/signingKeys.ts';
import type { NewSigningKey, SigningKeyStore } from '../ports/signingKeys.ts';
import { recordEventsIn } from './recordEvents.ts';

/** Names the advisory lock of changes to the keys. */
const keysLockId = 7_305_814_301;

const stateSchema = z.enum(signingKeyStates);
const kidsSchema = z.array(z.strictObject({ kid: z.string() })).max(1);

/** Signing keys in PostgreSQL. */
export function createPrismaSigningKeyStore(prisma: PrismaClient): SigningKeyStore {
  /** The statements after the lock see all that its last holder did. */
  const oneAtATime = <T>(work: (tx: Prisma.TransactionClient) => Promise<T>) =>
    prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${keysLockId}::bigint)`;
      return work(tx);
    });

  return {
    async list() {
      const keys = await prisma.signingKey.findMany({ orderBy: [{ publishedAt: 'desc' }, { kid: 'asc' }] });
      return keys.map((key) => ({ ...key, state: stateSchema.parse(key.state) }));
    },
    createFirst: ({ active, published, now, events }) =>
      oneAtATime(async (tx) => {
        if ((await tx.signingKey.count()) > 0) return false;
        await insert(tx, active, 'active', now);
        await insert(tx, published, 'published', now);
        await recordEventsIn(tx, events);
        return true;
      }),
    rotate: ({ successor, now, activeBefore, publishedBefore, eventsFor }) =>
      oneAtATime(async (tx) => {
        const retired = await tx.$queryRaw`
          UPDATE signing_keys SET state = 'retired', sealed_private_key = NULL, retired_at = ${now}
          WHERE state = 'active' AND activated_at <= ${activeBefore}
            AND EXISTS (SELECT FROM signing_keys WHERE state = 'published' AND published_at <= ${publishedBefore})
          RETURNING kid`;
        const [old] = kidsSchema.parse(retired);
        const activated = old && (await promote(tx, now));
        if (!old || !activated) return null;
        await insert(tx, successor, 'published', now);
        const rotation = { retired: old.kid, activated, published: successor.kid };
        await recordEventsIn(tx, eventsFor(rotation));
        return rotation;
      }),
    revoke: ({ kid, successor, now, events }) =>
      oneAtATime(async (tx) => {
        const revoked = await tx.$executeRaw`
          UPDATE signing_keys SET state = 'revoked', sealed_private_key = NULL, retired_at = ${now}
          WHERE kid = ${kid} AND state <> 'revoked'`;
        if (revoked === 0) return false;
        await promote(tx, now);
        if ((await tx.signingKey.count({ where: { state: 'published' } })) === 0) {
          await insert(tx, successor, 'published', now);
        }
        await recordEventsIn(tx, events);
        return true;
      }),
  };
}

/** Makes the published key the active one when there is none; answers its id. */
async function promote(tx: Prisma.TransactionClient, now: Date): Promise<string | undefined> {
  const rows = await tx.$queryRaw`
    UPDATE signing_keys SET state = 'active', activated_at = ${now}
    WHERE state = 'published' AND NOT EXISTS (SELECT FROM signing_keys WHERE state = 'active')
    RETURNING kid`;
  return kidsSchema.parse(rows)[0]?.kid;
}

async function insert(
  tx: Prisma.TransactionClient,
  key: NewSigningKey,
  state: Extract<SigningKeyState, 'active' | 'published'>,
  now: Date,
): Promise<void> {
  await tx.signingKey.create({
    data: { ...key, state, publishedAt: now, activatedAt: state === 'active' ? now : null },
  });
}
