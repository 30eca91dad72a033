import type { GeneratedFile } from '../generatedFile.ts';

/** The kustomization of a folder in which everything is generated. `paths` are relative to it. */
export function kustomizationOf(folder: string, paths: readonly string[]): GeneratedFile {
  return {
    path: `${folder}/kustomization.yaml`,
    comment: 'What this folder has.',
    documents: [{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [...paths].sort() }],
  };
}
