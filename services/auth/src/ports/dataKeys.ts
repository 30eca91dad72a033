import type { PersonBox, PersonBoxes } from '@todo-chatbot/service-kit';

/** Whose data key it is that `auth` seals under what is nobody's: its signing keys, and mail that waits. */
export const serviceKeyOwner = 'service:auth';

/** A data key as it is stored: 32 random bytes, sealed by a master key (envelope encryption, NIST SP 800-57 part 1, 6.2). */
export interface WrappedDataKey {
  /** A person, or {@link serviceKeyOwner}. */
  readonly personId: string;
  readonly wrappedKey: Uint8Array<ArrayBuffer>;
  readonly masterKeyId: string;
}

/** Makes and opens data keys. */
export interface DataKeyWrapper {
  /** A new key for a person, under the master key that is active. */
  make(personId: string): Promise<WrappedDataKey>;
  /**
   * The key itself.
   * @throws SealBroken for another person's row or a changed bit; MasterKeyUnknown when the secret does not hold the master key
   */
  open(wrapped: WrappedDataKey): Uint8Array;
}

/** Data keys by whose they are. */
export interface DataKeyStore {
  find(personId: string): Promise<WrappedDataKey | 'destroyed' | null>;
  /** Stores a key unless there is one already. */
  addIfMissing(dataKey: WrappedDataKey, now: Date): Promise<void>;
}

/** What `auth` itself seals of people: the boxes of its own scope. */
export interface OwnBoxes extends PersonBoxes {
  /** The box of a person whose key was read together with their row. @throws as {@link DataKeyWrapper.open} */
  opened(wrapped: WrappedDataKey): PersonBox;
}
