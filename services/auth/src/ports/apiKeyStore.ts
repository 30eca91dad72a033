import type { ApiKey, ApiKeyScope, CloudEvent } from '@todo-chatbot/contracts';

/** An API key and whose it is. */
export interface ApiKeyOwner {
  readonly keyId: string;
  readonly userId: string;
}

/** A key that has just been used. */
export interface UsedApiKey extends ApiKeyOwner {
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresAt: Date;
  /** Claim `ver` of its owner. */
  readonly accessVersion: number;
}

/** API keys (AUTH-12). Each change commits together with its events. */
export interface ApiKeyStore {
  /** Any number of requests at once makes no more keys than the limit, and none for somebody who is not active. */
  create(options: {
    readonly userId: string;
    readonly apiKey: ApiKey;
    readonly keyHash: Uint8Array<ArrayBuffer>;
    readonly events: readonly CloudEvent[];
  }): Promise<'created' | 'limit-reached' | 'not-active'>;
  /** Keys that are neither revoked nor expired, newest first. */
  list(options: { readonly userId: string; readonly now: Date }): Promise<readonly ApiKey[]>;
  /** False, and no event, when the person has no such key or it was revoked before. */
  revoke(
    options: ApiKeyOwner & {
      readonly now: Date;
      readonly eventsFor: (lastUsedAt: Date | null) => readonly CloudEvent[];
    },
  ): Promise<boolean>;
  /** Notes the use of a key in the statement that finds it good; null when it is unknown, revoked, expired, or its owner not active. */
  use(options: {
    readonly keyHash: Uint8Array<ArrayBuffer>;
    readonly now: Date;
    readonly events: (key: ApiKeyOwner) => readonly CloudEvent[];
  }): Promise<UsedApiKey | null>;
  /** The key with this hash, good or not. */
  find(keyHash: Uint8Array<ArrayBuffer>): Promise<ApiKeyOwner | null>;
}
