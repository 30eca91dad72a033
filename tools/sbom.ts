// `npm run sbom -- APP`: prints the bill of materials of an app's image as CycloneDX 1.6 (K8S-4). It lists what `pnpm install --prod` brings for the
// app, with Node and the base image, by the lock file: the same text for the same commit.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { type AppId, isAppId } from '@todo-chatbot/contracts';
import { type BaseImage, baseImages, referenceOf } from '@todo-chatbot/manifests';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The tree of the largest app has 15 MB. */
const maxListBytes = 256 * 1024 * 1024;
/** Deeper than any chain of dependencies. */
const maxDepth = 100;

interface Dependency {
  readonly version: string;
  readonly path: string;
  readonly dependencies?: Readonly<Record<string, Dependency>> | undefined;
}
const dependencySchema: z.ZodType<Dependency> = z.lazy(() =>
  z.object({
    version: z.string(),
    path: z.string(),
    dependencies: z.record(z.string(), dependencySchema).optional(),
  }),
);
const listSchema = z.tuple([
  z.object({ version: z.string(), dependencies: z.record(z.string(), dependencySchema).default({}) }),
]);
const manifestSchema = z.object({ version: z.string(), license: z.string().optional() });

async function dependenciesOf(name: string): Promise<z.infer<typeof listSchema>[0]> {
  const { packageManager } = z
    .object({ packageManager: z.string() })
    .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
  const list = ['--filter', name, 'list', '--prod', '--json', '--depth', String(maxDepth)];
  const { stdout } = await promisify(execFile)('npx', ['--yes', packageManager, ...list], {
    cwd: root,
    maxBuffer: maxListBytes,
  });
  return listSchema.parse(JSON.parse(stdout))[0];
}

const components = new Map<string, Models.Component>();

/** The component of a package and of everything below it. */
async function componentOf(name: string, { path, dependencies = {} }: Dependency): Promise<Models.Component> {
  const { version, license } = manifestSchema.parse(JSON.parse(await readFile(join(path, 'package.json'), 'utf8')));
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const known = components.get(purl);
  if (known) return known;
  const component = new Models.Component(Enums.ComponentType.Library, name, { version, purl, bomRef: purl });
  if (license !== undefined) component.licenses.add(new Models.LicenseExpression(license));
  components.set(purl, component);
  for (const [child, dependency] of Object.entries(dependencies))
    component.dependencies.add((await componentOf(child, dependency)).bomRef);
  return component;
}

function containerOf({ image, tag, digest }: BaseImage): Models.Component {
  const purl = `pkg:oci/${image.split('/').at(-1)}${digest ? `@${digest.replace(':', '%3A')}` : ''}?repository_url=${image}&tag=${tag}`;
  return new Models.Component(Enums.ComponentType.Container, image, { version: tag, purl, bomRef: purl });
}

async function billOf(app: AppId): Promise<Models.Bom> {
  const { version, dependencies } = await dependenciesOf(`@todo-chatbot/${app}`);
  // The gateway's image has the web app, into which Vite has put its packages.
  const bundled = app === 'chat-gateway' ? (await dependenciesOf('@todo-chatbot/web')).dependencies : {};
  const image = new Models.Component(Enums.ComponentType.Container, `todo-chatbot/${app}`, { version, bomRef: app });
  for (const [name, dependency] of [...Object.entries(dependencies), ...Object.entries(bundled)])
    image.dependencies.add((await componentOf(name, dependency)).bomRef);
  const node = new Models.Component(Enums.ComponentType.Application, 'node', {
    version: process.versions.node,
    purl: `pkg:generic/node@${process.versions.node}`,
    bomRef: `node from ${referenceOf(baseImages.node)}`,
  });
  const parts = [node, containerOf(baseImages.runtime)];
  for (const part of parts) image.dependencies.add(part.bomRef);
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: image }) });
  for (const component of [...parts, ...components.values()]) bom.components.add(component);
  return bom;
}

const [app] = process.argv.slice(2);
if (!isAppId(app)) {
  console.error('Usage: npm run --silent sbom -- APP > APP.cdx.json');
  process.exitCode = 2;
} else {
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  console.log(serializer.serialize(await billOf(app), { sortLists: true, space: 2 }));
}
