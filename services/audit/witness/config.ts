import { z } from 'zod';

const fileSchema = z.string().min(1).max(1000);

/** Environment of the witness. Files rather than values for what is secret, readable by the witness alone. */
export const configSchema = z.object({
  /** Address on which it listens; `0.0.0.0` in a pod. */
  LISTEN_ADDRESS: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  /** Port on `LISTEN_ADDRESS`. */
  PORT: z.coerce.number().int().min(1).max(65_535),
  /** Name of the witness and of its key: a URL without scheme. It must never change. */
  WITNESS_NAME: z
    .string()
    .regex(/^[^\s+]{1,200}$/)
    .default('todo-chatbot.local/witness'),
  /** Ed25519, PKCS #8 PEM. */
  KEY_FILE: fileSchema,
  /** Verifier key of the log that it watches; the key's name is the log's origin. It is told and never learnt from what comes in. */
  LOG_VERIFIER_KEY: z.string().min(1).max(500),
  /** The last checkpoint that it cosigned. It has to be there: README.md of the service says how one is made. */
  STORE_FILE: fileSchema,
  /** PEM. */
  TLS_CERTIFICATE_FILE: fileSchema,
  /** PEM; may be the same file. */
  TLS_KEY_FILE: fileSchema,
});

/** Parses the environment. Throws an error that names every fault and no value. */
export function loadConfig(environment: NodeJS.ProcessEnv): z.infer<typeof configSchema> {
  const parsed = configSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const names = new Set(parsed.error.issues.map((issue) => issue.path.join('.')));
  throw new Error(`missing or malformed in the environment: ${[...names].join(', ')}`);
}
