import { isPermitted } from '@todo-chatbot/contracts';
import type { SignedInUser } from '@todo-chatbot/service-kit';

/** Whose entries a person may see: their own, or with `audit.read` everybody's, which is null. */
export function visibleActorOf(user: SignedInUser): string | null {
  return isPermitted(user.roles, 'audit.read') ? null : user.userId;
}
