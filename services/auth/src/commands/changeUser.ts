import type { User } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import { isForOthersOnly, type UserChange } from '../domain/administration.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PeopleStore } from '../ports/peopleStore.ts';
import { accessChanged } from './accessChanged.ts';
import { audited } from './audited.ts';

export type ChangeUser = ReturnType<typeof createChangeUser>;

/**
 * What an administrator does to a person (AUTH-10): takes effect at every service within a second, because older access tokens are
 * refused from then on (AUTH-11).
 * @throws ProblemError `user.own-account`, `user.not-found`, `user.last-admin`, `erasure.under-way`
 */
export function createChangeUser(options: {
  readonly people: Pick<PeopleStore, 'change'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { people, auditTrail, clock } = options;
  return (actor: SignedInUser, userId: string, change: UserChange): Promise<User> =>
    audited(
      {
        auditTrail,
        action: `user.${change.kind}`,
        input: change.kind === 'set-roles' ? { roles: [...change.roles] } : {},
        category: 'administration',
        retentionClass: 'administration',
      },
      async (attempt) => {
        attempt.isAbout({ type: 'user', id: userId });
        if (isForOthersOnly(change) && actor.userId === userId) throw new ProblemError('user.own-account');
        const now = clock.now();
        const outcome = await people.change({
          userId,
          change,
          now,
          events: ({ before, after }, accessVersion) => {
            if (change.kind === 'set-roles') {
              attempt.notes({ rolesBefore: [...before.roles], rolesAfter: [...after.roles] });
            }
            return [
              ...(accessVersion === null ? [] : [accessChanged({ userId, minimumVersion: accessVersion, now })]),
              attempt.succeeded(),
            ];
          },
        });
        if (outcome.kind === 'not-found') throw new ProblemError('user.not-found');
        if (outcome.kind === 'last-administrator') throw new ProblemError('user.last-admin');
        if (outcome.kind === 'erasure-under-way') throw new ProblemError('erasure.under-way');
        return outcome.user;
      },
    );
}
