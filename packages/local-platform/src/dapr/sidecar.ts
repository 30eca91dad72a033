import type { AppId } from '@todo-chatbot/contracts';
import { namespace, sidecarArguments } from '@todo-chatbot/manifests';
import type { AppCredentials } from '../credentials.ts';
import type { LaunchSpec } from '../launch.ts';
import type { StateLayout } from '../layout.ts';

/** Ports of one app and its sidecar, all on 127.0.0.1. */
export interface SidecarPorts {
  readonly app: number;
  readonly http: number;
  readonly grpc: number;
  /** Between sidecars, with mutual TLS. */
  readonly internal: number;
  readonly metrics: number;
}

/** The sidecar of an app. Its secrets come by environment, as Dapr wants them. */
export function sidecarLaunchSpec(options: {
  program: string;
  appId: AppId;
  ports: SidecarPorts;
  sentryPort: number;
  layout: StateLayout;
  /** Root certificate of the mesh, PEM. */
  trustAnchors: string;
  credentials: AppCredentials;
  /** Tells replicas apart, as the name of a pod does; a platform has one of each app, which has the app's. */
  podName?: string;
}): LaunchSpec {
  const { appId, ports, sentryPort, layout, credentials } = options;
  const directory = layout.daprDir(appId);
  return {
    command: options.program,
    args: sidecarArguments({
      appId,
      folder: directory,
      ports,
      internalAddress: '127.0.0.1',
      sentryAddress: `127.0.0.1:${sentryPort}`,
    }),
    cwd: directory,
    env: {
      NAMESPACE: namespace,
      POD_NAME: options.podName ?? appId,
      DAPR_HOST_IP: '127.0.0.1',
      DAPR_TRUST_ANCHORS: options.trustAnchors,
      DAPR_SENTRY_TOKEN_FILE: layout.identityTokenFile(appId),
      DAPR_API_TOKEN: credentials.daprApiToken,
      APP_API_TOKEN: credentials.appApiToken,
    },
    logFile: layout.logFile(`${appId}-dapr`),
  };
}
