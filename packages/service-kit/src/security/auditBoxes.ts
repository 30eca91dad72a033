import { type AuditBoxes, requestContext } from '../http/requestContext.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics.ts';
import type { PersonBox, PersonBoxes, SealedPlace } from './personBox.ts';

/** The boxes of one request, out of those of scope `auditScopeOf(appId)`. */
export function createAuditBoxes({
  boxes,
  logger,
}: {
  readonly boxes: PersonBoxes;
  readonly logger: Logger;
}): AuditBoxes {
  const prepared = new Map<string, PersonBox>();
  return {
    async prepare(personId) {
      if (prepared.has(personId)) return;
      try {
        prepared.set(personId, await boxes.of(personId));
      } catch (error) {
        metrics.counter('audit_fields_left_out_total').add(1);
        logger.warn({ err: error }, 'personal fields of audit events are left out: there is no key');
      }
    },
    of: (personId) => prepared.get(personId),
  };
}

/**
 * Tells, as soon as it is known and before a transaction begins, whom the request is about, where its token does not say so: at
 * sign-in. Does nothing outside of a request.
 */
export async function prepareAuditBox(personId: string): Promise<void> {
  await requestContext()?.auditBoxes?.prepare(personId);
}

/** Where a sealed field of an audit event stands: in that event and no other. `field` is its path, as in `sealed`. */
export function placeOfAuditField(eventId: string, field: string): SealedPlace {
  return { field: `audit.recorded.v1 ${field}`, row: eventId };
}
