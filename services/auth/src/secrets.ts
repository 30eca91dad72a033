import { z } from 'zod';

/** Secret `auth-database`. */
export const databaseSecretSchema = z.object({ password: z.string().min(1) });
/** Secret `auth-pepper`: 32 bytes in base64. */
export const pepperSecretSchema = z.object({ key: z.base64().length(44) });
