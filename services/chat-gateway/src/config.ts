import { baseConfigSchema, originSchema, portSchema } from '@todo-chatbot/service-kit';
import { z } from 'zod';

/** Most origins in the CORS list; each is a party that programs in a browser are trusted with. */
const allowedOriginsLimit = 20;

/** Most proxies in the list; each is a party whose word on addresses is believed. */
const trustedProxiesLimit = 20;
/** A network of everybody would let everybody choose their own address. */
const proxySchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).refine((network) => !network.endsWith('/0'));

const list = (value: string) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const limit = (defaultValue: number) => z.coerce.number().int().min(1).max(10_000_000).default(defaultValue);

/** Environment of this service: that of every service, and what the public door needs. Nothing here is secret. */
export const configSchema = baseConfigSchema
  .extend({
    /** Port of the public door on `LISTEN_ADDRESS`. */
    PUBLIC_PORT: portSchema,
    /** Origin under which browsers see the door, such as `http://localhost:8080`. */
    PUBLIC_ORIGIN: originSchema,
    /** Folder with the built web app. */
    WEB_ROOT: z.string().min(1).max(1000),
    /** Comma-separated origins whose pages may call the API with a bearer token. Empty: none but our own. */
    CORS_ALLOWED_ORIGINS: z
      .string()
      .max(6000)
      .default('')
      .transform(list)
      .refine(
        (origins) =>
          origins.length <= allowedOriginsLimit && origins.every((origin) => originSchema.safeParse(origin).success),
        `must be at most ${allowedOriginsLimit} origins such as https://example.org, separated by commas`,
      ),
    /** Comma-separated addresses and networks of reverse proxies in front, such as `10.0.0.0/8`. Empty: nobody's `X-Forwarded-For` is believed. */
    TRUSTED_PROXIES: z
      .string()
      .max(2000)
      .default('')
      .transform(list)
      .refine(
        (proxies) =>
          proxies.length <= trustedProxiesLimit && proxies.every((proxy) => proxySchema.safeParse(proxy).success),
        `must be at most ${trustedProxiesLimit} addresses or networks such as 10.0.0.0/8, separated by commas`,
      ),
    /** Store in which all replicas count together. Unset: each counts in its own memory, which is right for one alone. */
    REDIS_HOST: z.string().min(1).max(255).optional(),
    REDIS_PORT: portSchema.default(6379),
    /** File with the certificate authority that the store's certificate must come from; needed with `REDIS_HOST`. */
    REDIS_CA_FILE: z.string().min(1).max(1000).optional(),
    REDIS_USER: z.string().min(1).max(100).default('chat-gateway'),
    /** Chat messages per person and minute (API-3). */
    RATE_LIMIT_MESSAGES_PER_MINUTE: limit(20),
    /** Bookings made per person and hour. */
    RATE_LIMIT_BOOKINGS_PER_HOUR: limit(5),
    /** Other API calls per person and minute. */
    RATE_LIMIT_API_CALLS_PER_MINUTE: limit(60),
    /** API calls of any kind per API key and minute; they count for its owner besides. */
    RATE_LIMIT_API_KEY_CALLS_PER_MINUTE: limit(60),
    /** Task lists read per person and minute. */
    RATE_LIMIT_TASK_LISTS_PER_MINUTE: limit(100),
    /** Files of tasks per person and hour: each may make a hundred. */
    RATE_LIMIT_TASK_IMPORTS_PER_HOUR: limit(20),
    /** Exports of the audit trail per person and hour: each may be a million entries. */
    RATE_LIMIT_EXPORTS_PER_HOUR: limit(10),
    /** Calls without a valid token per address and minute, sign-in among them: many people may share an address. */
    RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: limit(300),
    /** Reads of the audit log's tree per address and minute; a log of 100,000 entries is 800 files. */
    RATE_LIMIT_LOG_READS_PER_MINUTE: limit(6_000),
  })
  .superRefine((config, context) => {
    if (config.REDIS_HOST !== undefined && config.REDIS_CA_FILE === undefined) {
      context.addIssue({ code: 'custom', path: ['REDIS_CA_FILE'], message: 'must be set with REDIS_HOST' });
    }
    if (config.RUN_MODE !== 'production') return;
    const origins = { PUBLIC_ORIGIN: [config.PUBLIC_ORIGIN], CORS_ALLOWED_ORIGINS: config.CORS_ALLOWED_ORIGINS };
    for (const [name, values] of Object.entries(origins)) {
      if (values.every((origin) => origin.startsWith('https://'))) continue;
      context.addIssue({ code: 'custom', path: [name], message: 'must be https in production' });
    }
  });
export type Config = z.infer<typeof configSchema>;
