import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AppId, appIds } from '@todo-chatbot/contracts';
import type { GeneratedFile } from '../generatedFile.ts';
import { namespace } from '../names.ts';
import { databaseOwnerSecret } from '../secrets.ts';
import type { Resources } from '../workloads.ts';
import { databasePod, superuserKey } from './databaseTools.ts';
import { kustomizationOf } from './kustomization.ts';
import { accountOf, labelsOf } from './pod.ts';

const folder = 'k8s/base/migrations';
const name = 'migrations';
const repositoryDir = fileURLToPath(new URL('../../../../', import.meta.url));

const resources: Resources = {
  requests: { cpu: '50m', memory: '96Mi' },
  limits: { cpu: '500m', memory: '256Mi' },
};

/** Time to see in the log what went wrong; then the same manifests may be applied again, with another image too. */
const keptSeconds = 600;
/** A migration may rewrite a large table. Services wait for it as long as that, and the old ones work on. */
const longestSeconds = 3600;
/** A server that is being moved to another node is back within minutes; the command itself waits, too. */
const retries = 6;

/** A Job that makes roles and databases, and one for each service that brings its schema up to date as the owner. */
export function migrationFiles(): readonly GeneratedFile[] {
  const files: GeneratedFile[] = [
    {
      path: `${folder}/account.yaml`,
      comment: 'Who runs migrations: nobody of the API server’s (K8S-2).',
      documents: [accountOf(name)],
    },
    {
      path: `${folder}/provision.yaml`,
      comment:
        'Makes the roles and databases of all services, and gives the roles their passwords; safe to repeat (DATA-4).',
      documents: [provisionJob()],
    },
    ...appIds.map((appId) => ({
      path: `${folder}/${appId}.yaml`,
      comment: `Brings the database of ${appId} to the newest schema. The end of the name follows from the files that it runs.`,
      documents: [migrationJob(appId)],
    })),
  ];
  return [
    ...files,
    kustomizationOf(
      folder,
      files.map(({ path }) => path.slice(folder.length + 1)),
    ),
  ];
}

function provisionJob(): object {
  const template = databasePod({
    name,
    command: 'provisionCommand',
    keys: [
      superuserKey,
      ...appIds.flatMap((appId) => [
        { secret: `${appId}-database`, key: 'password' },
        { secret: databaseOwnerSecret(appId), key: 'password' },
      ]),
      { secret: 'backup', key: 'databasePassword' },
    ],
    resources,
  });
  return job('provision-databases', template, []);
}

function migrationJob(appId: AppId): object {
  const template = databasePod({
    name,
    command: 'migrateCommand',
    keys: [{ secret: databaseOwnerSecret(appId), key: 'password' }],
    env: { APP_ID: appId },
    resources,
  });
  return job(`migrate-${appId}`, template, [
    'packages/service-kit/migrations',
    join('services', appId, 'prisma', 'migrations'),
  ]);
}

/**
 * A Job cannot be changed, only made: its name ends with a hash of what it would do, so that new migrations are a new Job and the same ones
 * are the one that is there.
 */
function job(prefix: string, template: object, folders: readonly string[]): object {
  const spec = {
    backoffLimit: retries,
    activeDeadlineSeconds: longestSeconds,
    ttlSecondsAfterFinished: keptSeconds,
    template,
  };
  const hash = createHash('sha256').update(JSON.stringify(spec));
  for (const path of folders.flatMap(sqlFilesIn))
    hash.update(`\0${path}\0`).update(readFileSync(join(repositoryDir, path)));
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${prefix}-${hash.digest('hex').slice(0, 8)}`, namespace, labels: labelsOf(name) },
    spec,
  };
}

function sqlFilesIn(path: string): readonly string[] {
  return readdirSync(join(repositoryDir, path))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => join(path, file));
}
