import { maskEmail } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { MailAllowances } from '../ports/mailAllowances.ts';
import type { JobSealer, MailQueue } from '../ports/mailQueue.ts';
import { audited } from './audited.ts';

export type RequestPasswordReset = ReturnType<typeof createRequestPasswordReset>;

/**
 * Asks for a link to choose a new password. The work is the same for every address, because nothing here looks for an account: a sealed job
 * goes into the mail queue, and its worker finds out (AUTH-6).
 */
export function createRequestPasswordReset(options: {
  readonly mailQueue: Pick<MailQueue, 'add'>;
  readonly jobs: JobSealer;
  readonly allowances: MailAllowances;
  readonly wakeMail: () => void;
  readonly auditTrail: AuditTrail;
}) {
  const { mailQueue, jobs, allowances, wakeMail, auditTrail } = options;
  return (email: string): Promise<void> => {
    const personalInput = { email: maskEmail(email) };
    return audited({ auditTrail, action: 'auth.request-password-reset', input: {}, personalInput }, async (attempt) => {
      if (!(await allowances.take('address', email))) {
        return auditTrail.record([attempt.withheld('mail-allowance-used')]);
      }
      await mailQueue.add([jobs.seal({ kind: 'password-reset', email })], [attempt.succeeded()]);
      wakeMail();
    });
  };
}
