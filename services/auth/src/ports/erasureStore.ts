import type { AppId, CloudEvent } from '@todo-chatbot/contracts';
import type { ErasureRequester, ErasureState } from '../domain/erasure.ts';
import type { ErasurePosition } from '../domain/erasuresPage.ts';
import type { SealedJob } from './mailQueue.ts';

/** An erasure that is asked for. */
export interface NewErasure {
  readonly id: string;
  readonly personId: string;
  readonly requestedBy: ErasureRequester;
  /** Keyed hash of the secret in the link to its progress. */
  readonly tokenHash: Uint8Array<ArrayBuffer>;
  readonly requestedAt: Date;
  /** When it is late, if it begins now. */
  readonly deadlineAt: Date;
  /** When services are asked again, if it begins now. */
  readonly nextRequestAt: Date;
}

/** What a service said. */
export interface ErasureReceipt {
  readonly service: AppId;
  /** Id of its event. */
  readonly eventId: string;
  /** How many rows went, by what they were. */
  readonly rows: Readonly<Record<string, number>>;
  readonly erasedAt: Date;
}

/** An erasure as it stands. */
export interface Erasure {
  readonly id: string;
  readonly personId: string;
  readonly state: ErasureState;
  readonly requestedBy: ErasureRequester;
  readonly requestedAt: Date;
  /** Null while it is held. */
  readonly deadlineAt: Date | null;
  readonly overdueAt: Date | null;
  readonly completedAt: Date | null;
  /** Id of the audit event that certifies it; null until it is complete. */
  readonly certificateId: string | null;
  readonly receipts: readonly ErasureReceipt[];
}

/** Erasures. Each change commits together with its events. */
export interface ErasureStore {
  /**
   * Closes the account and begins its erasure, in one transaction: what belongs to the person goes, but for the tombstone and the data
   * key. While there is a legal hold only the door is shut: `held`. Of any number of erasures at once none leaves the platform without
   * an active administrator.
   */
  begin(options: {
    readonly erasure: NewErasure;
    readonly mails: readonly SealedJob[];
    /** `accessVersion`: the new one, so that every access token is refused. */
    readonly events: (begun: { readonly accessVersion: number; readonly isHeld: boolean }) => readonly CloudEvent[];
  }): Promise<'under-way' | 'held' | 'not-found' | 'last-administrator' | 'exists'>;
  /** Keeps the first receipt of each service. `refused`: the erasure is another person's, or nobody was asked yet. */
  recordReceipt(
    receipt: ErasureReceipt & { readonly erasureId: string; readonly personId: string },
  ): Promise<'recorded' | 'known' | 'unknown' | 'refused'>;
  /**
   * Completes an erasure for which every service has given its receipt: the data key is destroyed, for good. False, and nothing happens,
   * when a receipt is missing or it is complete already.
   */
  complete(options: {
    readonly id: string;
    readonly now: Date;
    readonly events: (erased: { readonly erasure: Erasure; readonly accessVersion: number }) => {
      readonly certificateId: string;
      /** Has mails that are kept forgotten. */
      readonly job: SealedJob;
      readonly events: readonly CloudEvent[];
    };
  }): Promise<boolean>;
  /** Erasures that only their completion is missing from: a crash came in between. */
  ready(limit: number): Promise<readonly string[]>;
  /** Asks the services again for the erasures that are due; of several replicas one does it for each. */
  askAgain(options: {
    readonly now: Date;
    readonly limit: number;
    readonly nextRequestAt: (requests: number) => Date;
    readonly event: (erasure: Pick<Erasure, 'id' | 'personId'>) => CloudEvent;
  }): Promise<number>;
  /** Remembers which erasures have missed their deadline, once each. */
  reportOverdue(options: {
    readonly now: Date;
    readonly limit: number;
    readonly event: (erasure: Erasure) => CloudEvent;
  }): Promise<number>;
  /**
   * Closes accounts whose data key is destroyed and which are here nevertheless: a backup from before their erasure was restored. Each is
   * erased again, as {@link begin} does it; a hold from that time was lifted before the key was destroyed.
   */
  eraseRestored(options: {
    readonly limit: number;
    readonly erasure: (personId: string) => NewErasure;
    readonly events: (begun: { readonly erasure: NewErasure; readonly accessVersion: number }) => readonly CloudEvent[];
  }): Promise<number>;
  /** By its id and the secret of its link. */
  find(id: string, tokenHash: Uint8Array<ArrayBuffer>): Promise<Erasure | null>;
  /** Newest first, after the position. */
  page(options: {
    readonly limit: number;
    readonly after: ErasurePosition | null;
  }): Promise<{ readonly items: readonly Erasure[]; readonly isLast: boolean }>;
}
