import { type Denial, denialPageLimit, denialSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { DenialReader } from '../ports/denialReader.ts';

const horizonSchema = z.tuple([z.strictObject({ horizon: z.coerce.bigint() })]);
const rowsSchema = z.array(
  z.strictObject({
    kind: z.string(),
    id: z.string(),
    minimum_version: z.int().nullable(),
    expires_at: z.date(),
    changed_in: z.bigint(),
  }),
);
type Row = z.infer<typeof rowsSchema>[number];

/** A reader has read all below `horizon`, and of the rest, in the middle of a long answer, all up to `last`. */
interface Position {
  readonly horizon: bigint;
  readonly last: { readonly changedIn: bigint; readonly kind: string; readonly id: string } | null;
}

/**
 * Denials in PostgreSQL. Rows carry the transaction that wrote them, and transactions do not commit in the order of their numbers. What
 * is certain is the horizon, `pg_snapshot_xmin`: all transactions below it have ended, and what they wrote is in sight. So the next
 * question starts at the horizon from before this one, and sees some rows twice rather than one never.
 */
export function createPrismaDenialReader(prisma: PrismaClient): DenialReader {
  return {
    async read({ since, now }) {
      // Before the rows, so that they are at least as new as it says.
      const horizons = await prisma.$queryRaw`SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon`;
      const [{ horizon }] = horizonSchema.parse(horizons);
      const asked = since === undefined ? null : positionOf(since);
      // A cursor from the future is of another database, for example of one from before a restore: it counts as none.
      const position = asked && asked.horizon <= horizon ? asked : { horizon: 0n, last: null };
      const after = position.last ?? { changedIn: position.horizon, kind: '', id: '' };
      const found = await prisma.$queryRaw`
        SELECT kind, id, minimum_version, expires_at, changed_in FROM access_denials
        WHERE (changed_in, kind, id) > (${after.changedIn}::bigint, ${after.kind}, ${after.id}) AND expires_at > ${now}
        ORDER BY changed_in, kind, id LIMIT ${denialPageLimit + 1}`;
      const rows = rowsSchema.parse(found);
      const page = rows.slice(0, denialPageLimit);
      const isComplete = page.length === rows.length;
      // A long answer is complete as of its first page: while the others were read the horizon has moved on.
      const start = position.last ? position.horizon : horizon;
      return { items: page.map(denialOf), next: isComplete ? `${start}` : cursorAfter(page.at(-1), start), isComplete };
    },
  };
}

function positionOf(cursor: string): Position {
  const [horizon = '0', changedIn, kind, id] = cursor.split('.');
  const isInside = changedIn !== undefined && kind !== undefined && id !== undefined;
  return { horizon: BigInt(horizon), last: isInside ? { changedIn: BigInt(changedIn), kind, id } : null };
}

function cursorAfter(row: Row | undefined, horizon: bigint): string {
  return row ? `${horizon}.${row.changed_in}.${row.kind}.${row.id}` : `${horizon}`;
}

function denialOf({ kind, id, minimum_version, expires_at }: Row): Denial {
  const version = minimum_version === null ? {} : { minimumVersion: minimum_version };
  return denialSchema.parse({ kind, id, ...version, expiresAt: expires_at.toISOString() });
}
