import { z } from 'zod';
import { classified } from '../dataClass.ts';
import { idSchema } from '../ids.ts';
import { apiKeyScopes } from '../roles.ts';

/** Prefix by which secret scanners and people recognise an API key. */
export const apiKeyPrefix = 'tcb_';

/** An API key: prefix, 32 random bytes in base64url, six characters of checksum. */
export const apiKeyTextSchema = classified(z.string().regex(/^tcb_[\w-]{49}$/), 'restricted');

/** Longest life of an API key in days. */
export const apiKeyMaximumDays = 365;
/** Most keys of one person that are neither revoked nor expired. */
export const apiKeyLimit = 20;

const apiKeyNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .regex(/^[^\p{Cc}\p{Cf}\p{Cs}<>]+$/u, 'must not contain control characters or angle brackets');

/** A new API key. */
export const createApiKeyRequestSchema = z.strictObject({
  name: apiKeyNameSchema,
  scopes: z.array(z.enum(apiKeyScopes)).min(1).max(apiKeyScopes.length),
  expiresInDays: z.int().min(1).max(apiKeyMaximumDays).default(90),
});

/** An API key as its owner sees it. `hint`: its first characters. */
export const apiKeySchema = z.strictObject({
  id: idSchema('apiKey'),
  name: apiKeyNameSchema,
  hint: z.string().max(12),
  scopes: z.array(z.enum(apiKeyScopes)).max(apiKeyScopes.length),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** To within the five minutes of an exchanged token; null: never. */
  lastUsedAt: z.iso.datetime().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** Keys that are neither revoked nor expired, newest first. */
export const apiKeysSchema = z.strictObject({ items: z.array(apiKeySchema).max(apiKeyLimit) });

/** The key itself is shown this once. */
export const createdApiKeySchema = z.strictObject({ apiKey: apiKeySchema, key: apiKeyTextSchema });

/** Names an API key in a path. */
export const apiKeyParamsSchema = z.strictObject({ id: idSchema('apiKey') });

/** What the gateway exchanges for a short access token. */
export const exchangeApiKeyRequestSchema = z.strictObject({ key: apiKeyTextSchema });
