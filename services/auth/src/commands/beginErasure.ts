import { type CloudEvent, newId } from '@todo-chatbot/contracts';
import { type Clock, newEvent, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import { deadlineOf, type ErasureRequester, type ErasureState, erasureUrl, nextRequestAt } from '../domain/erasure.ts';
import { mailText } from '../domain/mails.ts';
import { createOpaqueToken } from '../domain/opaqueToken.ts';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { ErasureStore } from '../ports/erasureStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { MailAllowances } from '../ports/mailAllowances.ts';
import type { JobSealer } from '../ports/mailQueue.ts';
import { accessChanged } from './accessChanged.ts';
import { audited } from './audited.ts';

/** Who may want to look at the progress later than this asks whoever runs the service. */
const mailUsefulForMs = 3 * 24 * 3_600_000;

/** An erasure that has begun. */
export interface BegunErasure {
  readonly id: string;
  readonly state: Exclude<ErasureState, 'complete'>;
  /** Secret of the link to its progress: nobody can be told it again. */
  readonly token: string;
  /** Null while it is held. */
  readonly deadlineAt: Date | null;
}

export type BeginErasure = ReturnType<typeof createBeginErasure>;

/**
 * Begins the erasure of a person (PRIV-4): the account is closed, sessions, tokens and API keys are dead at once, and the services are
 * asked to erase. A person asks for their own, an administrator for anybody else's.
 * @throws ProblemError `user.own-account`, `user.not-found`, `user.last-admin`, `erasure.under-way`
 */
export function createBeginErasure(options: {
  readonly erasures: Pick<ErasureStore, 'begin'>;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly keyedHash: KeyedHash;
  readonly jobs: Pick<JobSealer, 'seal'>;
  readonly allowances: MailAllowances;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly deadlineHours: number;
  /** Of the link to the progress (PUBLIC_ORIGIN). */
  readonly origin: string;
}) {
  const { erasures, accounts, keyedHash, jobs, allowances, wakeMail, auditTrail, clock, deadlineHours, origin } =
    options;
  return (actor: SignedInUser, userId: string, requestedBy: ErasureRequester): Promise<BegunErasure> =>
    audited(
      {
        auditTrail,
        action: requestedBy === 'person' ? 'privacy.request-erasure' : 'user.delete',
        input: {},
        category: 'administration',
        retentionClass: 'administration',
      },
      async (attempt) => {
        attempt.isAbout({ type: 'user', id: userId });
        if (requestedBy === 'administrator' && actor.userId === userId) throw new ProblemError('user.own-account');
        const found = await accounts.find(userId);
        if (!found) throw new ProblemError('user.not-found');
        const now = clock.now();
        const [id, token, deadlineAt] = [newId('erasure'), createOpaqueToken(), deadlineOf(now, deadlineHours)];
        attempt.notes({ erasureId: id });
        const { email, emailVerified } = found.account;
        // With the erasure the address is free again: whoever makes and erases accounts in a loop must not flood the mailbox of somebody
        // who never said that it is theirs (AUTH-13). Whoever did is told whatever was mailed before.
        const isMailed = emailVerified || (await allowances.take('new-account', email));
        const text = mailText({ id: 'erasure-begun', url: erasureUrl({ origin, id, token }) });
        const usefulUntil = new Date(now.getTime() + mailUsefulForMs);
        const outcome = await erasures.begin({
          erasure: {
            id,
            personId: userId,
            requestedBy,
            tokenHash: keyedHash('erasure', token),
            requestedAt: now,
            deadlineAt,
            nextRequestAt: nextRequestAt(1, now),
          },
          mails: isMailed ? [jobs.seal({ kind: 'mail', userId, to: email, ...text, usefulUntil })] : [],
          events: ({ accessVersion, isHeld }) => [
            accessChanged({ userId, minimumVersion: accessVersion, now }),
            ...(isHeld ? [] : [erasureRequested({ id, personId: userId })]),
            attempt.succeeded(),
          ],
        });
        switch (outcome) {
          case 'not-found':
            throw new ProblemError('user.not-found');
          case 'last-administrator':
            throw new ProblemError('user.last-admin');
          case 'exists':
            throw new ProblemError('erasure.under-way');
          default:
            wakeMail();
            return { id, token, state: outcome, deadlineAt: outcome === 'held' ? null : deadlineAt };
        }
      },
    );
}

/** Asks every service to erase a person. */
export function erasureRequested({ id, personId }: { readonly id: string; readonly personId: string }): CloudEvent {
  return newEvent({
    type: 'privacy.erasure_requested.v1',
    source: 'auth',
    subject: personId,
    data: { erasureId: id, userId: personId },
  });
}
