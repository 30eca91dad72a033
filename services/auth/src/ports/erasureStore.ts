import type { AppId, CloudEvent } from '@todo-chatbot/contracts';
import type { ErasureRequester, ErasureState } from '../domain/erasure.ts';
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
    readonly mail: SealedJob;
    /** `accessVersion`: the new one, so that every access token is refused. */
    readonly events: (begun: { readonly accessVersion: number; readonly isHeld: boolean }) => readonly CloudEvent[];
  }): Promise<'under-way' | 'held' | 'not-found' | 'last-administrator' | 'exists'>;
  /** Keeps the first receipt of each service. `refused`: the erasure is another person's, or nobody was asked yet. */
  recordReceipt(
    receipt: ErasureReceipt & { readonly erasureId: string; readonly personId: string },
  ): Promise<'recorded' | 'known' | 'unknown' | 'refused'>;
}
