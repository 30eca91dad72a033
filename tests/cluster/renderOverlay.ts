import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ensureGoPrograms } from '@todo-chatbot/local-platform/testing';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const overlaysDir = join(import.meta.dirname, '..', '..', 'k8s', 'overlays');
/** A build takes less than a second; an overlay is half a megabyte. */
const limits = { timeout: 60_000, maxBuffer: 32 * 1024 * 1024 };

/** Namespace of everything of ours. */
export const namespace = 'todo-chatbot';

/** The two kinds of installation. */
export const overlays = ['kind', 'production'] as const;
export type Overlay = (typeof overlays)[number];

/** An object of Kubernetes; what a kind has besides is for whoever reads that kind. */
const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
export type KubernetesObject = z.infer<typeof objectSchema>;

/** All objects of an overlay, as `kubectl apply --kustomize` would send them. Throws what kustomize says. */
export function renderOverlay(overlay: Overlay): Promise<readonly KubernetesObject[]> {
  return render(join(overlaysDir, overlay));
}

/** Production with a component of its folder that it does not have by itself. */
export async function renderProductionWith(component: string): Promise<readonly KubernetesObject[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'todo-chatbot-overlay-')));
  const production = relative(folder, join(overlaysDir, 'production'));
  const text = `resources: [${production}]\ncomponents: [${join(production, component)}]\n`;
  try {
    await writeFile(join(folder, 'kustomization.yaml'), text);
    return await render(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function render(source: string): Promise<readonly KubernetesObject[]> {
  const folder = await ensureGoPrograms({
    sourceDir: join(import.meta.dirname, 'kustomize'),
    name: 'kustomize',
    targets: { 'sigs.k8s.io/kustomize/kustomize/v5': 'kustomize' },
  });
  const { stdout } = await promisify(execFile)(join(folder, 'kustomize'), ['build', source], limits);
  return parseObjects(stdout);
}

/** Objects of a YAML text; a key that is written twice is an error. */
export function parseObjects(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.contents === null ? [] : [objectSchema.parse(document.toJS())];
  });
}
