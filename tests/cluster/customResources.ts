import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type KubernetesObject, parseObjects } from './renderOverlay.ts';

/** Modules whose source has the CRDs of an operator, by version, and the folder where they are. Go checks what it downloads. */
const modules = [
  { module: 'github.com/dapr/dapr@v1.18.2', folder: 'charts/dapr/crds' },
  { module: 'github.com/cert-manager/cert-manager@v1.21.2', folder: 'deploy/crds' },
  { module: 'github.com/kedacore/keda/v2@v2.21.0', folder: 'config/crd/bases' },
  {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    folder: 'example/prometheus-operator-crd',
  },
  { module: 'github.com/external-secrets/external-secrets@v1.3.2', folder: 'config/crds/bases' },
] as const;
const downloadTimeoutMs = 300_000;

const downloadSchema = z.object({ Dir: z.string() });

/** CRDs of the operators that the Go module proxy has, and those in `paths` (files or folders). Throws what go says. */
export async function customResourceDefinitions(paths: readonly string[]): Promise<readonly KubernetesObject[]> {
  const folders: string[] = [];
  for (const { module, folder } of modules) {
    const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', module], {
      timeout: downloadTimeoutMs,
    });
    folders.push(join(downloadSchema.parse(JSON.parse(stdout)).Dir, folder));
  }
  const objects = await Promise.all([...folders, ...paths].map(objectsIn));
  return objects.flat().filter(({ kind }) => kind === 'CustomResourceDefinition');
}

/** Objects in a YAML file, or in those of a folder. */
export async function objectsIn(path: string): Promise<readonly KubernetesObject[]> {
  const isFolder = (await stat(path)).isDirectory();
  const files = isFolder
    ? (await readdir(path)).filter((name) => isManifest(name)).map((name) => join(path, name))
    : [path];
  const texts = await Promise.all(files.sort().map((file) => readFile(file, 'utf8')));
  return texts.flatMap(parseObjects);
}

/** A kustomization lists objects, but is none. */
const isManifest = (name: string) => name.endsWith('.yaml') && name !== 'kustomization.yaml';
