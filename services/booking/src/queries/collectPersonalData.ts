import { type CollectPersonalData, inPages, keptAnswers, type PersonBoxes } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import { type BookingRow, bookingOf, withService } from '../adapters/bookingRows.ts';

/** All that the service holds of a person, opened: bookings, answers kept for repeats (PRIV-3). @throws SealBroken */
export function createCollectPersonalData(options: {
  readonly prisma: PrismaClient;
  readonly boxes: PersonBoxes;
}): CollectPersonalData {
  const { prisma, boxes } = options;
  return async function* collect(userId) {
    const box = await boxes.of(userId);
    const rows = inPages<BookingRow>((after, take) =>
      prisma.booking.findMany({
        where: { userId, id: { gt: after?.id ?? '' } },
        include: withService,
        orderBy: { id: 'asc' },
        take,
      }),
    );
    for await (const row of rows) yield { kind: 'booking', record: bookingOf(box, row) };
    yield* keptAnswers(prisma, box);
  };
}
