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
  /** Where the witness answers (C2SP tlog-witness), such as `https://127.0.0.1:18008`. */
  WITNESS_URL: z.url({ protocol: /^https$/ }).max(300),
  /** File with the certificate authority that the witness's certificate must come from. */
  WITNESS_CA_FILE: z.string().min(1).max(1000),
  /** Public key of the witness as a C2SP verifier key of type 4; only its cosignatures count. */
  WITNESS_VERIFIER_KEY: z.string().min(1).max(500),
  /** Folder outside of the database in which published checkpoints are anchored, a file for each month; it has to exist. */
  ANCHOR_FOLDER: z.string().min(1).max(1000),
  /** A service that was not heard for so many seconds is an alert; it sends a heartbeat every 30. */
  SILENCE_SECONDS: z.coerce.number().int().min(90).max(86_400).default(120),
  /** From one verification of the whole log to the next, in seconds. */
  VERIFY_EVERY_SECONDS: z.coerce.number().int().min(60).max(604_800).default(21_600),
  /** Folder whose log files are scanned for unmasked personal data; unset: entries only. */
  LOG_SCAN_DIR: z.string().min(1).max(1000).optional(),
});
export type Config = z.infer<typeof configSchema>;
