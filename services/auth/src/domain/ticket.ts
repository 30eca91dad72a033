/** Life of a ticket in seconds: time to find the phone, too short to be worth stealing. */
export const ticketLifeSeconds = 5 * 60;
/** Proofs that one sign-in may try; then it starts anew with the password. */
export const maximumProofs = 5;

/** What a ticket is good for, and nothing else. */
export type TicketPurpose =
  /** The password was right, the second factor is due. */
  | 'second-factor'
  /** A passkey is asked for as that second factor. */
  | 'passkey-second-factor'
  /** A passkey is asked for, of whomever it belongs to. */
  | 'passkey-login'
  | 'passkey-step-up'
  | 'passkey-registration';
