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
export async function recordAccess(writer: LogWriter, access: Access): Promise<void> {
  await recordAccessAsEvent(writer, access);
}

/** As {@link recordAccess}; gives the id of the event, by which the record is found again. */
export async function recordAccessAsEvent(
  writer: LogWriter,
  { reason, retentionClass = 'security', ...access }: Access,
): Promise<string> {
  const success = reason === undefined;
  const event = newAuditEvent({ ...access, success, reason: reason ?? null, retentionClass });
  try {
    await writer.append([encodeEntry(event)]);
    return event.id;
  } catch (error) {
    throw new ProblemError('upstream.unavailable', { cause: error });
  }
}

/** Does what somebody asks of the trail; when they are refused, that leaves a trace as well. */
export async function recordingRefusal<T>(writer: LogWriter, access: Access, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError && error.status < 500) {
      await recordAccess(writer, { ...access, reason: error.code });
    }
    throw error;
  }
}
