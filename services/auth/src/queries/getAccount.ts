import type { Account } from '@todo-chatbot/contracts';
import { ProblemError } from '@todo-chatbot/service-kit';
import type { AccountStore } from '../ports/accountStore.ts';

export type GetAccount = ReturnType<typeof createGetAccount>;

/** Reads the account behind a verified access token; a token whose account is gone is no longer one. */
export function createGetAccount(accounts: Pick<AccountStore, 'find'>) {
  return async (userId: string): Promise<Account> => {
    const record = await accounts.find(userId);
    if (!record) throw new ProblemError('auth.token-invalid');
    return record.account;
  };
}
