import { z } from 'zod';

const keySchema = z.base64().length(44);

/** Secret `auth-database`. */
export const databaseSecretSchema = z.object({ password: z.string().min(1) });
/** Secrets `auth-pepper` and `auth-index-key`: 32 bytes in base64. */
export const keySecretSchema = z.object({ key: keySchema });
/** Secret `auth-master-key`: the master key, and the one that a rotation makes active; 32 bytes in base64 each. */
export const masterKeySecretSchema = z
  .object({ key: keySchema, next: keySchema })
  .refine(({ key, next }) => key !== next, 'the next master key must be another one');
/** Secret `auth-smtp`; an empty user: the relay wants no login. */
export const smtpSecretSchema = z.object({ user: z.string(), password: z.string() });
