import type { AuditEventData, CloudEvent } from '@todo-chatbot/contracts';
import { asProblemError, newAuditEvent, type PersonalInput } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';

type AuditObject = AuditEventData['object'];

/** What `auth` records of people's attempts. */
type AuditedAction =
  | 'auth.register'
  | 'auth.login'
  | 'auth.login-second-factor'
  | 'auth.login-passkey'
  | 'auth.refresh'
  | 'auth.logout'
  | 'auth.change-password'
  | 'auth.request-verification'
  | 'auth.confirm-email'
  | 'auth.request-email-change'
  | 'auth.request-password-reset'
  | 'auth.reset-password'
  | 'auth.end-sessions'
  | 'auth.step-up'
  | 'auth.enrol-totp'
  | 'auth.confirm-totp'
  | 'auth.remove-totp'
  | 'auth.renew-recovery-codes'
  | 'auth.add-passkey'
  | 'auth.remove-passkey'
  | 'auth.create-api-key'
  | 'auth.revoke-api-key'
  | 'auth.exchange-api-key'
  | 'privacy.request-export'
  | 'privacy.create-export-link'
  | 'privacy.download-export'
  | 'auth.change-consents'
  | 'user.list'
  | 'user.read'
  | 'user.set-roles'
  | 'user.suspend'
  | 'user.reinstate'
  | 'user.end-sessions'
  | 'user.delete'
  | 'user.create-administrator'
  | 'retention.change'
  | 'privacy.request-erasure'
  | 'privacy.list-erasures'
  | 'privacy.read-hold'
  | 'privacy.place-hold'
  | 'privacy.lift-hold';

/** An attempt under way, as its command sees it. */
export interface Attempt {
  /** Tells whom or what the attempt is about, as soon as that is known: a failure says so too. */
  isAbout(object: AuditObject): void;
  /** Adds to the input what is known only on the way; masked by the caller. */
  notes(input: AuditEventData['input']): void;
  /** Tells the log more of a failure than the answer may say. */
  failsFor(reason: string): void;
  /** An event that is recorded together with the failure, and not otherwise; it is told what the attempt is about. */
  raises(alarm: (object: AuditObject) => CloudEvent): void;
  /** The audit event of success, for the transaction of the change. `actor`: who is signed in by it; otherwise who asked. */
  succeeded(actor?: { readonly userId: string; readonly sessionId: string | null }): CloudEvent;
  /** The audit event of an attempt that is answered like a success and did nothing, for this reason. */
  withheld(reason: string): CloudEvent;
}

/**
 * Runs a command such that each attempt is one audit event (AUTH-14): the command puts its success into its own
 * transaction, and any failure is recorded here before it leaves. An attempt that cannot be recorded fails (PRIN-6).
 */
export async function audited<T>(
  options: {
    readonly auditTrail: AuditTrail;
    readonly action: AuditedAction;
    /** Masked by the caller. */
    readonly input: AuditEventData['input'];
    /** Masked by the caller, and sealed under the key of whoever acts, or whom it is about, once {@link prepareAuditBox} was told. */
    readonly personalInput?: PersonalInput;
    /** `authentication` when unset. */
    readonly category?: AuditEventData['category'];
    /** `security` when unset. */
    readonly retentionClass?: AuditEventData['retentionClass'];
  },
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { auditTrail, action, personalInput, category = 'authentication', retentionClass = 'security' } = options;
  let { input } = options;
  let object: AuditObject = null;
  let toldReason: string | null = null;
  const alarms: ((object: AuditObject) => CloudEvent)[] = [];
  const outcome = () => ({ action, category, retentionClass, input, personalInput, object });
  try {
    return await work({
      isAbout(given) {
        object = given;
      },
      notes(more) {
        input = { ...input, ...more };
      },
      failsFor(given) {
        toldReason = given;
      },
      raises(alarm) {
        alarms.push(alarm);
      },
      succeeded: (actor) =>
        newAuditEvent({
          ...outcome(),
          success: true,
          ...(actor && { actor: { type: 'user', id: actor.userId }, sessionId: actor.sessionId }),
        }),
      withheld: (reason) => newAuditEvent({ ...outcome(), success: false, reason }),
    });
  } catch (error) {
    const reason = toldReason ?? asProblemError(error).code;
    const failure = newAuditEvent({ ...outcome(), success: false, reason });
    await auditTrail.record([failure, ...alarms.map((alarm) => alarm(object))]);
    throw error;
  }
}
