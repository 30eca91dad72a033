import type { RawSql } from '../database/rawSql.ts';
import type { Denial } from '../http/pipeline.ts';
import { addToOutbox } from '../outbox/addToOutbox.ts';
import { newAuditEvent } from './newEvent.ts';

/** Writes each refusal into the outbox as an audit event (AUD-1): the `recordDenial` of {@link createInternalApp}. */
export function recordDenialsIn(database: RawSql): (denial: Denial) => Promise<void> {
  return async ({ code, operation, context }) => {
    const event = newAuditEvent({
      context,
      action: 'access.refuse',
      category: 'authorisation',
      success: false,
      reason: code,
      input: { operation, caller: context.caller },
      retentionClass: 'security',
    });
    await addToOutbox(database, [event]);
  };
}
