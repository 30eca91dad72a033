import { baseConfigSchema } from '@todo-chatbot/service-kit';
import { z } from 'zod';

/** The log's name where nothing else is configured. */
export const defaultLogOrigin = 'todo-chatbot.local/audit';

/** What the service needs beside what every service has; the secrets `audit-kafka` and `audit-checkpoint-key` come from the secret store. */
export const configSchema = baseConfigSchema.extend({
  /** Addresses of the brokers, `host:port` separated by commas. */
  KAFKA_BROKERS: z
    .string()
    .max(1000)
    .transform((list) => list.split(',').map((broker) => broker.trim()))
    .pipe(z.array(z.string().regex(/^[^\s:]+:\d{1,5}$/)).min(1)),
  /** File with the certificate authority that the brokers' certificates must come from. */
  KAFKA_CA_FILE: z.string().min(1).max(1000),
  /** Name of the log and of its key: a URL without scheme (C2SP tlog-checkpoint). It must never change. */
  LOG_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/)
    .default(defaultLogOrigin),
  /** A service that was not heard for so many seconds is an alert; it sends a heartbeat every 30. */
  SILENCE_SECONDS: z.coerce.number().int().min(90).max(86_400).default(120),
  /** From one verification of the whole log to the next, in seconds. */
  VERIFY_EVERY_SECONDS: z.coerce.number().int().min(60).max(604_800).default(21_600),
  /** Folder whose log files are scanned for unmasked personal data; unset: entries only. */
  LOG_SCAN_DIR: z.string().min(1).max(1000).optional(),
});
export type Config = z.infer<typeof configSchema>;
