import { type CollectPersonalData, inPages } from '@todo-chatbot/service-kit';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';

/** All but the hash of the text, which the service's role may not read. */
const toldColumns = {
  id: true,
  direction: true,
  layer: true,
  reason: true,
  score: true,
  ruleVersion: true,
  textLength: true,
  createdAt: true,
} as const;
type ToldDecision = Prisma.DecisionGetPayload<{ select: typeof toldColumns }>;

/** All that the service holds of a person: the decisions on their texts, which hold no word of them (PRIV-3). */
export function createCollectPersonalData({ prisma }: { readonly prisma: PrismaClient }): CollectPersonalData {
  return async function* collect(userId) {
    const decisions = inPages<ToldDecision>((after, take) =>
      prisma.decision.findMany({
        where: { userId, id: { gt: after?.id ?? '' } },
        select: toldColumns,
        orderBy: { id: 'asc' },
        take,
      }),
    );
    for await (const { createdAt, ...decision } of decisions) {
      yield { kind: 'decision', record: { ...decision, createdAt: createdAt.toISOString() } };
    }
  };
}
