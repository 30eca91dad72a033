import type { CloudEvent } from '@todo-chatbot/contracts';

/** A legal hold as it is stored. */
export interface StoredLegalHold {
  readonly personId: string;
  /** Sealed under the person's key. */
  readonly sealedReason: Uint8Array<ArrayBuffer>;
  readonly placedBy: string;
  readonly placedAt: Date;
}

/** An erasure that begins because the hold that stopped it is lifted. */
export interface ReleasedErasure {
  readonly id: string;
  readonly personId: string;
}

/** Legal holds: at most one for each person. Each change commits together with its events. */
export interface LegalHoldStore {
  find(personId: string): Promise<StoredLegalHold | null>;
  /** Places a hold, or exchanges the reason of one. `under-way`: it comes too late, the person is being erased. */
  place(
    hold: StoredLegalHold,
    events: () => readonly CloudEvent[],
  ): Promise<'placed' | 'person-not-found' | 'under-way'>;
  /** Lifts a hold; an erasure that it stopped begins in the same transaction. */
  lift(options: {
    readonly personId: string;
    readonly now: Date;
    /** When an erasure that begins now is late, and when services are asked again. */
    readonly deadlineAt: Date;
    readonly nextRequestAt: Date;
    readonly events: (released: ReleasedErasure | null) => readonly CloudEvent[];
  }): Promise<'lifted' | 'not-found'>;
}
