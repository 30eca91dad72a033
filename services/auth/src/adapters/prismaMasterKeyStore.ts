import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import { type MasterKeyStatus, type MasterKeyStore, masterKeyStates } from '../ports/masterKeys.ts';
import { recordEventsIn } from './recordEvents.ts';

const statusRowsSchema = z.array(
  z.strictObject({
    id: z.string(),
    state: z.enum(masterKeyStates),
    activated_at: z.date().nullable(),
    replaced_at: z.date().nullable(),
    retired_at: z.date().nullable(),
    wrapped: z.int(),
  }),
);
const replacedRowsSchema = z.array(z.strictObject({ id: z.string() })).max(1);

/** Master keys in PostgreSQL, which knows their ids and never the keys. */
export function createPrismaMasterKeyStore(prisma: PrismaClient): MasterKeyStore {
  return {
    async list() {
      const rows = await prisma.$queryRaw`
        SELECT coalesce(master_keys.id, counted.id) AS id, coalesce(state, 'unknown') AS state, activated_at, replaced_at, retired_at,
          coalesce(counted.wrapped, 0)::integer AS wrapped
        FROM master_keys
        FULL JOIN (SELECT master_key_id AS id, count(*) AS wrapped FROM data_keys GROUP BY master_key_id) AS counted
          ON counted.id = master_keys.id
        ORDER BY activated_at DESC NULLS LAST, id`;
      return statusRowsSchema.parse(rows).map(statusOf);
    },
    async activeId() {
      const found = await prisma.masterKey.findFirst({ where: { state: 'active' }, select: { id: true } });
      return found?.id ?? null;
    },
    async activateFirst(id, now) {
      await prisma.$executeRaw`
        INSERT INTO master_keys (id, state, activated_at)
        SELECT ${id}, 'active', ${now} WHERE NOT EXISTS (SELECT FROM master_keys)
        ON CONFLICT DO NOTHING`;
    },
    replace: ({ successor, now, eventsFor }) =>
      prisma.$transaction(async (tx) => {
        // Of two rotations at once the second finds the row changed, and so no key that is active.
        const rows = await tx.$queryRaw`
          UPDATE master_keys SET state = 'retiring', replaced_at = ${now}
          WHERE state = 'active'
            AND NOT EXISTS (SELECT FROM master_keys WHERE state = 'retiring' OR id = ${successor})
          RETURNING id`;
        const [replaced] = replacedRowsSchema.parse(rows);
        if (!replaced) return null;
        await tx.masterKey.create({ data: { id: successor, state: 'active', activatedAt: now } });
        await recordEventsIn(tx, eventsFor(replaced.id));
        return replaced.id;
      }),
  };
}

function statusOf(row: z.infer<typeof statusRowsSchema>[number]): MasterKeyStatus {
  const { id, state, activated_at: activatedAt, replaced_at: replacedAt, retired_at: retiredAt, wrapped } = row;
  return { id, state, activatedAt, replacedAt, retiredAt, wrapped };
}
