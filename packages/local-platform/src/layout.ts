import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AppId } from '@todo-chatbot/contracts';

/** The repository's root folder. */
export const repositoryDir = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
/** Committed Dapr files. */
export const daprComponentsDir = join(repositoryDir, 'dapr-components');

/** Where a platform keeps all it has: one folder, git-ignored. */
export function defaultStateDir(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.TODO_CHATBOT_STATE ?? join(repositoryDir, '.state', 'default'));
}

/** Paths inside a state folder. */
export function stateLayout(stateDir: string) {
  const inside = (...parts: string[]) => join(stateDir, ...parts);
  return {
    stateDir,
    /** Ports and addresses: `platform.json`. */
    factsFile: inside('platform.json'),
    /** Who supervises, while it runs: `supervisor.json`. */
    supervisorFile: inside('supervisor.json'),
    logsDir: inside('logs'),
    logFile: (name: string) => inside('logs', `${name}.log`),
    secretsDir: inside('secrets'),
    /** What one app's secret store holds. */
    secretStoreFile: (appId: AppId) => inside('secrets', `${appId}.json`),
    /** Proof of identity that an app's sidecar shows Sentry. */
    identityTokenFile: (appId: AppId) => inside('secrets', `${appId}.jwt`),
    pkiDir: inside('pki'),
    /** A certificate and its key, both PEM. */
    certificateFile: (name: string) => inside('pki', `${name}.pem`),
    /** Authority of PostgreSQL's and Kafka's certificates. */
    serverCaFile: inside('pki', 'server-ca.crt'),
    /** Mails that are kept in place of being sent. */
    mailDir: inside('mail'),
    kafkaDir: inside('kafka'),
    sentryDir: inside('sentry'),
    /** What the audit log's witness has for itself alone. */
    witnessDir: inside('witness'),
    witnessKeyFile: inside('witness', 'key.pem'),
    witnessStoreFile: inside('witness', 'checkpoint'),
    /** Where the audit service anchors published checkpoints. */
    anchorsDir: inside('anchors'),
    backupKeysDir: inside('backup-keys'),
    /** What the platform needs to make backups. */
    backupKeysFile: inside('backup-keys', 'keys.json'),
    /** Public key that backups are encrypted to. */
    backupRecipientFile: inside('backup-keys', 'recipient'),
    /** Backup sets of a kind. They outlive the state folder. */
    backupsDir: (kind: string) => join(process.env.TODO_CHATBOT_BACKUPS ?? `${stateDir}-backups`, kind),
    daprDir: (appId: AppId) => inside('dapr', appId),
    /** Sidecars find each other through this database. */
    namesFile: inside('dapr', 'names.db'),
  };
}
export type StateLayout = ReturnType<typeof stateLayout>;
