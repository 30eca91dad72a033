import { type CollectPersonalData, inPages, type PersonBoxes } from '@todo-chatbot/service-kit';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';
import { toldColumns } from '../adapters/toldColumns.ts';
import { placeOfText } from './openKeptText.ts';

type ToldDecision = Prisma.DecisionGetPayload<{ select: typeof toldColumns }>;

const keptColumns = { decisionId: true, sealedText: true, createdAt: true } as const;
type KeptText = Prisma.QuarantinedTextGetPayload<{ select: typeof keptColumns }>;

/** All that the service holds of a person: the decisions on their texts, and the texts that are kept, opened (PRIV-3). @throws SealBroken */
export function createCollectPersonalData({
  prisma,
  boxes,
}: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
}): CollectPersonalData {
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
    const box = await boxes.of(userId);
    const texts = inPages<KeptText>((after, take) =>
      prisma.quarantinedText.findMany({
        where: { userId, decisionId: { gt: after?.decisionId ?? '' } },
        select: keptColumns,
        orderBy: { decisionId: 'asc' },
        take,
      }),
    );
    for await (const { decisionId, sealedText, createdAt } of texts) {
      const text = box.open(placeOfText(decisionId), sealedText);
      yield { kind: 'kept-text', record: { decisionId, text, createdAt: createdAt.toISOString() } };
    }
  };
}
