import { appIds } from '@todo-chatbot/contracts';
import { composeFiles } from './compose/compose.ts';
import { daprFiles } from './dapr/documents.ts';
import type { GeneratedFile } from './generatedFile.ts';
import { kustomizationOf } from './kubernetes/kustomization.ts';
import { networkFiles } from './kubernetes/network.ts';
import { serviceFiles } from './kubernetes/services.ts';

/** Every file that follows from the tables, in a fixed order. */
export function generatedFiles(): readonly GeneratedFile[] {
  return [...daprFilesInFolder(), ...appIds.flatMap(serviceFiles), ...networkFiles(), ...composeFiles()];
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
