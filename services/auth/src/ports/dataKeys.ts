/** A person's data key as it is stored: 32 random bytes, sealed by a master key (envelope encryption, NIST SP 800-57 part 1, 6.2). */
export interface WrappedDataKey {
  readonly personId: string;
  readonly wrappedKey: Uint8Array<ArrayBuffer>;
  readonly masterKeyId: string;
}

/** Makes and opens data keys. */
export interface DataKeyWrapper {
  /** A new key for a person. */
  make(personId: string): WrappedDataKey;
  /** The key itself. @throws SealBroken for another person's row, another master key or a changed bit */
  open(wrapped: WrappedDataKey): Uint8Array;
}

/** Data keys of people. */
export interface DataKeyStore {
  find(personId: string): Promise<WrappedDataKey | 'destroyed' | null>;
}
