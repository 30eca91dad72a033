import { join } from 'node:path';
import type { AppId } from '@todo-chatbot/contracts';
import { namespace, trustDomain } from '@todo-chatbot/manifests';
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

/** Largest body of an invocation: far above what any route of ours takes. */
const maxBodySize = '1Mi';
/** Time for calls and deliveries under way when a sidecar is asked to stop. */
const shutdownSeconds = 5;

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
  const settings = {
    mode: 'standalone',
    'app-id': appId,
    config: join(directory, 'configuration.yaml'),
    'resources-path': join(directory, 'resources'),
    'app-port': ports.app,
    'app-protocol': 'http',
    'app-channel-address': '127.0.0.1',
    'dapr-listen-addresses': '127.0.0.1',
    'dapr-http-port': ports.http,
    'dapr-grpc-port': ports.grpc,
    'dapr-internal-grpc-port': ports.internal,
    'dapr-internal-grpc-listen-address': '127.0.0.1',
    'metrics-listen-address': '127.0.0.1',
    'metrics-port': ports.metrics,
    'enable-mtls': true,
    'sentry-address': `127.0.0.1:${sentryPort}`,
    'control-plane-trust-domain': trustDomain,
    'control-plane-namespace': namespace,
    'placement-host-address': '',
    'scheduler-host-address': '',
    'allowed-origins': '',
    'max-body-size': maxBodySize,
    'dapr-graceful-shutdown-seconds': shutdownSeconds,
  };
  return {
    command: options.program,
    args: [...Object.entries(settings).map(([name, value]) => `--${name}=${value}`), '--log-as-json'],
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
