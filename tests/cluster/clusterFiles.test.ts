import assert from 'node:assert/strict';
import { access, constants, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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

const scriptsSchema = z.object({ scripts: z.record(z.string(), z.string()) });

describe('Documents of operations', () => {
  it('name commands and files that exist', async () => {
    const { scripts } = scriptsSchema.parse(JSON.parse(await read('package.json')));
    const folder = 'docs/operations';
    const documents = (await readdir(join(repositoryDir, folder))).map((name) => `${folder}/${name}`);
    const faults: string[] = [];
    for (const path of [...documents, 'tilt/README.md', 'k8s/README.md']) {
      const text = await read(path);
      for (const [, name = ''] of text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)) {
        if (!(name in scripts)) faults.push(`${path}: npm run ${name}`);
      }
      for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
        if (!(await isThere(join(dirname(path), target)))) faults.push(`${path}: ${target}`);
      }
      for (const [program] of text.matchAll(/\b(?:k8s|tilt)\/[\w/]+(?=[\s`])/g)) {
        if (!(await isThere(program))) faults.push(`${path}: ${program}`);
      }
    }
    assert.deepEqual(faults, []);
  });

  it('and the development loop call programs that can be called', async () => {
    const text = (await Promise.all(['tilt/Tiltfile', 'k8s/overlays/kind/create'].map(read))).join('\n');
    const programs = new Set(
      [...text.matchAll(/\bk8s\/(?:operators\/install|rotate\w+|overlays\/kind\/[a-z]\w+)(?=[ '])/g)].map(
        ([path]) => path,
      ),
    );
    programs.delete('k8s/overlays/kind/observe');
    assert.ok(programs.size >= 5);
    for (const path of programs) assert.ok(await isThere(path, constants.X_OK), path);
  });
});

async function isThere(path: string, mode: number = constants.F_OK): Promise<boolean> {
  return access(join(repositoryDir, path), mode).then(
    () => true,
    () => false,
  );
}
