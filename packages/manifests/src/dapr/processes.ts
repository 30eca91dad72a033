import type { AppId } from '@todo-chatbot/contracts';
import { namespace, trustDomain } from '../names.ts';

/** Largest body of an invocation: far above what any route of ours takes. */
export const maxBodySize = '1Mi';
/** Time for calls and deliveries under way when a sidecar is asked to stop. */
export const shutdownSeconds = 5;

/** Arguments of the sidecar of an app outside of Kubernetes. The API and the app's port are on 127.0.0.1 alone. */
export function sidecarArguments(place: {
  readonly appId: AppId;
  /** With `configuration.yaml` and `resources/`. */
  readonly folder: string;
  readonly ports: {
    readonly app: number;
    readonly http: number;
    readonly grpc: number;
    /** Between sidecars, with mutual TLS. */
    readonly internal: number;
    readonly metrics: number;
  };
  /** Address on which other sidecars reach it. */
  readonly internalAddress: string;
  /** `host:port`. */
  readonly sentryAddress: string;
}): readonly string[] {
  const { appId, folder, ports } = place;
  return asArguments({
    mode: 'standalone',
    'app-id': appId,
    config: `${folder}/configuration.yaml`,
    'resources-path': `${folder}/resources`,
    'app-port': ports.app,
    'app-protocol': 'http',
    'app-channel-address': '127.0.0.1',
    'dapr-listen-addresses': '127.0.0.1',
    'dapr-http-port': ports.http,
    'dapr-grpc-port': ports.grpc,
    'dapr-internal-grpc-port': ports.internal,
    'dapr-internal-grpc-listen-address': place.internalAddress,
    'metrics-listen-address': '127.0.0.1',
    'metrics-port': ports.metrics,
    'enable-mtls': true,
    'sentry-address': place.sentryAddress,
    'control-plane-trust-domain': trustDomain,
    'control-plane-namespace': namespace,
    'placement-host-address': '',
    'scheduler-host-address': '',
    'allowed-origins': '',
    'max-body-size': maxBodySize,
    'dapr-graceful-shutdown-seconds': shutdownSeconds,
  });
}

/** Arguments of Sentry outside of Kubernetes. */
export function sentryArguments(place: {
  /** With `configuration.yaml` and `issuer/`. */
  readonly folder: string;
  /** Address on which sidecars reach it. */
  readonly address: string;
  readonly port: number;
  readonly healthPort: number;
}): readonly string[] {
  return asArguments({
    mode: 'standalone',
    config: `${place.folder}/configuration.yaml`,
    'issuer-credentials': `${place.folder}/issuer`,
    'trust-domain': trustDomain,
    port: place.port,
    'listen-address': place.address,
    'healthz-port': place.healthPort,
    'healthz-listen-address': '127.0.0.1',
    'enable-metrics': false,
  });
}

function asArguments(settings: Readonly<Record<string, string | number | boolean>>): readonly string[] {
  return [...Object.entries(settings).map(([name, value]) => `--${name}=${value}`), '--log-as-json'];
}
