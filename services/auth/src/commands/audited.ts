import type { AuditEventData, CloudEvent } from '@todo-chatbot/contracts';
import { asProblemError, newAuditEvent } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';

type AuditObject = AuditEventData['object'];

/** An attempt under way, as its command sees it. */
export interface Attempt {
  /** Tells whom or what the attempt is about, as soon as that is known: a failure says so too. */
  isAbout(object: AuditObject): void;
  /** Tells the log more of a failure than the answer may say. */
  failsFor(reason: string): void;
  /** An event that is recorded together with the failure, and not otherwise; it is told what the attempt is about. */
  raises(alarm: (object: AuditObject) => CloudEvent): void;
  /** The audit event of success, for the transaction of the change. The actor is the person who is signed in by it. */
  succeeded(actor: { readonly userId: string; readonly sessionId: string | null }): CloudEvent;
}

/**
 * Runs a command such that each attempt is one audit event (AUTH-14): the command puts its success into its own
 * transaction, and any failure is recorded here before it leaves. An attempt that cannot be recorded fails (PRIN-6).
 */
export async function audited<T>(
  options: {
    readonly auditTrail: AuditTrail;
    readonly action:
      | 'auth.register'
      | 'auth.login'
      | 'auth.refresh'
      | 'auth.logout'
      | 'auth.change-password'
      | 'auth.end-sessions';
    /** Masked by the caller. */
    readonly input: AuditEventData['input'];
  },
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { auditTrail, action, input } = options;
  let object: AuditObject = null;
  let toldReason: string | null = null;
  const alarms: ((object: AuditObject) => CloudEvent)[] = [];
  const common = { action, input, category: 'authentication', retentionClass: 'security' } as const;
  try {
    return await work({
      isAbout(given) {
        object = given;
      },
      failsFor(given) {
        toldReason = given;
      },
      raises(alarm) {
        alarms.push(alarm);
      },
      succeeded: ({ userId, sessionId }) =>
        newAuditEvent({ ...common, success: true, object, actor: { type: 'user', id: userId }, sessionId }),
    });
  } catch (error) {
    const reason = toldReason ?? asProblemError(error).code;
    const failure = newAuditEvent({ ...common, success: false, object, reason });
    await auditTrail.record([failure, ...alarms.map((alarm) => alarm(object))]);
    throw error;
  }
}
