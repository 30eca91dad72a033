import { type AppId, databaseNameOf } from '@todo-chatbot/contracts';

/**
 * What a service's environment is made of in one of the worlds: one machine, containers, the cluster. `V` is how that world writes a value
 * that is not fixed here, such as a reference to a secret.
 */
export interface EnvironmentValues<V> {
  readonly runMode: V;
  readonly appPort: number;
  readonly daprHttpPort: number;
  readonly daprApiToken: V;
  readonly appApiToken: V;
  readonly databaseHost: string;
  readonly databasePort: number;
  readonly databaseCaFile: string;
  readonly tokenIssuer: V;
  readonly tokenAudience: V;
  readonly spanCollector: string;
  readonly metricsPort: number;
  /** Origin under which browsers see the public door. */
  readonly publicOrigin: V;
  /** Of chat-gateway alone. */
  readonly door: { readonly port: number; readonly webRoot: string };
  /** Of audit alone. */
  readonly log: {
    readonly kafkaBrokers: string;
    readonly kafkaCaFile: string;
    readonly origin: V;
    readonly witnessUrl: string;
    readonly witnessCaFile: string;
    readonly witnessVerifierKey: V;
    readonly anchorFolder: string;
  };
  /** Of auth alone: `MAIL_*`, `SMTP_*` and whether administrators need a second factor. */
  readonly accounts: Readonly<Record<string, V | string>>;
  /** What this world sets besides. */
  readonly more: Readonly<Record<string, V | string>>;
}

/** The environment of a service process, as docs/service-anatomy.md lists it: the one table for all worlds. */
export function environmentOf<V>(appId: AppId, values: EnvironmentValues<V>): Record<string, V | string> {
  const name = databaseNameOf(appId);
  return {
    APP_ID: appId,
    RUN_MODE: values.runMode,
    APP_PORT: String(values.appPort),
    DAPR_HTTP_PORT: String(values.daprHttpPort),
    DAPR_API_TOKEN: values.daprApiToken,
    APP_API_TOKEN: values.appApiToken,
    DATABASE_HOST: values.databaseHost,
    DATABASE_PORT: String(values.databasePort),
    DATABASE_NAME: name,
    DATABASE_USER: name,
    DATABASE_CA_FILE: values.databaseCaFile,
    TOKEN_ISSUER: values.tokenIssuer,
    TOKEN_AUDIENCE: values.tokenAudience,
    ZIPKIN_ENDPOINT: values.spanCollector,
    METRICS_PORT: String(values.metricsPort),
    ...ownEnvironment(appId, values),
    ...values.more,
  };
}

function ownEnvironment<V>(appId: AppId, values: EnvironmentValues<V>): Record<string, V | string> {
  switch (appId) {
    case 'chat-gateway':
      return {
        PUBLIC_PORT: String(values.door.port),
        PUBLIC_ORIGIN: values.publicOrigin,
        WEB_ROOT: values.door.webRoot,
      };
    case 'audit':
      return {
        KAFKA_BROKERS: values.log.kafkaBrokers,
        KAFKA_CA_FILE: values.log.kafkaCaFile,
        LOG_ORIGIN: values.log.origin,
        WITNESS_URL: values.log.witnessUrl,
        WITNESS_CA_FILE: values.log.witnessCaFile,
        WITNESS_VERIFIER_KEY: values.log.witnessVerifierKey,
        ANCHOR_FOLDER: values.log.anchorFolder,
      };
    case 'auth':
      return { PUBLIC_ORIGIN: values.publicOrigin, ...values.accounts };
    case 'task':
    case 'booking':
    case 'guardrail':
      return {};
  }
}

/** Arguments of Node that start a service in its folder, in every world. */
export const serviceArguments: readonly string[] = [
  // A small young generation: 40 MB less for each service, at no cost that could be measured.
  '--max-semi-space-size=4',
  // kafkajs computes a negative delay, which Node remarks on; it means "at once".
  '--disable-warning=TimeoutNegativeWarning',
  '--import',
  '@todo-chatbot/service-kit/telemetry',
  'src/main.ts',
];

/** What the environment of the audit log's witness is made of in one of the worlds. */
export interface WitnessValues<V> {
  readonly port: number;
  /** Name of the witness and of its key. */
  readonly name: V;
  readonly keyFile: string;
  readonly storeFile: string;
  /** Verifier key of the log that it watches. */
  readonly logVerifierKey: V;
  readonly certificateFile: string;
  readonly certificateKeyFile: string;
  /** What this world sets besides. */
  readonly more: Readonly<Record<string, V | string>>;
}

/** The environment of the witness, as services/audit/README.md lists it: the one table for all worlds. */
export function witnessEnvironmentOf<V>(values: WitnessValues<V>): Record<string, V | string> {
  return {
    PORT: String(values.port),
    WITNESS_NAME: values.name,
    KEY_FILE: values.keyFile,
    STORE_FILE: values.storeFile,
    LOG_VERIFIER_KEY: values.logVerifierKey,
    TLS_CERTIFICATE_FILE: values.certificateFile,
    TLS_KEY_FILE: values.certificateKeyFile,
    ...values.more,
  };
}

/** Arguments of Node that start the witness in the audit service's folder, in every world. It holds one checkpoint: 30 MB less than without. */
export const witnessArguments: readonly string[] = [
  '--max-semi-space-size=1',
  '--max-old-space-size=48',
  'witness/main.ts',
];
