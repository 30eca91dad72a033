import type { AuditEventData, CloudEvent } from '@todo-chatbot/contracts';
import { asProblemError, newAuditEvent } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';

/** An attempt under way, as its command sees it. */
export interface Attempt {
  /** Tells whom or what the attempt is about, as soon as that is known: a failure says so too. */
  isAbout(object: AuditEventData['object']): void;
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
    readonly action: 'auth.register' | 'auth.login' | 'auth.refresh' | 'auth.logout';
    /** Masked by the caller. */
    readonly input: AuditEventData['input'];
  },
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { auditTrail, action, input } = options;
  let object: AuditEventData['object'] = null;
  const common = { action, input, category: 'authentication', retentionClass: 'security' } as const;
  try {
    return await work({
      isAbout(given) {
        object = given;
      },
      succeeded: ({ userId, sessionId }) =>
        newAuditEvent({ ...common, success: true, object, actor: { type: 'user', id: userId }, sessionId }),
    });
  } catch (error) {
    const reason = asProblemError(error).code;
    await auditTrail.record([newAuditEvent({ ...common, success: false, object, reason })]);
    throw error;
  }
}
