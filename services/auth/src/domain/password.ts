/** bcrypt reads no further than this, so that a longer password would be weaker than it looks. */
const maximumPasswordBytes = 72;
/** AUTH-5. */
const minimumPasswordCharacters = 8;

/** Shorter names are parts of too many words to be refused in a password. */
const minimumNameCharacters = 4;
/** Digits and signs at the end, as people put them there to please a policy: a guesser does, too. */
const trivialEnd = /[\d\p{P}\p{S}]{1,6}$/u;

/** What a password is judged by besides itself. */
export interface PasswordContext {
  readonly email: string;
  readonly name: string;
  /** The commonest passwords, in lower case. */
  readonly commonPasswords: { has(password: string): boolean };
}

interface PasswordRule {
  readonly isKept: (password: string, context: PasswordContext) => boolean;
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
  {
    isKept: (password, { commonPasswords }) => {
      const plain = password.toLowerCase();
      return !commonPasswords.has(plain) && !commonPasswords.has(plain.replace(trivialEnd, ''));
    },
    message: 'must not be one of the commonest passwords, nor one with digits or signs at its end',
  },
  {
    isKept: (password, context) => {
      const plain = password.toLowerCase();
      return !namesOf(context).some((name) => plain.includes(name));
    },
    message: 'must not contain your name or the first part of your e-mail address',
  },
];

function namesOf({ email, name }: PasswordContext): string[] {
  const mailbox = email.slice(0, email.lastIndexOf('@'));
  return [mailbox, ...name.split(/\s+/)]
    .map((part) => normalisePassword(part).toLowerCase())
    .filter((part) => [...part].length >= minimumNameCharacters);
}

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
export function brokenPasswordRules(password: string, context: PasswordContext): readonly string[] {
  return rules.filter((rule) => !rule.isKept(password, context)).map((rule) => rule.message);
}
