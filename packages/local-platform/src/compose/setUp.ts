import { createPrivateKey } from 'node:crypto';
import { dirname, join } from 'node:path';
import { appIds } from '@todo-chatbot/contracts';
import { accessRules, containers, serverParameters, stateParts, tokenVariable } from '@todo-chatbot/manifests';
import { createNoteSigner, verifierKeyOf } from '@todo-chatbot/transparency-log';
import { ensureBackupKeys } from '../backup/backupKeys.ts';
import { type Credentials, ensureCredentials, secretValue } from '../credentials.ts';
import { writeIdentityTokens } from '../dapr/identity.ts';
import { renderNativeFiles } from '../dapr/render.ts';
import { configureSentry } from '../dapr/sentry.ts';
import { ensurePrivateDirectory, writePrivateFile } from '../files.ts';
import { configureKafka, type KafkaInstance, writeJavaArguments } from '../kafka/broker.ts';
import type { StateLayout } from '../layout.ts';
import { ensurePki, type PlatformPki } from '../platformPki.ts';
import { ensureWitness, logOrigin, readWitnessFacts } from '../witness.ts';
import { composeLayout } from './layout.ts';

/**
 * Makes what the containers of compose.yaml read: certificates, passwords, keys, configurations. What is there stays as it is, so it may be
 * repeated, and has to be when the repository's Dapr files have changed.
 * @returns the lines of the file `.env`: what compose.yaml puts into environments.
 */
export async function setUpContainers(stateFolder?: string): Promise<string> {
  const layout = composeLayout(stateFolder);
  const folders = [layout.secretsDir, dirname(layout.serverCaFile), layout.sentryDir, layout.mailDir];
  for (const folder of [...folders, ...appIds.map(layout.daprDir)]) await ensurePrivateDirectory(folder);
  await ensureWitness(layout);
  const [credentials, pki] = await Promise.all([ensureCredentials(layout.secretsDir), ensurePki(layout, new Date())]);
  await writePostgresFiles(layout, credentials, pki);
  await writeKafkaFiles(layout, credentials, pki);
  await writeMeshFiles(layout, credentials, pki);
  return environmentFile(layout, credentials, pki);
}

async function writePostgresFiles(layout: StateLayout, credentials: Credentials, pki: PlatformPki): Promise<void> {
  const folder = await ensurePrivateDirectory(join(layout.stateDir, stateParts.postgres));
  const settings = {
    ...serverParameters,
    listen_addresses: '*',
    port: String(containers.postgres.port),
    // No socket file: the one way in is TLS with a password.
    unix_socket_directories: '',
    shared_buffers: '64MB',
    ssl: 'on',
    ssl_cert_file: join(folder, 'server.crt'),
    ssl_key_file: join(folder, 'server.key'),
    hba_file: join(folder, 'pg_hba.conf'),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  await writePrivateFile(join(folder, 'postgresql.conf'), `${lines.join('\n')}\n`);
  await writePrivateFile(join(folder, 'pg_hba.conf'), `${accessRules(appIds, 'samenet').join('\n')}\n`);
  await writePrivateFile(join(folder, 'server.crt'), pki.postgres.certificate);
  await writePrivateFile(join(folder, 'server.key'), pki.postgres.privateKey);
  await writePrivateFile(join(folder, 'superuser'), credentials.postgresSuperuserPassword);
  await writeDatabaseSecrets(layout, credentials);
}

/** As Kubernetes mounts secrets: a folder for each, a file for each key. */
async function writeDatabaseSecrets(layout: StateLayout, credentials: Credentials): Promise<void> {
  const passwords = appIds.flatMap((appId): [string, string][] => {
    const app = credentials.apps[appId];
    return [
      [`${appId}-database/password`, secretValue(app, `${appId}-database`, 'password')],
      [`${appId}-database-owner/password`, app.databaseOwnerPassword],
    ];
  });
  const { databasePassword } = await ensureBackupKeys(layout);
  const all = [
    ...passwords,
    ['superuser/password', credentials.postgresSuperuserPassword],
    ['backup/databasePassword', databasePassword],
  ] as const;
  for (const [name, value] of all) {
    const path = join(layout.stateDir, stateParts.databaseSecrets, name);
    await ensurePrivateDirectory(dirname(path));
    await writePrivateFile(path, value);
  }
}

async function writeKafkaFiles(layout: StateLayout, credentials: Credentials, pki: PlatformPki): Promise<void> {
  const instance: KafkaInstance = { ...containers.kafka, directory: layout.kafkaDir };
  const passwords = Object.fromEntries(
    appIds.map((appId) => [appId, secretValue(credentials.apps[appId], `${appId}-kafka`, 'password')]),
  );
  await configureKafka(instance, { ca: pki.serverCa, broker: pki.kafkaBroker, admin: pki.kafkaAdmin });
  await writeJavaArguments(instance, { clusterId: credentials.kafkaClusterId, passwords });
}

async function writeMeshFiles(layout: StateLayout, credentials: Credentials, pki: PlatformPki): Promise<void> {
  const sentryAddress = `${containers.sentry.host}:${containers.sentry.port}`;
  await configureSentry(sentryAddress, {
    layout,
    root: pki.meshRoot,
    issuer: pki.meshIssuer,
    identitySigningKey: credentials.identitySigningKey,
  });
  for (const appId of appIds) {
    await renderNativeFiles(appId, credentials.apps[appId], {
      layout,
      kafkaBroker: `${containers.kafka.host}:${containers.kafka.port}`,
      kafkaCa: pki.serverCa,
      sentryAddress,
      spanCollector: containers.spanCollector,
      nameResolution: containers.nameResolution,
    });
  }
  await writeIdentityTokens(layout, credentials.identitySigningKey, new Date());
}

async function environmentFile(layout: StateLayout, credentials: Credentials, pki: PlatformPki): Promise<string> {
  const checkpointKey = secretValue(credentials.apps.audit, 'audit-checkpoint-key', 'privateKey');
  const witness = await readWitnessFacts(layout, containers.witness.port);
  const values = {
    ...Object.fromEntries(
      appIds.flatMap((appId) => [
        [tokenVariable(appId, 'DAPR'), credentials.apps[appId].daprApiToken],
        [tokenVariable(appId, 'APP'), credentials.apps[appId].appApiToken],
      ]),
    ),
    LOG_VERIFIER_KEY: verifierKeyOf(createNoteSigner(logOrigin, createPrivateKey(checkpointKey))),
    WITNESS_VERIFIER_KEY: witness.verifierKey,
    // Between double quotes `\n` is a new line.
    DAPR_TRUST_ANCHORS: pki.meshRoot.trim().replaceAll('\n', '\\n'),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value}"\n`)
    .join('');
}
