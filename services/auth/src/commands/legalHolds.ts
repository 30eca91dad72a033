import type { LegalHold } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import { deadlineOf, nextRequestAt } from '../domain/erasure.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { OwnBoxes } from '../ports/dataKeys.ts';
import type { LegalHoldStore, StoredLegalHold } from '../ports/legalHoldStore.ts';
import { type Attempt, audited } from './audited.ts';
import { erasureRequested } from './beginErasure.ts';

export type LegalHolds = ReturnType<typeof createLegalHolds>;

/**
 * Legal holds (PRIV-4): while there is one, a person's data are not erased. The reason is about a person, so it is sealed under their
 * key; no audit entry holds it.
 */
export function createLegalHolds(options: {
  readonly holds: LegalHoldStore;
  readonly boxes: Pick<OwnBoxes, 'of'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly deadlineHours: number;
}) {
  const { holds, boxes, auditTrail, clock, deadlineHours } = options;
  const administration = {
    auditTrail,
    input: {},
    category: 'administration',
    retentionClass: 'administration',
  } as const;
  const placeOf = (personId: string) => ({ field: 'legal_holds.reason', row: personId });

  async function opened({ personId, sealedReason, placedBy, placedAt }: StoredLegalHold): Promise<LegalHold> {
    const box = await boxes.of(personId);
    return {
      userId: personId,
      reason: box.open(placeOf(personId), sealedReason),
      placedBy,
      placedAt: placedAt.toISOString(),
    };
  }

  return {
    /** @throws ProblemError `hold.not-found` */
    read: (personId: string): Promise<LegalHold> =>
      audited(
        { ...administration, action: 'privacy.read-hold', category: 'data-access', retentionClass: 'security' },
        async (attempt: Attempt) => {
          attempt.isAbout({ type: 'user', id: personId });
          const found = await holds.find(personId);
          if (!found) throw new ProblemError('hold.not-found');
          const hold = await opened(found);
          await auditTrail.record([attempt.succeeded()]);
          return hold;
        },
      ),
    /**
     * Places a hold, or gives one another reason.
     * @throws ProblemError `user.not-found`, `erasure.under-way` when it comes too late
     */
    place: (actor: SignedInUser, personId: string, reason: string): Promise<LegalHold> =>
      audited({ ...administration, action: 'privacy.place-hold' }, async (attempt) => {
        attempt.isAbout({ type: 'user', id: personId });
        const box = await boxes.of(personId).catch((error: unknown) => {
          const isNobody = error instanceof ProblemError && error.code === 'person.not-found';
          throw isNobody ? new ProblemError('user.not-found') : error;
        });
        const hold = {
          personId,
          sealedReason: box.seal(placeOf(personId), reason),
          placedBy: actor.userId,
          placedAt: clock.now(),
        };
        const outcome = await holds.place(hold, () => [attempt.succeeded()]);
        if (outcome === 'person-not-found') throw new ProblemError('user.not-found');
        if (outcome === 'under-way') throw new ProblemError('erasure.under-way');
        return opened(hold);
      }),
    /** Lifts a hold; an erasure that it stopped goes on. @throws ProblemError `hold.not-found` */
    lift: (personId: string): Promise<void> =>
      audited({ ...administration, action: 'privacy.lift-hold' }, async (attempt) => {
        attempt.isAbout({ type: 'user', id: personId });
        const now = clock.now();
        const outcome = await holds.lift({
          personId,
          now,
          deadlineAt: deadlineOf(now, deadlineHours),
          nextRequestAt: nextRequestAt(1, now),
          events: (released) => [...(released ? [erasureRequested(released)] : []), attempt.succeeded()],
        });
        if (outcome === 'not-found') throw new ProblemError('hold.not-found');
      }),
  };
}
