import type { AuditEventData } from '@todo-chatbot/contracts';
import { newAuditEvent, ProblemError, type RequestContext } from '@todo-chatbot/service-kit';
import { encodeEntry } from '../domain/entry.ts';
import type { LogWriter } from './logWriter.ts';

/** What somebody did, or tried to do, with the trail itself. */
export interface Access {
  readonly context: RequestContext;
  readonly action: string;
  readonly category: AuditEventData['category'];
  /** Error code when it was refused. */
  readonly reason?: string;
  readonly object?: AuditEventData['object'];
  readonly input: AuditEventData['input'];
  /** `security` when unset. */
  readonly retentionClass?: AuditEventData['retentionClass'];
}

/**
 * Writes an access to the trail into the trail, through the same writer as everything else. What cannot be recorded must not
 * happen (PRIN-6): call it before answering.
 * @throws ProblemError `upstream.unavailable` when it could not be written.
 */
export async function recordAccess(
  writer: LogWriter,
  { reason, retentionClass = 'security', ...access }: Access,
): Promise<void> {
  const success = reason === undefined;
  const event = newAuditEvent({ ...access, success, reason: reason ?? null, retentionClass });
  try {
    await writer.append([encodeEntry(event)]);
  } catch (error) {
    throw new ProblemError('upstream.unavailable', { cause: error });
  }
}
