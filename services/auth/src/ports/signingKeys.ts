import type { CloudEvent } from '@todo-chatbot/contracts';
import type { CryptoKey } from 'jose';
import type { SigningKey } from '../domain/signingKeys.ts';

/** A key with its private half, sealed; null once that is destroyed. */
export interface StoredSigningKey extends SigningKey {
  readonly sealedPrivateKey: Uint8Array<ArrayBuffer> | null;
}

/** A key that was just made. */
export interface NewSigningKey extends Pick<SigningKey, 'kid' | 'modulus' | 'exponent'> {
  readonly sealedPrivateKey: Uint8Array<ArrayBuffer>;
}

/** Makes signing keys and opens the private half of one. */
export interface SigningKeyMaker {
  make(): Promise<NewSigningKey>;
  open(key: Pick<NewSigningKey, 'kid' | 'sealedPrivateKey'>): Promise<CryptoKey>;
}

/** The ids of a rotation's three keys. */
export interface Rotation {
  readonly retired: string;
  readonly activated: string;
  readonly published: string;
}

/** Signing keys (AUTH-2). Changes come one at a time, however many replicas try, and each commits together with its events. */
export interface SigningKeyStore {
  /** All keys, the newest first. */
  list(): Promise<readonly StoredSigningKey[]>;
  /** Stores the two when there is no key at all. False, and no event, when there is one. */
  createFirst(options: {
    readonly active: NewSigningKey;
    readonly published: NewSigningKey;
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<boolean>;
  /**
   * Retires the active key, whose private half is destroyed, activates the published one and publishes the new one. Null, and nothing
   * happens, unless the active one became so before `activeBefore` and the published one before `publishedBefore`.
   */
  rotate(options: {
    readonly successor: NewSigningKey;
    readonly now: Date;
    readonly activeBefore: Date;
    readonly publishedBefore: Date;
    readonly eventsFor: (rotation: Rotation) => readonly CloudEvent[];
  }): Promise<Rotation | null>;
  /**
   * Revokes a key and destroys its private half. The published key takes the place of an active one, and the new key that of a published
   * one. False, and nothing happens, when there is no such key or it was revoked before.
   */
  revoke(options: {
    readonly kid: string;
    readonly successor: NewSigningKey;
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<boolean>;
}
