import type { Account, CloudEvent } from '@todo-chatbot/contracts';
import type { WrappedDataKey } from './dataKeys.ts';
import type { StoredLink } from './emailLinkStore.ts';
import type { SealedJob } from './mailQueue.ts';

/** An account that is not deleted, with what only `auth` may know of it. */
export interface AccountRecord {
  readonly account: Account;
  /** Null: the account has no password. */
  readonly passwordHash: string | null;
  readonly status: 'active' | 'suspended';
  /** Claim `ver` of its access tokens. */
  readonly accessVersion: number;
}

/** Accounts. Each change commits together with its events. */
export interface AccountStore {
  create(
    record: {
      readonly account: Account;
      readonly dataKey: WrappedDataKey;
      readonly passwordHash: string | null;
      /** The link that confirms the address, and the mail that carries it. */
      readonly verification?: { readonly link: StoredLink; readonly job: SealedJob };
    },
    events: readonly CloudEvent[],
  ): Promise<'created' | 'email-taken'>;
  findByEmail(email: string): Promise<AccountRecord | null>;
  find(userId: string): Promise<AccountRecord | null>;
  /** Another hash of the same password. False, and nothing happens, when the hash has been changed meanwhile. */
  replacePasswordHash(options: {
    readonly userId: string;
    readonly from: string;
    readonly to: string;
  }): Promise<boolean>;
}
