import {
  type GuardrailDecision,
  guardrailDecisionSchema,
  guardrailDirections,
  guardrailFeedbackLabels,
} from '@todo-chatbot/contracts';
import { addToOutbox } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { Prisma, type PrismaClient } from '../../generated/prisma/client.ts';
import type { ReviewStore } from '../ports/reviewStore.ts';
import { toldColumns } from './toldColumns.ts';

/** What reviewers see of a decision. */
const shownColumns = { ...toldColumns, userId: true, text: { select: { decisionId: true } } } as const;
type ShownDecision = Prisma.DecisionGetPayload<{ select: typeof shownColumns }>;

function decisionOf({ text, createdAt, ...row }: ShownDecision): GuardrailDecision {
  return guardrailDecisionSchema.parse({ ...row, isTextKept: text !== null, createdAt: createdAt.toISOString() });
}

const keptColumns = { decisionId: true, userId: true, sealedText: true } as const;
const directionSchema = z.enum(guardrailDirections);
const labelSchema = z.enum(guardrailFeedbackLabels);

const groundSchema = z.strictObject({
  direction: z.enum(['input', 'document']),
  verdict: z.enum(['warn', 'block']),
  layer: z.string(),
  reason: z.string(),
  hundredths: z.int(),
});
const keptDecisionsSchema = z.array(
  groundSchema
    .extend({ decision_id: z.string(), user_id: z.string(), sealed_text: z.instanceof(Uint8Array) })
    .transform(({ decision_id: decisionId, user_id: userId, sealed_text: sealedText, ...ground }) => ({
      decisionId,
      userId,
      sealedText,
      direction: ground.direction,
      ground,
    })),
);
const talliesSchema = z.array(groundSchema.extend({ count: z.coerce.number() }));

/** `hundredthsOf` in the database. */
const hundredths = Prisma.sql`floor(score * 100 + 1e-9)::int`;

/** Decisions in PostgreSQL, for review. */
export function createPostgresReviewStore({ prisma }: { readonly prisma: PrismaClient }): ReviewStore {
  return {
    async page({ verdict, layer, isDisputed, before, limit }) {
      const rows = await prisma.decision.findMany({
        where: {
          ...(verdict === null ? {} : { verdict }),
          ...(layer === null ? {} : { layer }),
          ...(isDisputed ? { personLabel: 'harmless', reviewLabel: null } : {}),
          ...(before === null ? {} : { id: { lt: before } }),
        },
        select: shownColumns,
        orderBy: { id: 'desc' },
        take: limit,
      });
      return rows.map(decisionOf);
    },
    async textOf(decisionId) {
      const row = await prisma.decision.findUnique({
        where: { id: decisionId },
        select: { direction: true, text: { select: keptColumns } },
      });
      if (row === null) return null;
      return { text: row.text && { ...row.text, direction: directionSchema.parse(row.direction) } };
    },
    review: ({ decisionId, label, by }, event) =>
      prisma.$transaction(async (tx) => {
        const data = { reviewLabel: label, reviewedBy: by };
        const { count } = await tx.decision.updateMany({ where: { id: decisionId }, data });
        if (count === 0) return null;
        await addToOutbox(tx, [event]);
        return decisionOf(await tx.decision.findUniqueOrThrow({ where: { id: decisionId }, select: shownColumns }));
      }),
    dispute: ({ decisionId, label, userId }, event) =>
      prisma.$transaction(async (tx) => {
        const where = { id: decisionId, userId };
        const { count } = await tx.decision.updateMany({ where, data: { personLabel: label } });
        if (count === 1) await addToOutbox(tx, [event]);
        return count === 1;
      }),
    async labelled({ after, limit }) {
      const rows = await prisma.quarantinedText.findMany({
        where: { decisionId: { gt: after ?? '' }, decision: { reviewLabel: { not: null } } },
        select: { ...keptColumns, decision: { select: { direction: true, reviewLabel: true } } },
        orderBy: { decisionId: 'asc' },
        take: limit,
      });
      return rows.map(({ decision, ...text }) => ({
        ...text,
        direction: directionSchema.parse(decision.direction),
        label: labelSchema.parse(decision.reviewLabel),
      }));
    },
    async keptTexts({ since, limit }) {
      const [count, rows] = await Promise.all([
        prisma.quarantinedText.count({ where: { createdAt: { gte: since } } }),
        prisma.$queryRaw`
          SELECT decision_id, kept.user_id, sealed_text, direction, verdict, layer, reason,
            ${hundredths} AS hundredths
          FROM quarantined_texts AS kept JOIN decisions ON decisions.id = kept.decision_id
          WHERE kept.created_at >= ${since} ORDER BY decision_id DESC LIMIT ${limit}`,
      ]);
      return { newest: keptDecisionsSchema.parse(rows), count };
    },
    async tallies({ since, textsFrom }) {
      const rows = await prisma.$queryRaw`
        SELECT direction, verdict, layer, reason, ${hundredths} AS hundredths, count(*) AS count
        FROM decisions
        WHERE created_at >= ${since} AND direction <> 'output' AND verdict <> 'mask'
          AND NOT EXISTS (
            SELECT FROM quarantined_texts WHERE decision_id = decisions.id AND decision_id >= ${textsFrom}::text)
        GROUP BY 1, 2, 3, 4, 5`;
      return talliesSchema.parse(rows);
    },
  };
}
