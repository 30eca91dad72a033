import { guardrailVerdicts } from '@todo-chatbot/contracts';
import { addToOutbox } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { ScoreStore } from '../ports/scoreStore.ts';

const countsSchema = z.array(
  z.strictObject({ hundredths: z.number(), verdict: z.enum(guardrailVerdicts), count: z.coerce.number() }),
);

/** Counts of scores in PostgreSQL. */
export function createPostgresScoreStore({ prisma }: { readonly prisma: PrismaClient }): ScoreStore {
  return {
    async add(counts, shadow) {
      const rows = JSON.stringify(counts.map(({ hour, ...rest }) => ({ ...rest, hour: hour.toISOString() })));
      // Rows in the order of their key, so that two replicas never wait for one another.
      const addCounts = prisma.$executeRaw`
        INSERT INTO score_counts AS known (hour, direction, hundredths, verdict, count)
        SELECT hour, direction, hundredths, verdict, count
        FROM jsonb_to_recordset(${rows}::jsonb)
          AS added (hour timestamptz, direction text, hundredths smallint, verdict text, count bigint)
        ORDER BY hour, direction, hundredths, verdict
        ON CONFLICT (hour, direction, hundredths, verdict) DO UPDATE SET count = known.count + excluded.count`;
      if (shadow === null) {
        await addCounts;
        return;
      }
      const { modelVersion, judged, disagreed } = shadow;
      await prisma.$transaction([
        addCounts,
        prisma.$executeRaw`
          INSERT INTO shadow_counts AS known (model_version, judged, disagreed)
          VALUES (${modelVersion}, ${judged}, ${disagreed})
          ON CONFLICT (model_version) DO UPDATE SET
            judged = known.judged + excluded.judged, disagreed = known.disagreed + excluded.disagreed`,
      ]);
    },
    async since(time, direction) {
      const rows = await prisma.$queryRaw`
        SELECT hundredths, verdict, sum(count)::bigint AS count FROM score_counts
        WHERE hour >= ${time} AND direction = ${direction} GROUP BY hundredths, verdict`;
      return countsSchema.parse(rows);
    },
    async shadow(modelVersion) {
      const row = await prisma.shadowCount.findUnique({ where: { modelVersion } });
      return { judged: Number(row?.judged ?? 0), disagreed: Number(row?.disagreed ?? 0) };
    },
    async forget(before) {
      await prisma.scoreCount.deleteMany({ where: { hour: { lt: before } } });
      await prisma.driftReport.deleteMany({ where: { day: { lt: before } } });
    },
    reportDrift: (day, event) =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.driftReport.createMany({ data: [{ day }], skipDuplicates: true });
        if (count === 1) await addToOutbox(tx, [event]);
        return count === 1;
      }),
  };
}
