import { appIds } from '@todo-chatbot/contracts';
import { composeFiles } from './compose/compose.ts';
import { daprFiles } from './dapr/documents.ts';
import type { GeneratedFile } from './generatedFile.ts';
import { backupFiles } from './kubernetes/backup.ts';
import { externalSecretFiles } from './kubernetes/externalSecrets.ts';
import { kafkaFiles } from './kubernetes/kafka.ts';
import { kustomizationOf } from './kubernetes/kustomization.ts';
import { limitsFiles } from './kubernetes/limits.ts';
import { migrationFiles } from './kubernetes/migrations.ts';
import { networkFiles } from './kubernetes/network.ts';
import { postgresFiles } from './kubernetes/postgres.ts';
import { scalingFiles } from './kubernetes/scaling.ts';
import { serviceFiles } from './kubernetes/services.ts';
import { witnessFiles } from './kubernetes/witness.ts';
import { observabilityFiles } from './observability/files.ts';

/** Every file that follows from the tables, in a fixed order. */
export function generatedFiles(): readonly GeneratedFile[] {
  return [
    ...daprFilesInFolder(),
    ...appIds.flatMap(serviceFiles),
    ...networkFiles(),
    ...kafkaFiles(),
    ...limitsFiles(),
    ...witnessFiles(),
    ...scalingFiles(),
    ...observabilityFiles(),
    ...postgresFiles(),
    ...migrationFiles(),
    ...backupFiles(),
    ...externalSecretFiles(),
    ...composeFiles(),
  ];
}

function daprFilesInFolder(): readonly GeneratedFile[] {
  const files = daprFiles();
  return [
    ...files.map(({ path, comment, document }) => ({
      path: `dapr-components/${path}`,
      comment,
      documents: [document],
    })),
    kustomizationOf(
      'dapr-components',
      files.map(({ path }) => path),
    ),
  ];
}
