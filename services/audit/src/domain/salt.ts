import { randomBytes } from 'node:crypto';

/** Random bytes of a salt: without it, whoever has the leaf could try out what the body says. */
const saltBytes = 16;
/** Salts drawn at once: the call into the system costs more than all else that makes an entry. */
const saltsPerDraw = 256;

let drawn = Buffer.alloc(0);

/** A salt that nobody has had before, in base64url. */
export function newSalt(): string {
  if (drawn.length === 0) drawn = randomBytes(saltBytes * saltsPerDraw);
  const salt = drawn.subarray(0, saltBytes).toString('base64url');
  drawn = drawn.subarray(saltBytes);
  return salt;
}
