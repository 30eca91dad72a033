import type { AppId } from '@todo-chatbot/contracts';
import { ports } from '../names.ts';

/** Folder with everything that the setup makes; each container sees the part that is its own, under the same path. */
const stateFolder = '/var/lib/todo-chatbot';

/** Parts of the state folder, relative to it. */
export const stateParts = {
  /** Of an app's sidecar: configuration, resources, secrets and proof of identity. */
  sidecar: (appId: AppId) => `sidecars/${appId}`,
  /** The authority of the servers' certificates, and nothing secret. */
  authority: 'authority',
  /** Passwords of the databases' owners and of the superuser, for the one-shot commands. */
  databaseSecrets: 'database-secrets',
  /** All that the setup makes and nobody else needs: keys of the authorities, the signing key of identity tokens. */
  secrets: 'secrets',
  pki: 'pki',
  postgres: 'postgres',
  kafka: 'kafka',
  sentry: 'sentry',
  witness: 'witness',
  anchors: 'anchors',
  mail: 'mail',
} as const;

/** Where things are among the containers: one table for compose.yaml and for the setup that writes their files. */
export const containers = {
  stateFolder,
  part: (part: string) => `${stateFolder}/${part}`,
  postgres: { host: 'postgres', port: ports.postgres },
  kafka: {
    host: 'kafka',
    port: ports.kafka,
    adminPort: 9094,
    controllerPort: 9095,
    /** As the image has them. */
    java: '/opt/java/openjdk/bin/java',
    classpath: '/opt/kafka/libs/*',
  },
  sentry: { host: 'sentry', port: 50_001, healthPort: 8081 },
  witness: { host: 'witness', port: ports.witness },
  spanCollector: `http://zipkin:${ports.spans}/api/v2/spans`,
  sidecar: {
    app: ports.app,
    http: ports.daprHttp,
    grpc: 50_001,
    internal: ports.daprInternal,
    metrics: ports.daprMetrics,
  },
  /**
   * A service's container has the name of its app, and its sidecar shares its addresses. Dapr's component for Kubernetes does no more than
   * put a name together, so it serves here too: there is no list of addresses that anybody could change.
   */
  nameResolution: {
    component: 'kubernetes',
    version: 'v1',
    configuration: { template: `{{.ID}}:${ports.daprInternal}` },
  },
} as const;

/** Variable of the file `.env` with one of an app's two API tokens, which Dapr wants in the environment. */
export function tokenVariable(appId: AppId, kind: 'DAPR' | 'APP'): string {
  return `${appId.replaceAll('-', '_').toUpperCase()}_${kind}_API_TOKEN`;
}
