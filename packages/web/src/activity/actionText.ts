import type { AuditEntry } from '@todo-chatbot/contracts';

const words: Readonly<Record<string, string>> = {
  'auth.register': 'Account created',
  'auth.login': 'Signed in',
  'auth.login-second-factor': 'Signed in with a second factor',
  'auth.login-passkey': 'Signed in with a passkey',
  'auth.logout': 'Signed out',
  'auth.refresh': 'Session renewed',
  'auth.step-up': 'Proved that it is you',
  'auth.change-password': 'Password changed',
  'auth.reset-password': 'Password reset by mail',
  'auth.request-password-reset': 'Password reset asked for',
  'auth.request-verification': 'Confirmation mail asked for',
  'auth.request-email-change': 'Change of address asked for',
  'auth.confirm-email': 'E-mail address confirmed',
  'auth.end-session': 'Session ended',
  'auth.end-sessions': 'Sessions ended',
  'auth.revoke-session': 'Session revoked',
  'auth.enrol-totp': 'Authenticator app set up',
  'auth.confirm-totp': 'Authenticator app turned on',
  'auth.remove-totp': 'Authenticator app turned off',
  'auth.renew-recovery-codes': 'Recovery codes renewed',
  'auth.add-passkey': 'Passkey added',
  'auth.remove-passkey': 'Passkey removed',
  'auth.create-api-key': 'API key created',
  'auth.revoke-api-key': 'API key revoked',
  'auth.exchange-api-key': 'API key used',
  'auth.change-consents': 'Consents changed',
  'privacy.request-export': 'Own data asked for',
  'privacy.complete-export': 'Own data collected',
  'privacy.fail-export': 'Collection of own data failed',
  'privacy.create-export-link': 'Link to own data made',
  'privacy.download-export': 'Own data downloaded',
  'person.export': 'Own data handed out',
  'auth.lock-out': 'Sign-in locked for a while',
  'auth.refuse-passkey': 'Copied passkey refused',
  'auth.send-reset-link': 'Link for a new password sent',
  'auth.send-mail': 'Mail sent',
  'user.list': 'People read',
  'user.read': 'Person read',
  'user.set-roles': 'Roles changed',
  'user.suspend': 'Person suspended',
  'user.reinstate': 'Person reinstated',
  'user.end-sessions': 'Sessions of a person ended',
  'user.delete': 'Erasure of a person begun',
  'privacy.request-erasure': 'Own erasure begun',
  'privacy.complete-erasure': 'Erasure completed',
  'privacy.erasure-overdue': 'Erasure overdue',
  'privacy.list-erasures': 'Erasures read',
  'privacy.read-hold': 'Legal hold read',
  'privacy.place-hold': 'Legal hold placed',
  'privacy.lift-hold': 'Legal hold lifted',
  'chat.message': 'Message read',
  'chat.reply': 'Reply sent',
  'task.create': 'Task added',
  'task.change': 'Task changed',
  'task.complete': 'Task completed',
  'task.delete': 'Task deleted',
  'task.list': 'Tasks read',
  'booking.create': 'Appointment booked',
  'booking.list': 'Bookings read',
  'guardrail.judge': 'Message refused',
  'guardrail.warn': 'Message warned of',
  'guardrail.mask': 'Reply masked',
  'guardrail.feedback': 'Refusal disputed',
  'guardrail.label': 'Refusal reviewed',
  'guardrail.list-decisions': 'Refusals read',
  'guardrail.open-text': 'Kept text opened',
  'guardrail.export-evaluation': 'Reviewed texts exported',
  'guardrail.preview-settings': 'Settings of the guard previewed',
  'guardrail.settings-change': 'Settings of the guard changed',
  'guardrail.forget-texts': 'Kept texts deleted after a withdrawal',
  'guardrail.drift': 'Messages drifted from the training',
  'access.refuse': 'Request',
  'access.limit': 'Request',
  'audit.list': 'Activity read',
  'audit.prove': 'Entry proven',
  'audit.export': 'Activity exported',
  'audit.remove-bodies': 'Old entries emptied',
  'audit.verify': 'Log verified',
  'alert.list': 'Alerts read',
  'alert.acknowledge': 'Alert acknowledged',
  'alert-rule.change': 'Alert rule changed',
  'alert-rule.try': 'Alert rule tried',
  'person.forget': 'Data of a deleted person removed',
};

/** An act of the audit trail as people say it; one that has no words yet by its name. */
export function actionText(action: string): string {
  return words[action] ?? action;
}

/** Who acted, when it was not the person who looks. */
export function whoText({ type, id }: AuditEntry['event']['actor']): string {
  switch (type) {
    case 'anonymous':
      return 'by somebody not signed in';
    case 'service':
      return `by the system${id === null ? '' : ` (${id})`}`;
    case 'user':
      return 'by somebody else';
  }
}
