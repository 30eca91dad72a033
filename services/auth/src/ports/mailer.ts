/** A mail on its way out. */
export interface OutgoingMail {
  /** The same at every attempt, so that mail systems know a repetition when they see one. */
  readonly id: string;
  /** Whose mail it is; no mail system is told. */
  readonly userId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly writtenAt: Date;
}

/** Hands mails to whatever carries them on. */
export interface Mailer {
  /**
   * Resolves when the mail was taken over. `signal` gives the attempt up.
   * @throws MailRefused when trying again cannot help; any other error may pass.
   */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
  /** Removes what is kept here of the mails to a person who was erased. What was handed over is out of reach. */
  forget(userId: string): Promise<void>;
}

/** The mail will never be taken: the receiver said so for good (RFC 5321 section 4.2.1, 5yz), or it is no address. */
export class MailRefused extends Error {
  constructor(cause?: unknown) {
    super('the mail was refused for good', cause === undefined ? undefined : { cause });
    this.name = 'MailRefused';
  }
}
