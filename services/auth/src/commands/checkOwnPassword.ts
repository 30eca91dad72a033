import { ProblemError } from '@todo-chatbot/service-kit';
import { isWithinPasswordLimit, normalisePassword } from '../domain/password.ts';
import type { AccountRecord, AccountStore } from '../ports/accountStore.ts';
import type { PasswordHasher } from '../ports/passwordHasher.ts';
import type { Attempt } from './audited.ts';
import type { CountAttempt } from './countAttempt.ts';

export type CheckOwnPassword = ReturnType<typeof createCheckOwnPassword>;

/**
 * Checks the password of somebody who is signed in, and answers the account with its hash. The attempts are counted by person, apart
 * from those at the door: a stolen session cannot guess, and a stranger at the door cannot keep the owner from this (AUTH-7). Whoever is
 * signed in may know of the lock, so the answer says so.
 * @throws ProblemError `auth.password-wrong`, `request.rate-limited`, `auth.busy`.
 */
export function createCheckOwnPassword(options: {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly passwords: Pick<PasswordHasher, 'verify'>;
  readonly countAttempt: CountAttempt;
}) {
  const { accounts, passwords, countAttempt } = options;
  return async (
    userId: string,
    typed: string,
    attempt: Attempt,
  ): Promise<AccountRecord & { readonly passwordHash: string }> => {
    const password = normalisePassword(typed);
    const record = await accounts.find(userId);
    if (!record) throw new ProblemError('auth.token-invalid');
    const { passwordHash } = record;
    if (passwordHash === null) {
      throw new ProblemError('auth.password-wrong', {
        detail: 'This account has no password yet. Ask for a link to choose one.',
      });
    }
    const counted = await countAttempt('password-signed-in', userId);
    if (counted.lockedForSeconds !== null) {
      throw new ProblemError('request.rate-limited', { retryAfterSeconds: counted.lockedForSeconds });
    }
    const comparableHash = isWithinPasswordLimit(password) ? passwordHash : null;
    const isRight = await passwords.verify(password, comparableHash).catch(async (error: unknown) => {
      await counted.wasNotChecked();
      throw error;
    });
    if (!isRight) {
      counted.failed(attempt);
      throw new ProblemError('auth.password-wrong');
    }
    await counted.succeeded();
    return { ...record, passwordHash };
  };
}
