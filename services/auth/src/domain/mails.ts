import type { AlertSeverity } from '@todo-chatbot/contracts';

/** Every mail that we send. `url` is a link for its reader. */
export type MailContent =
  | { readonly id: 'verify-email'; readonly url: string }
  | { readonly id: 'change-email'; readonly url: string }
  | { readonly id: 'reset-password'; readonly url: string }
  | { readonly id: 'erasure-begun'; readonly url: string }
  | SecurityAlert
  | { readonly id: NoticeId };

/** To administrators. `ruleId` is all that is told of what happened, because mailboxes are no place for more. */
interface SecurityAlert {
  readonly id: 'security-alert';
  readonly ruleId: string;
  readonly severity: AlertSeverity;
  readonly firstAt: Date;
  /** The console. */
  readonly url: string;
  /** No further alert of this rule is mailed within the hour. */
  readonly isLast: boolean;
}

/** Mails that only tell: somebody's account changed, and its owner should know. */
export type NoticeId =
  | 'password-changed'
  | 'email-change-requested'
  | 'email-changed'
  | 'email-in-use'
  | 'second-factor-changed'
  | 'api-key-created'
  | 'export-ready'
  | 'export-failed';

/** A mail in words. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const notYou =
  'If it was not you, choose a new password at once with "Forgot password?" on the sign-in page: that ends every session.';

/**
 * The words of a mail: plain text, and not one word of it chosen by a person. Whoever registers a stranger's address can therefore not
 * send them a message of their own through us, and no name can break out of a header.
 */
export function mailText(content: MailContent): MailText {
  switch (content.id) {
    case 'verify-email':
      return mail('Confirm your e-mail address', [
        'Somebody, probably you, made an account with this e-mail address. If it was you, confirm the address with this link:',
        content.url,
        'It works once, for 24 hours.',
        'If it was not you, do not open the link. You need do nothing: nobody can get a new password for the account but you.',
      ]);
    case 'change-email':
      return mail('Confirm your new e-mail address', [
        'You asked us to use this e-mail address for your account from now on. Confirm it with this link:',
        content.url,
        'It works once, for one hour. If you have no account with us, do not open it.',
      ]);
    case 'reset-password':
      return mail('Choose a new password', [
        'Somebody, probably you, asked for a new password for your account. Choose one with this link:',
        content.url,
        'It works once, for 30 minutes. It signs you out everywhere.',
        'If it was not you, do not open the link: your password stays as it is.',
      ]);
    case 'password-changed':
      return mail('Your password was changed', [
        'The password of your account was changed, and all other sessions were ended.',
        notYou,
      ]);
    case 'email-change-requested':
      return mail('A new e-mail address was asked for', [
        'Somebody who is signed in to your account wants to use another e-mail address for it. We sent a link there; until it is opened, nothing changes.',
        notYou,
      ]);
    case 'email-changed':
      return mail('Your e-mail address was changed', [
        'Your account has another e-mail address from now on. We write there and no longer here.',
        'If it was not you, tell whoever runs this service.',
      ]);
    case 'email-in-use':
      return mail('Your e-mail address is in use already', [
        'Somebody wanted to use this e-mail address for another account. Nothing was changed, because it belongs to yours.',
        'If it was you, sign in with this address, or choose a new password with "Forgot password?". If it was not, you need do nothing.',
      ]);
    case 'second-factor-changed':
      return mail('Your second factor was changed', [
        'A way to prove that it is you was added to your account or taken away from it.',
        notYou,
      ]);
    case 'security-alert':
      return securityAlert(content);
    case 'export-ready':
      return mail('Your data are ready', [
        'You asked for everything that we keep of you. The archive is ready: sign in and download it on the page "Privacy" within 48 hours. Then it is deleted.',
        notYou,
      ]);
    case 'export-failed':
      return mail('Your data could not be collected', [
        'You asked for everything that we keep of you. Something was missing, and half an archive is none: the page "Privacy" says what, and there you can ask for it again.',
        notYou,
      ]);
    case 'erasure-begun':
      // Whether a legal hold stops it is decided when this is written already, so it says what is true either way.
      return mail('Your account is closed and your data go', [
        'Your account was closed, and everything that we hold of you is erased: at once, or, if the law forbids it for now, as soon as it may be. See how far it is, and in the end its certificate, with this link:',
        content.url,
        'Keep it: it cannot be sent again. This is our last mail to you.',
      ]);
    case 'api-key-created':
      return mail('An API key was made', [
        'A key was made with which a program can act for you. You see all keys in your account, where you can revoke them.',
        notYou,
      ]);
  }
}

/** A rule is named by its id and not by its title: an id has no room for somebody else's words. */
function securityAlert({ ruleId, severity, firstAt, url, isLast }: SecurityAlert): MailText {
  const rule = ruleId.replaceAll('-', ' ');
  return mail(`Security alert (${severity}): ${rule}`, [
    `The security monitoring raised an alert of severity ${severity}: ${rule}, first seen ${firstAt.toISOString()}.`,
    'The console says more, and there it is acknowledged:',
    url,
    ...(isLast ? ['There are many of these alerts: no more of them are mailed within the hour. See the console.'] : []),
  ]);
}

/** Paragraphs with an empty line between them; a link stands on a line of its own. */
function mail(subject: string, paragraphs: readonly string[]): MailText {
  return { subject, text: `${paragraphs.join('\n\n')}\n` };
}
