import type { AuditEventData } from '@todo-chatbot/contracts';
import { canonicalJson } from './canonicalJson.ts';
import type { decodeBody } from './entry.ts';

/**
 * How long the pages of an export may be fetched: longer than its access token lives, so that it never ends one, and short enough that
 * a record tells when the entries left.
 */
const exportLifeMs = 3_600_000;

/** What an export was recorded for. */
export interface ExportTerms {
  readonly userId: string;
  /** Its filter and scope, as its record has them. */
  readonly input: AuditEventData['input'];
  /** Only entries before this index. */
  readonly before: number;
}

/** True when an entry of the log is the record of this export, and a recent one. */
export function isExportCovered(
  { event, time }: ReturnType<typeof decodeBody>,
  { userId, input, before }: ExportTerms,
  now: Date,
): boolean {
  const { count: _count, ...recorded } = event.input;
  return (
    event.service === 'audit' &&
    event.action === 'audit.export' &&
    event.success &&
    event.actor.id === userId &&
    now.getTime() - Date.parse(time) < exportLifeMs &&
    canonicalJson(recorded) === canonicalJson({ ...input, before })
  );
}
