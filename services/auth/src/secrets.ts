import { z } from 'zod';

/** Secret `auth-database`. */
export const databaseSecretSchema = z.object({ password: z.string().min(1) });
/** Secrets `auth-pepper` and `auth-master-key`: 32 bytes in base64. */
export const keySecretSchema = z.object({ key: z.base64().length(44) });
/** Secret `auth-smtp`; an empty user: the relay wants no login. */
export const smtpSecretSchema = z.object({ user: z.string(), password: z.string() });
