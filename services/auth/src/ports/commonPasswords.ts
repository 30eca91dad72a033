/** The commonest passwords (AUTH-5), in lower case. */
export interface CommonPasswords {
  has(password: string): boolean;
}
