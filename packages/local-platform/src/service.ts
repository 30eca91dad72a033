import { join } from 'node:path';
import type { AppId } from '@todo-chatbot/contracts';
import { environmentOf, serviceArguments } from '@todo-chatbot/manifests';
import type { AppCredentials } from './credentials.ts';
import type { LaunchSpec } from './launch.ts';
import { repositoryDir, type StateLayout } from './layout.ts';
import type { PlatformPorts } from './platformPorts.ts';
import { logOrigin, type WitnessFacts } from './witness.ts';

/** `iss` and `aud` of access tokens on the local platform. */
const tokenIssuer = 'https://todo-chatbot.local';
const tokenAudience = 'todo-chatbot';

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
  const { appId, ports, layout, witness, url, webRoot, credentials } = options;
  const own = ports.apps[appId];
  return {
    command: process.execPath,
    args: options.main ? [options.main] : serviceArguments,
    cwd: join(repositoryDir, 'services', appId),
    env: {
      HOME: process.env.HOME ?? '/',
      // Compiled code of the last start: six services start at once, and compiling is most of what they do.
      NODE_COMPILE_CACHE: join(repositoryDir, 'node_modules', '.cache', 'node-compile'),
      ...options.environment,
      ...environmentOf<string>(appId, {
        runMode: 'local',
        appPort: own.app,
        daprHttpPort: own.http,
        daprApiToken: credentials.daprApiToken,
        appApiToken: credentials.appApiToken,
        databaseHost: '127.0.0.1',
        databasePort: ports.postgres,
        databaseCaFile: layout.serverCaFile,
        tokenIssuer,
        tokenAudience,
        spanCollector: `http://127.0.0.1:${ports.zipkin}/api/v2/spans`,
        metricsPort: own.appMetrics,
        publicOrigin: url,
        door: { port: ports.gateway, webRoot },
        log: {
          kafkaBrokers: `127.0.0.1:${ports.kafka}`,
          kafkaCaFile: layout.serverCaFile,
          origin: logOrigin,
          witnessUrl: witness.url,
          witnessCaFile: layout.serverCaFile,
          witnessVerifierKey: witness.verifierKey,
          anchorFolder: layout.anchorsDir,
        },
        accounts: {
          // One's own machine has no second device at hand; production refuses this.
          SECOND_FACTOR_FOR_ADMINISTRATORS: 'optional',
          MAIL_TRANSPORT: 'folder',
          MAIL_FOLDER: layout.mailDir,
          MAIL_FROM: 'no-reply@todo-chatbot.example',
        },
        more: appId === 'audit' ? { LOG_SCAN_DIR: layout.logsDir } : {},
      }),
    },
    logFile: layout.logFile(appId),
  };
}
