import { join } from 'node:path';
import { type AppId, databaseNameOf } from '@todo-chatbot/contracts';
import type { AppCredentials } from './credentials.ts';
import type { LaunchSpec } from './launch.ts';
import { repositoryDir, type StateLayout } from './layout.ts';
import type { PlatformPorts } from './platformPorts.ts';
import { logOrigin, type WitnessFacts } from './witness.ts';

/** `iss` and `aud` of access tokens on the local platform. */
const tokenIssuer = 'https://todo-chatbot.local';
const tokenAudience = 'todo-chatbot';

const nodeOptions = [
  // A small young generation: 40 MB less for each service, at no cost that could be measured.
  '--max-semi-space-size=4',
  // kafkajs computes a negative delay, which Node remarks on; it means "at once".
  '--disable-warning=TimeoutNegativeWarning',
];

/** A service process with the environment that docs/service-anatomy.md lists, and nothing else. */
export function serviceLaunchSpec(options: {
  appId: AppId;
  ports: PlatformPorts;
  layout: StateLayout;
  witness: WitnessFacts;
  url: string;
  webRoot: string;
  credentials: AppCredentials;
  /** Test fixture that runs in place of the service's own main file. */
  main?: string | undefined;
  /** Variables of the service's own configuration, for tests. */
  environment: Readonly<Record<string, string>>;
}): LaunchSpec {
  const { appId, ports, layout, credentials } = options;
  const own = ports.apps[appId];
  const name = databaseNameOf(appId);
  return {
    command: process.execPath,
    args: options.main
      ? [options.main]
      : [...nodeOptions, '--import', '@todo-chatbot/service-kit/telemetry', 'src/main.ts'],
    cwd: join(repositoryDir, 'services', appId),
    env: {
      HOME: process.env.HOME ?? '/',
      // Compiled code of the last start: six services start at once, and compiling is most of what they do.
      NODE_COMPILE_CACHE: join(repositoryDir, 'node_modules', '.cache', 'node-compile'),
      ...options.environment,
      APP_ID: appId,
      RUN_MODE: 'local',
      APP_PORT: String(own.app),
      DAPR_HTTP_PORT: String(own.http),
      DAPR_API_TOKEN: credentials.daprApiToken,
      APP_API_TOKEN: credentials.appApiToken,
      DATABASE_HOST: '127.0.0.1',
      DATABASE_PORT: String(ports.postgres),
      DATABASE_NAME: name,
      DATABASE_USER: name,
      DATABASE_CA_FILE: layout.serverCaFile,
      TOKEN_ISSUER: tokenIssuer,
      TOKEN_AUDIENCE: tokenAudience,
      ZIPKIN_ENDPOINT: `http://127.0.0.1:${ports.zipkin}/api/v2/spans`,
      METRICS_PORT: String(own.appMetrics),
      ...extraEnvironment(appId, options),
    },
    logFile: layout.logFile(appId),
  };
}

function extraEnvironment(
  appId: AppId,
  options: { ports: PlatformPorts; layout: StateLayout; witness: WitnessFacts; url: string; webRoot: string },
): Record<string, string> {
  const { ports, layout, witness, url, webRoot } = options;
  switch (appId) {
    case 'chat-gateway':
      return { PUBLIC_PORT: String(ports.gateway), PUBLIC_ORIGIN: url, WEB_ROOT: webRoot };
    case 'audit':
      return {
        KAFKA_BROKERS: `127.0.0.1:${ports.kafka}`,
        KAFKA_CA_FILE: layout.serverCaFile,
        LOG_ORIGIN: logOrigin,
        WITNESS_URL: witness.url,
        WITNESS_CA_FILE: layout.serverCaFile,
        WITNESS_VERIFIER_KEY: witness.verifierKey,
        ANCHOR_FOLDER: layout.anchorsDir,
        LOG_SCAN_DIR: layout.logsDir,
      };
    case 'auth':
      // One's own machine has no second device at hand; production refuses this.
      return {
        PUBLIC_ORIGIN: url,
        SECOND_FACTOR_FOR_ADMINISTRATORS: 'optional',
        MAIL_TRANSPORT: 'folder',
        MAIL_FOLDER: layout.mailDir,
        MAIL_FROM: 'no-reply@todo-chatbot.example',
      };
    case 'task':
    case 'booking':
    case 'guardrail':
      return {};
  }
}
