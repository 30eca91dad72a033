import {
  type ChangeConsentsRequest,
  type CloudEvent,
  type ConsentPurpose,
  privacyNotice,
} from '@todo-chatbot/contracts';
import { type Clock, newEvent, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import { consentChangeOf } from '../domain/consents.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { ConsentLedger } from '../ports/consentLedger.ts';
import { accessChanged } from './accessChanged.ts';
import { audited } from './audited.ts';

export type ChangeConsents = ReturnType<typeof createChangeConsents>;

/**
 * Writes what the person agrees to or withdraws into the ledger (PRIV-2). A withdrawal takes effect at every service within a second,
 * because older access tokens are refused from then on (AUTH-11); a consent is in the next token.
 * @throws ProblemError `consent.notice-outdated`: agreed to another notice than the one in force. To withdraw, any will do.
 */
export function createChangeConsents(options: {
  readonly consents: Pick<ConsentLedger, 'add'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { consents, auditTrail, clock } = options;
  return ({ userId, sessionId }: SignedInUser, { noticeVersion, agrees }: ChangeConsentsRequest): Promise<void> =>
    audited(
      { auditTrail, action: 'auth.change-consents', category: 'data-change', input: { noticeVersion } },
      async (attempt) => {
        attempt.isAbout({ type: 'user', id: userId });
        const { version } = privacyNotice;
        if (noticeVersion !== version && Object.values(agrees).includes(true)) {
          const detail = 'The privacy notice has changed. Read it and choose again.';
          throw new ProblemError('consent.notice-outdated', { detail });
        }
        const now = clock.now();
        const isChanged = await consents.add({
          asking: { userId, sessionId },
          noticeVersion: version,
          now,
          changeOf: (latest) => consentChangeOf(latest, agrees, version),
          eventsFor: ({ given, withdrawn }, accessVersion) => {
            attempt.notes({ noticeVersion: version, given: [...given], withdrawn: [...withdrawn] });
            return [
              ...(accessVersion === null
                ? []
                : [
                    accessChanged({ userId, minimumVersion: accessVersion, now }),
                    consentWithdrawn({ userId, purposes: withdrawn, minimumVersion: accessVersion }),
                  ]),
              attempt.succeeded(),
            ];
          },
        });
        if (!isChanged) throw new ProblemError('auth.token-invalid');
      },
    );
}

/** The event that makes services delete what they keep for these purposes alone. */
function consentWithdrawn(options: {
  readonly userId: string;
  readonly purposes: readonly ConsentPurpose[];
  readonly minimumVersion: number;
}): CloudEvent {
  const { userId, purposes, minimumVersion } = options;
  return newEvent({
    type: 'auth.consent_withdrawn.v1',
    source: 'auth',
    subject: userId,
    data: { userId, purposes: [...purposes], minimumVersion },
  });
}
