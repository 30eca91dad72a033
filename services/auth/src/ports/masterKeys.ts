import type { CloudEvent } from '@todo-chatbot/contracts';
import type { WrappedDataKey } from './dataKeys.ts';

/**
 * `active`: wraps. `retiring`: wraps nothing new, and what it wraps is wrapped anew. `retired`: wraps nothing, and is thrown away.
 * `unknown`: data keys name it, and it was never one.
 */
export const masterKeyStates = ['active', 'retiring', 'retired', 'unknown'] as const;
export type MasterKeyState = (typeof masterKeyStates)[number];

/** What is known of a master key without having it. */
export interface MasterKeyStatus {
  readonly id: string;
  readonly state: MasterKeyState;
  readonly activatedAt: Date | null;
  readonly replacedAt: Date | null;
  readonly retiredAt: Date | null;
  /** Data keys that it wraps. */
  readonly wrapped: number;
}

/** Which master key does what (DATA-2). Each change commits together with its events. */
export interface MasterKeyStore {
  /** All that ever were, the newest first. */
  list(): Promise<readonly MasterKeyStatus[]>;
  /** The one that wraps now; null in a new installation. */
  activeId(): Promise<string | null>;
  /** Makes the key active when there is none at all; of several replicas that start at once one does. */
  activateFirst(id: string, now: Date): Promise<void>;
  /**
   * Makes another key active and answers the one that retires. Null, and nothing happens, while an earlier one still retires, and when
   * the successor has been active before.
   */
  replace(options: {
    readonly successor: string;
    readonly now: Date;
    readonly eventsFor: (replaced: string) => readonly CloudEvent[];
  }): Promise<string | null>;
}

/** The master keys that this process has, by id. */
export interface MasterKeys {
  readonly currentId: string;
  readonly nextId: string;
  has(id: string): boolean;
  /** A new data key. @throws MasterKeyUnknown */
  make(personId: string, masterKeyId: string): WrappedDataKey;
  /** The key itself. @throws MasterKeyUnknown, SealBroken */
  open(wrapped: WrappedDataKey): Uint8Array<ArrayBuffer>;
  /** The same data key under another master key. @throws MasterKeyUnknown, SealBroken */
  rewrap(wrapped: WrappedDataKey, masterKeyId: string): WrappedDataKey;
}

/** A data key was wrapped by a master key that is not in the secret `auth-master-key`: nothing of it can be opened (PRIN-6). */
export class MasterKeyUnknown extends Error {
  constructor(id: string) {
    super(`master key ${id} is not in the secret auth-master-key`);
    this.name = 'MasterKeyUnknown';
  }
}
