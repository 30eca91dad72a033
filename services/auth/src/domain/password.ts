/** bcrypt reads no further than this, so that a longer password would be weaker than it looks. */
const maximumPasswordBytes = 72;
/** AUTH-5. */
const minimumPasswordCharacters = 8;

interface PasswordRule {
  readonly isKept: (password: string) => boolean;
  readonly message: string;
}

const rules: readonly PasswordRule[] = [
  {
    isKept: (password) => [...password].length >= minimumPasswordCharacters,
    message: `must have at least ${minimumPasswordCharacters} characters`,
  },
  { isKept: (password) => /\p{Lu}/u.test(password), message: 'must have an upper-case letter' },
  { isKept: (password) => /\p{Ll}/u.test(password), message: 'must have a lower-case letter' },
  { isKept: (password) => /\d/.test(password), message: 'must have a digit' },
  {
    isKept: isWithinPasswordLimit,
    message: `must be at most ${maximumPasswordBytes} bytes long in UTF-8`,
  },
];

/**
 * The password as it is checked and hashed: in Unicode form NFKC (NIST SP 800-63B section 3.1.1.2), so that the same
 * letters typed on two keyboards are the same password.
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}

/** True when bcrypt takes every byte of the normalised password into account. */
export function isWithinPasswordLimit(password: string): boolean {
  return new TextEncoder().encode(password).length <= maximumPasswordBytes;
}

/** What the normalised password breaks of the policy (AUTH-5), for people; never repeats any part of the password. */
export function brokenPasswordRules(password: string): readonly string[] {
  return rules.filter((rule) => !rule.isKept(password)).map((rule) => rule.message);
}
