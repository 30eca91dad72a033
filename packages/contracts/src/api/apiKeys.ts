import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { idSchema } from '../ids.ts';
import { instantSchema, oneOf } from '../leaves.ts';
import { apiKeyScopes } from '../roles.ts';
import { givenNameSchema } from './common.ts';

/** Prefix by which secret scanners and people recognise an API key. */
export const apiKeyPrefix = 'tcb_';

const base62Digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^6 is more than 2^32, so that a CRC-32 always fits. */
const checksumLength = 6;

/**
 * CRC-32 (ISO-HDLC, as in zlib) of ASCII text. It finds slips of the hand and guards nothing, so that it needs no secret; and in a
 * few lines it needs no module of Node's either, which contracts do without.
 */
export function crc32(text: string): number {
  let crc = 0xffff_ffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb8_8320);
  }
  return ~crc >>> 0;
}

/** The key of a random part: 32 bytes in base64url. The checksum is the CRC-32 of the random part, six digits to the base 62. */
export function apiKeyTextOf(random: string): string {
  return `${apiKeyPrefix}${random}${base62(crc32(random))}`;
}

function base62(value: number): string {
  let digits = '';
  for (let rest = value; digits.length < checksumLength; rest = Math.floor(rest / base62Digits.length)) {
    digits = `${base62Digits.charAt(rest % base62Digits.length)}${digits}`;
  }
  return digits;
}

/** An API key: prefix, 32 random bytes in base64url, six characters of checksum, which has to be right. */
export const apiKeyTextSchema = annotated(
  z
    .string()
    .regex(/^tcb_[\w-]{43}[0-9A-Za-z]{6}$/)
    .refine((key) => key === apiKeyTextOf(key.slice(apiKeyPrefix.length, -checksumLength)), 'has a wrong checksum'),
  'account.credential',
);

/** Longest life of an API key in days. */
export const apiKeyMaximumDays = 365;
/** Characters of a key that its owner goes on seeing: the prefix and 48 bits, which leaves 208 to guess. */
export const apiKeyHintLength = 12;
/** Most keys of one person that are neither revoked nor expired. */
export const apiKeyLimit = 20;

const apiKeyNameSchema = annotated(givenNameSchema(50), 'account.label');

/** A new API key. */
export const createApiKeyRequestSchema = z.strictObject({
  name: apiKeyNameSchema,
  scopes: z.array(oneOf(apiKeyScopes)).min(1).max(apiKeyScopes.length),
  expiresInDays: annotated(z.int().min(1).max(apiKeyMaximumDays), 'protocol.internal').default(90),
});

/** An API key as its owner sees it. `hint`: its first characters. */
export const apiKeySchema = z.strictObject({
  id: idSchema('apiKey'),
  name: apiKeyNameSchema,
  hint: annotated(z.string().max(apiKeyHintLength), 'account.label'),
  scopes: z.array(oneOf(apiKeyScopes)).max(apiKeyScopes.length),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  /** To within the five minutes of an exchanged token; null: never. */
  lastUsedAt: instantSchema.nullable(),
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
