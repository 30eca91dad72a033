import type { Account, CloudEvent } from '@todo-chatbot/contracts';

/** An account with the hash of its password. */
export interface Credentials {
  readonly account: Account;
  readonly passwordHash: string;
}

/** Accounts. Each change commits together with its events. */
export interface AccountStore {
  create(credentials: Credentials, events: readonly CloudEvent[]): Promise<'created' | 'email-taken'>;
  findByEmail(email: string): Promise<Credentials | null>;
  find(userId: string): Promise<Account | null>;
}
