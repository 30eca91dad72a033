import { type AuditFilter, appIds, isPermitted } from '@todo-chatbot/contracts';
import { maskText, ProblemError, type RequestContext, type SignedInUser } from '@todo-chatbot/service-kit';

/** Whose trail somebody sees: their own, or with `audit.read` and unless they want their own, everybody's, which is null. */
export function personOfTrail(user: SignedInUser, { scope }: Pick<AuditFilter, 'scope'> = {}): string | null {
  return scope !== 'own' && isPermitted(user.roles, 'audit.read', user.scopes) ? null : user.userId;
}

/** Refuses a search for other people's acts in one's own trail. @throws ProblemError `access.permission-denied` */
export function requireOwnActor(filter: AuditFilter, personId: string | null): void {
  const isOthers = personId !== null && filter.actor !== undefined && filter.actor !== personId;
  if (isOthers) throw new ProblemError('access.permission-denied');
}

/** Where somebody may have written anything; other filters are words of closed lists, times, networks and ids of traces. */
const openFilters: readonly string[] = ['actor', 'object'];
const typedId = /^[a-z]{3}_[\da-f-]{36}$/;

/**
 * A search as its own entry keeps it. Nobody could take a word out of the log again, so whatever is no id of ours is kept as a hash under
 * the key of whoever searches: it tells the same search from another one, and nothing once they are erased. Without that key it is left out.
 */
export function filterInput(
  filter: AuditFilter,
  { personId, user, context }: { personId: string | null; user: SignedInUser; context: RequestContext },
): Readonly<Record<string, string>> {
  const box = context.auditBoxes?.of(user.userId);
  const asked = Object.entries(filter).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (!openFilters.includes(name) || isPseudonym(value)) return [[name, maskText(value)]];
    return box ? [[name, Buffer.from(box.index(`search.${name}`, value)).toString('hex')]] : [];
  });
  return { scope: personId === null ? 'all' : 'own', ...Object.fromEntries(asked) };
}

function isPseudonym(value: string): boolean {
  return typedId.test(value) || appIds.some((appId) => appId === value);
}

/** The answer to a cursor that is none of ours. */
export function notOurCursor(): ProblemError {
  return new ProblemError('request.invalid', {
    errors: [{ path: 'query.cursor', message: 'is not a cursor of ours' }],
  });
}
