import { appIds } from '@todo-chatbot/contracts';
import { z } from 'zod';

/** A TCP port from an environment variable. */
export const portSchema = z.coerce.number().int().min(1).max(65_535);

/** An exact web origin: scheme, host and port, nothing else. `*` and `null` are none. */
export const originSchema = z
  .string()
  .max(300)
  .refine(
    (value) =>
      /^https?:\/\/[a-z0-9.-]+(?::\d+)?$/.test(value) && URL.canParse(value) && new URL(value).origin === value,
    'must be an origin such as https://example.org',
  );

/**
 * Environment of every service process, as `docs/service-anatomy.md` lists it; a service extends it with its own variables.
 * The two API tokens are the only secrets here, because Dapr itself hands them over by environment.
 */
export const baseConfigSchema = z.object({
  /** Dapr app id; also the name of the service in traces. */
  APP_ID: z.enum(appIds),
  /** `production` refuses unsafe options. Unset counts as production (PRIN-4). */
  RUN_MODE: z.enum(['local', 'production']).default('production'),
  /** Port for the own sidecar. */
  APP_PORT: portSchema,
  /** HTTP port of the own sidecar on 127.0.0.1. */
  DAPR_HTTP_PORT: portSchema,
  /** Secret: what this process shows its sidecar. */
  DAPR_API_TOKEN: z.string().min(16).max(200),
  /** Secret: what the sidecar shows this process. */
  APP_API_TOKEN: z.string().min(16).max(200),
  DATABASE_HOST: z.string().min(1).max(255),
  DATABASE_PORT: portSchema,
  DATABASE_NAME: z.string().min(1).max(63),
  DATABASE_USER: z.string().min(1).max(63),
  /** File with the certificate authority that PostgreSQL's certificate must come from. */
  DATABASE_CA_FILE: z.string().min(1).max(1000),
  TOKEN_ISSUER: z.url().max(300),
  TOKEN_AUDIENCE: z.string().min(1).max(200),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Where spans go; unset: spans are made but not sent. */
  ZIPKIN_ENDPOINT: z.url().max(300).optional(),
  /**
   * Address on which listens what others have to reach: the public door, metrics, probes. `0.0.0.0` in a pod. The app port is the own
   * sidecar's alone and stays on 127.0.0.1.
   */
  LISTEN_ADDRESS: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  /** Port of the Prometheus text on `LISTEN_ADDRESS`; unset: off. */
  METRICS_PORT: portSchema.optional(),
  /** Port that answers `/healthz` and `/readyz` and nothing else, for whoever cannot reach the app port; unset: off. */
  PROBE_PORT: portSchema.optional(),
});
export type BaseConfig = z.infer<typeof baseConfigSchema>;

/** The configuration has faults; the message lists all of them and no value. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/**
 * Parses the environment. An empty variable counts as unset.
 * @throws ConfigError that names every fault at once.
 */
export function loadConfig<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.') || 'configuration';
    return name in given ? `${name}: ${describeIssue(issue)}` : `${name}: is not set`;
  });
  throw new ConfigError([...new Set(faults)]);
}

/** Words for a zod issue that cannot repeat the value it is about. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be of type ${issue.expected}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return `must be a valid ${issue.format}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return 'has unknown keys';
    case 'custom':
      return issue.message;
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
      return 'is not valid';
  }
}
