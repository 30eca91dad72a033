import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { appIds } from '@todo-chatbot/contracts';
import { daprVersion } from '@todo-chatbot/local-platform/testing';
import { parse } from 'yaml';
import { z } from 'zod';
import { overlays, renderOverlay } from './renderOverlay.ts';

const repositoryDir = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFile(join(repositoryDir, path), 'utf8');
/** Every image of ours: one for each service, the witness's, and that of the one-shot commands. */
const ownImages = [...appIds, 'witness', 'tools'].sort();

const daprValuesSchema = z.object({
  global: z.object({ tag: z.string(), mtls: z.object({ enabled: z.literal(true) }) }),
  dapr_sidecar_injector: z.object({
    webhookFailurePolicy: z.literal('Fail'),
    sidecarDropALLCapabilities: z.literal(true),
    objectSelector: z.object({ matchExpressions: z.tuple([z.object({ values: z.array(z.string()) })]) }),
  }),
});

describe('Dapr in the cluster (MESH-1, K8S-3)', () => {
  it('attack: no service is left out of the webhook that refuses pods without a sidecar', async () => {
    const values = daprValuesSchema.parse(parse(await read('k8s/dapr/values.yaml')));
    const [{ values: guarded }] = values.dapr_sidecar_injector.objectSelector.matchExpressions;
    assert.deepEqual(guarded.sort(), [...appIds].sort());
  });

  it('has one version: in the chart’s values, in the list of operators, and on one machine', async () => {
    const values = daprValuesSchema.parse(parse(await read('k8s/dapr/values.yaml')));
    const row = /^dapr +dapr-system +(\S+)/m.exec(await read('k8s/operators/install'));
    assert.deepEqual([values.global.tag, row?.[1]], [daprVersion, daprVersion]);
  });
});

const kustomizationSchema = z.object({ images: z.array(z.object({ name: z.string() })) });

describe('Images (K8S-4)', () => {
  it('of ours are named by both overlays, each of them', async () => {
    for (const path of ['k8s/overlays/kind', 'k8s/overlays/production/images']) {
      const { images } = kustomizationSchema.parse(parse(await read(`${path}/kustomization.yaml`)));
      assert.deepEqual(images.map(({ name }) => name).sort(), ownImages.map((name) => `todo-chatbot/${name}`).sort());
    }
  });

  it('attack: none follows a moving tag, and in production ours have a digest', async () => {
    for (const overlay of overlays) {
      const images = imagesIn(await renderOverlay(overlay));
      assert.deepEqual(
        images.filter((image) => /:latest$/.test(image) || !/[:@]/.test(image.split('/').at(-1) ?? '')),
        [],
      );
      if (overlay === 'production') {
        const ours = images.filter((image) => image.includes('todo-chatbot/'));
        assert.deepEqual(
          ours.filter((image) => !image.includes('@sha256:')),
          [],
        );
        assert.equal(new Set(ours).size, ownImages.length);
      }
    }
  });
});

/** What every `image` and `imageName` of the objects says. */
function imagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    /^image(Name)?$/.test(key) && typeof child === 'string' ? [child] : imagesIn(child),
  );
}

const packageSchema = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

describe('The development loop (K8S-5)', () => {
  it('builds every image, and takes in the source of each package that a service runs on', async () => {
    const tiltfile = await read('tilt/Tiltfile');
    const targets = [...tiltfile.matchAll(/^ {4}'([\w-]+)': '(?:service|gateway|witness|tools)',$/gm)];
    assert.deepEqual(targets.map(([, name]) => name).sort(), ownImages);
    const listed = /^live_packages = \[(.*)\]$/m.exec(tiltfile)?.[1];
    const wanted = new Set((await Promise.all(appIds.map((appId) => packagesOf(`services/${appId}`)))).flat());
    assert.deepEqual(listed?.split(', ').sort(), [...wanted].map((name) => `'${name}'`).sort());
  });
});

/** Names of the workspace's packages that one depends on, directly or not. */
async function packagesOf(folder: string): Promise<readonly string[]> {
  const { dependencies } = packageSchema.parse(JSON.parse(await read(`${folder}/package.json`)));
  const own = Object.keys(dependencies).flatMap((name) => name.match(/^@todo-chatbot\/(.+)$/)?.[1] ?? []);
  return [...own, ...(await Promise.all(own.map((name) => packagesOf(`packages/${name}`)))).flat()];
}
