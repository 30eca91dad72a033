/**
 * Whom mail is counted for: the mailbox it goes to, or the account that asks for it. `new-account`: the mailbox as well, of mails that an
 * account brings with it whose address nobody has verified.
 */
export type AllowancePool = 'address' | 'account' | 'new-account';

/** Keeps anybody from flooding a mailbox through us (AUTH-13). */
export interface MailAllowances {
  /** Counts one mail that is asked for, and says whether it may be sent, in one atomic statement. */
  take(pool: AllowancePool, key: string): Promise<boolean>;
}
