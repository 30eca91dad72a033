import assert from 'node:assert/strict';
import { access, constants, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { z } from 'zod';
import { podTemplateOf } from './networkPolicies.ts';
import { type KubernetesObject, renderOverlay } from './renderOverlay.ts';

const repositoryDir = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFile(join(repositoryDir, path), 'utf8');

const operations = 'docs/operations';
/** What somebody reads who runs the platform. */
const documents = [
  'README.md',
  'docs/deployment.md',
  'images/README.md',
  'k8s/README.md',
  'k8s/base/edge/README.md',
  'packages/databases/README.md',
  'tilt/README.md',
  ...(await readdir(join(repositoryDir, operations))).map((name) => `${operations}/${name}`),
];

/** Objects that no manifest of ours holds, with whoever makes them. */
const madeByOthers: Readonly<Record<string, readonly string[]>> = {
  Strimzi: ['secret/todo-chatbot-cluster-ca', 'secret/todo-chatbot-cluster-ca-cert'],
  CloudNativePG: [
    'secret/todo-chatbot-postgres-ca',
    'secret/todo-chatbot-postgres-server',
    'service/todo-chatbot-postgres-rw',
  ],
  Dapr: ['secret/dapr-trust-bundle', 'configmap/dapr-trust-bundle'],
  'the steps of the documents': ['job/restore', 'job/witness-begin', 'secret/backup-identity'],
};
/** Kinds of which a document names none by a name that we give. */
const otherKinds = ['pod', 'node'];
/** Containers that Dapr and CloudNativePG put into pods. */
const otherContainers = ['daprd', 'postgres'];

const containersSchema = z.looseObject({ containers: z.array(z.looseObject({ name: z.string() })) });
const certificateSchema = z.object({ spec: z.object({ secretName: z.string() }) });

/** What commands may name. */
interface Known {
  readonly kinds: ReadonlySet<string>;
  /** `kind/name`, in lower case. */
  readonly objects: ReadonlySet<string>;
  readonly containers: ReadonlySet<string>;
  /** Values of `app.kubernetes.io/name` on pods and on what makes them. */
  readonly names: ReadonlySet<string>;
}

function knownOf(objects: readonly KubernetesObject[]): Known {
  const pods = objects.flatMap((object) => podTemplateOf(object) ?? []);
  const nameOf = (labels: Readonly<Record<string, string>> | undefined) => labels?.['app.kubernetes.io/name'] ?? [];
  const secrets = objects.flatMap((object) => {
    if (object.kind === 'ExternalSecret') return [object.metadata.name];
    return object.kind === 'Certificate' ? [certificateSchema.parse(object).spec.secretName] : [];
  });
  return {
    kinds: new Set([...objects.map(({ kind }) => kind.toLowerCase()), ...otherKinds, 'secret']),
    objects: new Set([
      ...objects.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`),
      ...secrets.map((name) => `secret/${name}`),
      ...Object.values(madeByOthers).flat(),
    ]),
    containers: new Set([
      ...pods.flatMap(({ spec }) => containersSchema.parse(spec).containers.map(({ name }) => name)),
      ...otherContainers,
    ]),
    names: new Set(objects.flatMap(({ metadata }) => nameOf(metadata.labels))),
  };
}

/** What the commands of a text name and nobody has. Names in capitals, in `<>` and of the shell are the reader's to fill in. */
function unknownIn(text: string, known: Known): readonly string[] {
  return [...text.matchAll(/kubectl [^`|&\n#]*/g)].flatMap(([command]) => {
    const faults = [...objectsIn(command)].flatMap(({ kind, name }) => {
      if (!known.kinds.has(kind)) return [`kind ${kind}`];
      return name === undefined || known.objects.has(`${kind}/${name}`) ? [] : [`${kind}/${name}`];
    });
    for (const [, name = ''] of command.matchAll(/--container ([a-z][\w-]*)/g)) {
      if (!known.containers.has(name)) faults.push(`container ${name}`);
    }
    for (const [, one, list = ''] of command.matchAll(/kubernetes\.io\/name(?:=([\w-]+)| in \(([\w,-]+)\))/g)) {
      for (const name of one ? [one] : list.split(',')) if (!known.names.has(name)) faults.push(`label ${name}`);
    }
    return faults.map((fault) => `${fault} in "${command.trim()}"`);
  });
}

/** Kinds and names after the verb, and wherever `kind/name` stands. */
function* objectsIn(command: string): Generator<{ kind: string; name?: string }> {
  for (const [, kind = '', name = ''] of command.matchAll(/[ =]"?([a-z]+)\/([a-z][a-z0-9-]*)(?=["\s]|$)/g)) {
    if (!kind.startsWith('k8s')) yield { kind, name };
  }
  const verb =
    / (?:get|describe|delete|patch|scale|annotate|wait|rollout (?:restart|status|undo)) ([a-z][\w.,]*)(?= |$)/;
  const found = verb.exec(command);
  if (!found) return;
  for (const kind of (found[1] ?? '').split(',')) yield { kind: kind.replace(/\..*/, '').replace(/s$/, '') };
  for (const word of command
    .slice(found.index + found[0].length)
    .trim()
    .split(/\s+/)) {
    if (!/^[a-z][a-z0-9-]*$/.test(word)) return;
    yield { kind: (found[1] ?? '').replace(/s$/, ''), name: word };
  }
}

describe('Documents for whoever runs the platform', () => {
  let known: Known;
  before(async () => {
    known = knownOf(await renderOverlay('production'));
  });

  it('name commands, files and headings that exist', async () => {
    const commands = await scripts();
    const faults: string[] = [];
    for (const path of documents) {
      const text = await read(path);
      for (const [, name = ''] of text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)) {
        if (!(name in commands)) faults.push(`${path}: npm run ${name}`);
      }
      for (const [, target = '', heading] of text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
        const file = target === '' ? path : join(dirname(path), target);
        if (!(await isThere(file))) faults.push(`${path}: ${target}`);
        else if (heading && !headingsOf(await read(file)).has(heading)) faults.push(`${path}: ${target}#${heading}`);
      }
      for (const [file] of text.matchAll(
        /\b(?:k8s|tilt|images|packages|services|tests|docs|tools)\/[\w./-]*\w(?=[\s`;:,)])/g,
      )) {
        if (!(await isThere(file)) && !(await isThere(join(dirname(path), file)))) faults.push(`${path}: ${file}`);
      }
    }
    assert.deepEqual(faults, []);
  });

  it('leave out no command of package.json', async () => {
    const text = (await Promise.all(documents.map(read))).join('\n');
    const unnamed = Object.keys(await scripts()).filter(
      (name) => !new RegExp(`npm (?:run )?(?:--silent )?${name}(?![\\w:-])`).test(text),
    );
    assert.deepEqual(unnamed, []);
  });

  it('name objects, containers and labels that an installation has', async () => {
    const faults = await Promise.all(
      documents.map(async (path) => unknownIn(await read(path), known).map((fault) => `${path}: ${fault}`)),
    );
    assert.deepEqual(faults.flat(), []);
  });

  it('are held against the manifests so that each fault is seen', () => {
    const text = [
      'kubectl rollout restart deployment chat-gateway redis',
      'kubectl --namespace todo-chatbot logs job/restored',
      'kubectl create job --from=cronjob/backups once',
      'kubectl get thing',
      'kubectl exec deployment/auth --container main -- node',
      "kubectl wait pod --selector 'app.kubernetes.io/name in (auth,gateway)' --timeout=5m",
      'kubectl delete pod --selector app.kubernetes.io/name=tasks',
    ].join('\n');
    assert.deepEqual(
      unknownIn(text, known).map((fault) => fault.replace(/ in .*/, '')),
      [
        'deployment/redis',
        'job/restored',
        'cronjob/backups',
        'kind thing',
        'container main',
        'label gateway',
        'label tasks',
      ],
    );
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

/** The commands of package.json. */
async function scripts(): Promise<Readonly<Record<string, string>>> {
  return z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(await read('package.json'))).scripts;
}

/** Names under which GitHub links the headings of a text. */
function headingsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    ),
  );
}

async function isThere(path: string, mode: number = constants.F_OK): Promise<boolean> {
  return access(join(repositoryDir, path), mode).then(
    () => true,
    () => false,
  );
}
