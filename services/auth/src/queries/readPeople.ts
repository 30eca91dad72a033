import { isPermitted, type User, type usersQuerySchema } from '@todo-chatbot/contracts';
import { maskEmail, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import { audited } from '../commands/audited.ts';
import { decodeCursor, encodeCursor } from '../domain/peoplePage.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PeopleStore } from '../ports/peopleStore.ts';

export type ReadPeople = ReturnType<typeof createReadPeople>;

/** People as the reader may see them: addresses in full for those alone who manage people. Each look is an audit event. */
export function createReadPeople(options: {
  readonly people: Pick<PeopleStore, 'page' | 'find'>;
  readonly auditTrail: AuditTrail;
}) {
  const { people, auditTrail } = options;
  const reading = { auditTrail, category: 'data-access' } as const;
  return {
    /** A page of people, newest first. @throws ProblemError `request.invalid` for a cursor that is none of ours */
    list: (reader: SignedInUser, { limit, email, cursor }: z.output<typeof usersQuerySchema>) =>
      audited(
        {
          ...reading,
          action: 'user.list',
          input: {},
          personalInput: { email: email === undefined ? null : maskEmail(email) },
        },
        async (attempt): Promise<{ readonly items: readonly User[]; readonly nextCursor: string | null }> => {
          const after = cursor === undefined ? null : decodeCursor(cursor);
          if (cursor !== undefined && after === null) {
            const errors = [{ path: 'query.cursor', message: 'is not a cursor of this list' }];
            throw new ProblemError('request.invalid', { errors });
          }
          const { items, isLast } = await people.page({ limit, email: email ?? null, after });
          attempt.notes({ found: items.length });
          await auditTrail.record([attempt.succeeded()]);
          const last = items.at(-1);
          return {
            items: items.map((user) => asSeenBy(reader, user)),
            nextCursor: isLast || !last ? null : encodeCursor([last.createdAt, last.id]),
          };
        },
      ),
    /** One person. @throws ProblemError `user.not-found` */
    one: (reader: SignedInUser, userId: string) =>
      audited({ ...reading, action: 'user.read', input: {} }, async (attempt): Promise<User> => {
        attempt.isAbout({ type: 'user', id: userId });
        const found = await people.find(userId);
        if (!found) throw new ProblemError('user.not-found');
        await auditTrail.record([attempt.succeeded()]);
        return asSeenBy(reader, found);
      }),
  };
}

function asSeenBy(reader: SignedInUser, user: User): User {
  return isPermitted(reader.roles, 'user.manage', reader.scopes) ? user : { ...user, email: maskEmail(user.email) };
}
