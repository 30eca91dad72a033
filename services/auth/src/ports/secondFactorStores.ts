import type { AuthenticationMethod, CloudEvent } from '@todo-chatbot/contracts';
import type { ListedSecondFactors, SecondFactors } from '../domain/secondFactors.ts';
import type { AccountRecord } from './accountStore.ts';
import type { SessionOwner, SessionProof } from './sessionStore.ts';

/** Reads the second factors of an account. */
export interface SecondFactorReader {
  find(userId: string): Promise<SecondFactors>;
  /** Of passkeys also the names, for their owner. */
  list(userId: string): Promise<ListedSecondFactors>;
}

/** A removal with its events. When it was the last factor, privileged roles are withheld from then on, and access tokens must show it. */
export interface FactorRemoval {
  readonly userId: string;
  readonly events: readonly CloudEvent[];
  /** The event of tokens that are older than the person's new access version. */
  readonly accessChanged: (minimumVersion: number) => CloudEvent;
}

/** TOTP factors (RFC 6238), at most one of a person; their secrets are sealed under that person's key. Each change commits together with its events. */
export interface TotpStore {
  /** Stores a secret that waits for its first code, in place of another that waits. False when there is a confirmed one. */
  enrol(options: {
    readonly userId: string;
    readonly secret: Uint8Array;
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<boolean>;
  /** The secret that waits for its first code. */
  findWaiting(userId: string): Promise<{ readonly secret: Uint8Array<ArrayBuffer>; readonly createdAt: Date } | null>;
  /**
   * Turns the secret that was made at `createdAt` into a factor, replaces the recovery codes, and counts the code as a proof in the
   * session. False, and nothing changes, when it does not wait any more.
   */
  confirm(options: {
    readonly session: SessionOwner;
    readonly createdAt: Date;
    /** Time step of the first code. */
    readonly step: number;
    readonly codeHashes: readonly Uint8Array<ArrayBuffer>[];
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<boolean>;
  /** The secret of the confirmed factor. */
  findConfirmed(userId: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Uses a time step up, in one atomic statement. False when it, or a later one, was used before. */
  useStep(options: { readonly userId: string; readonly step: number }): Promise<boolean>;
  /** Removes the factor, confirmed or not. False when there is none. */
  remove(removal: FactorRemoval): Promise<boolean>;
}

/** Recovery codes, by keyed hash of person and code. */
export interface RecoveryCodeStore {
  /** Replaces all codes. False, and nothing changes, when the account has no second factor. */
  replace(options: {
    readonly userId: string;
    readonly codeHashes: readonly Uint8Array<ArrayBuffer>[];
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<boolean>;
  /** Uses a code up, in one atomic statement. False when the person has no such code that is not used. */
  use(options: {
    readonly userId: string;
    readonly codeHash: Uint8Array<ArrayBuffer>;
    readonly now: Date;
  }): Promise<boolean>;
}

/** What the server keeps of a passkey. */
export interface PasskeyCredential {
  /** In base64url. */
  readonly id: string;
  /** COSE key. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
}

/** Passkeys. Each change commits together with its events. */
export interface PasskeyStore {
  /** Adds a passkey and counts it as a proof in the session. */
  add(options: {
    readonly session: SessionOwner;
    readonly passkey: PasskeyCredential & {
      readonly name: string;
      readonly signCount: number;
      readonly transports: readonly string[];
      readonly isBackedUp: boolean;
    };
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<'added' | 'exists' | 'too-many'>;
  find(id: string): Promise<(PasskeyCredential & { readonly userId: string }) | null>;
  /**
   * Takes over the authenticator's counter, in one atomic statement. `went-back`: it did not grow, so that there are two of them
   * (WebAuthn section 6.1.1); both counters being zero means that the authenticator does not count.
   */
  useCounter(options: {
    readonly id: string;
    readonly signCount: number;
    readonly isBackedUp: boolean;
    readonly now: Date;
  }): Promise<'grew' | 'went-back' | 'gone'>;
  /** False when the person has no such passkey. */
  remove(removal: FactorRemoval & { readonly id: string }): Promise<boolean>;
}

/** Proofs within a session that is open already. */
export interface SessionProofStore {
  /** Notes that the person proved themselves once more. Null when the session has ended or the account is not active. */
  add(options: {
    readonly session: SessionOwner;
    readonly method: AuthenticationMethod;
    readonly now: Date;
    readonly events: readonly CloudEvent[];
  }): Promise<(SessionProof & { readonly record: AccountRecord }) | null>;
}
