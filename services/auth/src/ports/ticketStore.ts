import type { CloudEvent } from '@todo-chatbot/contracts';
import type { TicketPurpose } from '../domain/ticket.ts';

/** Whose a ticket is: null for a sign-in that does not know yet, or without a session so far. */
export interface TicketHolder {
  readonly purpose: TicketPurpose;
  readonly userId: string | null;
  readonly sessionId: string | null;
}

/** One-time tickets of ceremonies under way, by keyed hash. */
export interface TicketStore {
  create(
    ticket: TicketHolder & {
      readonly tokenHash: Uint8Array<ArrayBuffer>;
      /** WebAuthn's; null when there is none. */
      readonly challenge: string | null;
      /** Keyed hash of the password's hash, for purpose `second-factor` and no other. */
      readonly passwordMark: Uint8Array<ArrayBuffer> | null;
      readonly now: Date;
    },
    events: readonly CloudEvent[],
  ): Promise<void>;
  /**
   * Counts a proof against a ticket of purpose `second-factor`, in one atomic statement. Null when there is no such ticket, it has
   * expired, or has had all its proofs.
   */
  countProof(options: { readonly tokenHash: Uint8Array<ArrayBuffer>; readonly now: Date }): Promise<{
    readonly userId: string;
    readonly passwordMark: Uint8Array;
  } | null>;
  /** Uses a ticket up, in one atomic statement. Null, and nothing is used up, unless it is this holder's and has not expired. */
  take(
    options: TicketHolder & { readonly tokenHash: Uint8Array<ArrayBuffer>; readonly now: Date },
  ): Promise<{ readonly challenge: string | null } | null>;
}
