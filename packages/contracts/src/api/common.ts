import { z } from 'zod';
import { annotated } from '../annotation.ts';

/** E-mail, lower-cased and trimmed, at most 254 characters (RFC 5321 4.5.3.1). */
export const emailSchema = annotated(z.string().trim().toLowerCase().max(254).pipe(z.email()), 'account.identity');

/**
 * A name that a person gives to somebody or something: well-formed text without control characters, 1 to `longest` characters. Half a
 * surrogate pair would be refused by PostgreSQL's jsonb. Whoever uses it says whose name it is, by a category.
 */
export function givenNameSchema(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}<>]+$/u, 'must not contain control characters or angle brackets');
}

/** A person's display name. */
export const personNameSchema = annotated(givenNameSchema(100), 'account.identity');

/** E.164 phone number: plus sign and 10 to 15 digits (API-5). */
export const phoneSchema = annotated(
  z
    .string()
    .trim()
    .regex(/^\+[1-9]\d{9,14}$/, 'must be in international format: + and 10 to 15 digits'),
  'booking.contact',
);

/** IANA time zone name such as `Europe/Berlin`. */
export const timeZoneSchema = annotated(
  z
    .string()
    .min(1)
    .max(64)
    .refine((value) => {
      try {
        new Intl.DateTimeFormat('en', { timeZone: value });
        return true;
      } catch {
        return false;
      }
    }, 'must be an IANA time zone name'),
  'protocol.internal',
);

/** A client's key that makes an unsafe call safe to repeat: 8 to 100 printable characters. */
export const idempotencyKeySchema = annotated(z.string().regex(/^[\x21-\x7e]{8,100}$/), 'protocol.internal');

/** Opaque cursor of a page. */
export const cursorSchema = annotated(z.string().max(200), 'protocol.internal');
