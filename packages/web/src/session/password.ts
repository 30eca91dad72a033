/** bcrypt reads no further, so that a longer password would be a weaker one than it seems (AUTH-5). */
const passwordBytesLimit = 72;

/** What a new password must be, for the person who chooses it; the server has the last word. */
export const passwordHint = 'At least 8 characters, with upper case, lower case and a digit.';

/** The password, unless it is too long: a refusal here costs no round trip. @throws Error in words for people. */
export function checkedPassword(password: string): string {
  const bytes = new TextEncoder().encode(password).length;
  if (bytes <= passwordBytesLimit) return password;
  throw new Error(
    `The password is too long: it takes ${bytes} bytes and may take ${passwordBytesLimit}. Plain letters and digits take one byte, accents two, emoji four.`,
  );
}
