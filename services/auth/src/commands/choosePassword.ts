import { ProblemError } from '@todo-chatbot/service-kit';
import { brokenPasswordRules, normalisePassword } from '../domain/password.ts';
import type { CommonPasswords } from '../ports/commonPasswords.ts';
import type { PasswordHasher } from '../ports/passwordHasher.ts';

export type ChoosePassword = ReturnType<typeof createChoosePassword>;

/**
 * Judges a password that somebody chooses by the policy (AUTH-5) and answers its hash. The one way to a stored password.
 * @throws ProblemError `auth.password-rejected`, which names each broken rule and never the password; `auth.busy`.
 */
export function createChoosePassword(options: {
  readonly passwords: Pick<PasswordHasher, 'hash'>;
  readonly commonPasswords: CommonPasswords;
}) {
  const { passwords, commonPasswords } = options;
  return async (choice: {
    readonly typed: string;
    readonly owner: { readonly email: string; readonly name: string };
    /** Where the password stood in the request, for the error: `body.newPassword`. */
    readonly path: string;
  }): Promise<string> => {
    const { typed, owner, path } = choice;
    const password = normalisePassword(typed);
    const { email, name } = owner;
    const broken = brokenPasswordRules(password, { email, name, commonPasswords });
    if (broken.length > 0) {
      throw new ProblemError('auth.password-rejected', {
        detail: `The password ${broken.join(', ')}.`,
        errors: broken.map((message) => ({ path, message })),
      });
    }
    return passwords.hash(password);
  };
}
