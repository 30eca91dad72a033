import type { GeneratedFile } from '../generatedFile.ts';
import { namespace } from '../names.ts';
import type { Resources } from '../workloads.ts';
import { byHand, cronJob } from './cronJob.ts';
import { databasePod, superuserKey } from './databaseTools.ts';
import { kustomizationOf } from './kustomization.ts';
import { accountOf, labelsOf } from './pod.ts';

const folder = 'k8s/base/backup';
const name = 'backup';
const setsFolder = '/var/lib/todo-chatbot/backups';
const volume = { claim: 'backups', mountPath: setsFolder };

const resources: Resources = {
  requests: { cpu: '50m', memory: '96Mi' },
  limits: { cpu: '1', memory: '256Mi' },
};
/** As the role's own limit of a statement: a backup that takes longer than this is stuck. */
const longestBackupSeconds = 3600;
const longestRestoreSeconds = 6 * 3600;
/** A look that cannot start within this time is left to the next one. */
const startingSeconds = 50;

/** A look each minute at what is to be backed up, the volume of the sets, and the Job that restores, which somebody has to start. */
export function backupFiles(): readonly GeneratedFile[] {
  const files: GeneratedFile[] = [
    {
      path: `${folder}/backup.yaml`,
      comment:
        'Takes the backups that are due (DATA-3). One at a time; packages/backup/README.md says what is kept for how long.',
      documents: [backupJob(), claim(), accountOf(name)],
    },
    {
      path: `${folder}/restore.yaml`,
      comment:
        'Restores a backup while no service runs (docs/operations/restore.md): "kubectl create job --from=cronjob/restore restore"; by schedule it never runs.',
      documents: [restoreJob()],
    },
  ];
  return [...files, kustomizationOf(folder, ['backup.yaml', 'restore.yaml'])];
}

function backupJob(): object {
  const template = databasePod({
    name,
    command: 'backupCommand',
    keys: ['databasePassword', 'signingKey', 'recipient'].map((key) => ({ secret: 'backup', key })),
    // The next look is in a minute.
    env: { WAIT_SECONDS: '0', BACKUPS_FOLDER: setsFolder },
    resources,
    volume,
  });
  return cronJob(
    { name, owner: name },
    {
      schedule: '* * * * *',
      startingDeadlineSeconds: startingSeconds,
      // Fewer than the limits of an alert would hide a failure; more would fill the list of pods.
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobSpec: { backoffLimit: 0, activeDeadlineSeconds: longestBackupSeconds, template },
    },
  );
}

function restoreJob(): object {
  const template = databasePod({
    name,
    command: 'restoreCommand',
    keys: [superuserKey, { secret: 'backup', key: 'signingKey' }, { secret: 'backup-identity', key: 'identity' }],
    // Names of sets; empty: the newest.
    env: { BACKUPS_FOLDER: setsFolder, DATA_SET: '', KEYS_SET: '', LOG_SET: '' },
    resources,
    volume,
  });
  return cronJob(
    { name: 'restore', owner: name },
    {
      ...byHand,
      startingDeadlineSeconds: startingSeconds,
      jobSpec: { backoffLimit: 0, activeDeadlineSeconds: longestRestoreSeconds, template },
    },
  );
}

function claim(): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: volume.claim, namespace, labels: labelsOf(name) },
    // Not for one pod alone: what carries the sets away reads beside. That two never write is the lock's, which a backup takes in the database.
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
  };
}
