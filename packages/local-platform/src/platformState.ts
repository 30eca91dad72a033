import type { AppId } from '@todo-chatbot/contracts';
import {
  ownerConnection,
  type PostgresConnection,
  runtimeConnection,
  superuserConnection,
} from '@todo-chatbot/databases';
import { z } from 'zod';
import { ensureBackupKeys } from './backup/backupKeys.ts';
import { mapApps, readCredentials, secretValue } from './credentials.ts';
import { readJsonIfPresent, readTextIfPresent } from './files.ts';
import type { KafkaAdminConnection } from './kafka/administration.ts';
import { defaultStateDir, stateLayout } from './layout.ts';
import { readCertificate } from './platformPki.ts';
import { platformPortsSchema } from './platformPorts.ts';
import { localServer } from './postgres.ts';
import { readWitnessFacts, type WitnessFacts } from './witness.ts';

/** What a state folder remembers of its last start; no secret. */
export const platformFactsSchema = z.strictObject({
  url: z.url(),
  ports: platformPortsSchema,
  versions: z.record(z.string(), z.string()),
});

/** Everything that tools and tests need to reach a platform behind its public door. Keep it in memory: it holds secrets. */
export interface PlatformState {
  readonly stateDir: string;
  /** Folder of the logs of all processes. */
  readonly logsDir: string;
  /** The public door, such as `http://localhost:8080`. */
  readonly url: string;
  readonly apps: Readonly<Record<AppId, AppState>>;
  readonly postgres: {
    readonly host: string;
    readonly port: number;
    /** PEM. */
    readonly ca: string;
    readonly caFile: string;
    readonly superuser: PostgresConnection;
    /** Password of the role that reads for backups. */
    readonly backupPassword: string;
  };
  readonly kafka: {
    /** `host:port` of the listener for apps. */
    readonly broker: string;
    readonly ca: string;
    readonly caFile: string;
    /** Over the administration listener, with all rights. */
    readonly admin: KafkaAdminConnection;
  };
  readonly sentry: { readonly address: string; readonly meshRoot: string };
  /** Of the audit log: where the witness answers, its verifier key, and what remembers published checkpoints. */
  readonly witness: WitnessFacts & { readonly witnessStoreFile: string; readonly anchorFolder: string };
  /** Where the mails are shown, and the folder that holds them. */
  readonly mail: { readonly url: string; readonly folder: string };
  /** Such as `http://127.0.0.1:9411`. */
  readonly zipkinUrl: string;
}

export interface AppState {
  readonly appPort: number;
  readonly daprHttpPort: number;
  readonly daprGrpcPort: number;
  readonly daprInternalPort: number;
  readonly metricsPort: number;
  readonly daprMetricsPort: number;
  readonly daprApiToken: string;
  readonly appApiToken: string;
  readonly databasePassword: string;
  readonly kafkaPassword: string;
  /** Connection of the run-time role. */
  readonly database: PostgresConnection;
  /** Connection of the role that owns the schema. */
  readonly databaseOwner: PostgresConnection;
  /** What `secretsOf` lists, by name. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** File with the token by which the sidecar proves itself to Sentry. */
  readonly identityTokenFile: string;
}

/** Reads how to reach the platform of a state folder, by default that of `npm start`. It need not be running. */
export async function readPlatformState(stateDir: string = defaultStateDir()): Promise<PlatformState> {
  const layout = stateLayout(stateDir);
  const facts = await readJsonIfPresent(layout.factsFile, platformFactsSchema);
  const ca = await readTextIfPresent(layout.serverCaFile);
  if (!facts || ca === undefined) throw new Error(`There is no platform in ${stateDir}: start it first.`);
  const { ports, url } = facts;
  const credentials = await readCredentials(layout.secretsDir);
  const server = localServer(ports.postgres, ca);
  const apps = await mapApps(async (appId): Promise<AppState> => {
    const app = credentials.apps[appId];
    const databasePassword = secretValue(app, `${appId}-database`, 'password');
    const appPorts = ports.apps[appId];
    return {
      appPort: appPorts.app,
      daprHttpPort: appPorts.http,
      daprGrpcPort: appPorts.grpc,
      daprInternalPort: appPorts.internal,
      metricsPort: appPorts.appMetrics,
      daprMetricsPort: appPorts.metrics,
      daprApiToken: app.daprApiToken,
      appApiToken: app.appApiToken,
      databasePassword,
      kafkaPassword: secretValue(app, `${appId}-kafka`, 'password'),
      database: runtimeConnection(server, appId, databasePassword),
      databaseOwner: ownerConnection(server, appId, app.databaseOwnerPassword),
      secrets: app.secrets,
      identityTokenFile: layout.identityTokenFile(appId),
    };
  });
  const superuser = superuserConnection(server, { password: credentials.postgresSuperuserPassword });
  return {
    stateDir,
    logsDir: layout.logsDir,
    url,
    apps,
    postgres: {
      ...server,
      caFile: layout.serverCaFile,
      superuser,
      backupPassword: (await ensureBackupKeys(layout)).databasePassword,
    },
    kafka: {
      broker: `127.0.0.1:${ports.kafka}`,
      ca,
      caFile: layout.serverCaFile,
      admin: {
        broker: `127.0.0.1:${ports.kafkaAdmin}`,
        ca,
        identity: await readCertificate(layout, 'kafka-admin'),
      },
    },
    sentry: {
      address: `127.0.0.1:${ports.sentry}`,
      meshRoot: (await readCertificate(layout, 'mesh-ca')).certificate,
    },
    witness: {
      ...(await readWitnessFacts(layout, ports.witness)),
      witnessStoreFile: layout.witnessStoreFile,
      anchorFolder: layout.anchorsDir,
    },
    mail: { url: `http://localhost:${ports.mail}`, folder: layout.mailDir },
    zipkinUrl: `http://127.0.0.1:${ports.zipkin}`,
  };
}
