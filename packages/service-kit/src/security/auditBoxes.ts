import { requestContext } from '../http/requestContext.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics.ts';
import type { PersonBox, PersonBoxes, SealedPlace } from './personBox.ts';

/**
 * Boxes of the people whom a request is known to be about. Audit events are made in the middle of transactions, where nobody may wait
 * for a key: so it is fetched beforehand, and an event about somebody whose key is not here leaves personal fields out (AUD-4).
 */
export interface AuditBoxes {
  /** Fetches a person's box. Never fails: an act is not refused because its user agent cannot be kept. */
  prepare(personId: string): Promise<void>;
  /** The box of a person who was prepared. */
  of(personId: string): PersonBox | undefined;
}

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
