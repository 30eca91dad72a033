import { type AuditFilter, isPermitted } from '@todo-chatbot/contracts';
import { maskText, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';

/** Whose trail somebody sees: their own, or with `audit.read` and unless they want their own, everybody's, which is null. */
export function personOfTrail(user: SignedInUser, { scope }: Pick<AuditFilter, 'scope'> = {}): string | null {
  return scope !== 'own' && isPermitted(user.roles, 'audit.read', user.scopes) ? null : user.userId;
}

/** Refuses a search for other people's acts in one's own trail. @throws ProblemError `access.permission-denied` */
export function requireOwnActor(filter: AuditFilter, personId: string | null): void {
  const isOthers = personId !== null && filter.actor !== undefined && filter.actor !== personId;
  if (isOthers) throw new ProblemError('access.permission-denied');
}

/** A search as its own entry keeps it. What looks like personal data is masked: nobody could take it out of the log again. */
export function filterInput(filter: AuditFilter, personId: string | null): Readonly<Record<string, string>> {
  const asked = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, maskText(value)]],
  );
  return { scope: personId === null ? 'all' : 'own', ...Object.fromEntries(asked) };
}

/** The answer to a cursor that is none of ours. */
export function notOurCursor(): ProblemError {
  return new ProblemError('request.invalid', {
    errors: [{ path: 'query.cursor', message: 'is not a cursor of ours' }],
  });
}
