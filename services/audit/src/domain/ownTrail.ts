import { type AuditedAct, isAppId } from '@todo-chatbot/contracts';
import type { Entry } from './entry.ts';

/** Whether an entry belongs to a person's own trail: what they did, and what was done to their account. */
export function isInTrailOf(personId: string, { actor, object }: AuditedAct): boolean {
  return actor.id === personId || (object?.type === 'user' && object.id === personId);
}

/** True when somebody else who was signed in acted: where they were and in which session is nobody's business but theirs. */
export function isActOfAnother(personId: string, { actor }: AuditedAct): boolean {
  return actor.id !== null && actor.id !== personId && !isAppId(actor.id);
}

/** An entry of a person's own trail as they may see it; null sees everything. */
export function asSeenBy(personId: string | null, entry: Entry): Entry {
  const { event } = entry;
  if (personId === null || !isActOfAnother(personId, event)) return entry;
  const shown = { ...event, sessionId: null, metadata: { address: null, userAgent: null }, traceId: null };
  return { ...entry, event: shown, sealed: [] };
}
