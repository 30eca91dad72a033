// Puts all manifests before the API server that KUBECONFIG names, and asks it what each service account may do:
// npm run check:k8s -- [kind] [production] [--prepare] [--crds PATH]… [--without GROUP]…
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type ApiServer, type Judge, judgeOf, openApiServer } from './apiServer.ts';
import { askPermissions } from './askPermissions.ts';
import { customResourceDefinitions, objectsIn } from './customResources.ts';
import { podTemplateOf } from './networkPolicies.ts';
import {
  type KubernetesObject,
  namespace,
  type Overlay,
  overlays,
  parseObjects,
  renderOverlay,
} from './renderOverlay.ts';

const usage = `Usage: npm run check:k8s -- [kind] [production] [options]
Puts every object of the overlays (both, if none is named) before the API server that KUBECONFIG names, as a dry run with strict fields; then
the pods of each workload, so that Pod Security and the admission policies judge them; then planted faults, which it must refuse; and asks
what each service account may do.
  --prepare        first make, for real, what the judging needs: CRDs, namespaces, service accounts, roles, admission policies.
                   For a server of no other use. Without it nothing is changed, and all of this has to be there.
  --crds PATH      a file or folder with further CRDs to make; may be repeated
  --without GROUP  leave out the objects of an API group whose CRDs are not to be had; they are counted; may be repeated`;

/** Longest time until a policy or a kind that was just made is in force; usually it takes a second. */
const settleMs = 15_000;
const pauseMs = 500;

/** What has to be there for real before anything can be judged. The order is that of need. */
const neededKinds = [
  'Namespace',
  'PriorityClass',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
];

interface Options {
  readonly prepare: boolean;
  readonly crds: readonly string[];
  readonly without: readonly string[];
}

/** What came out so far; `note` takes an empty fault for a pass. */
interface Findings {
  readonly note: (what: string, fault: string) => void;
  readonly passed: () => number;
  readonly faults: readonly string[];
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      prepare: { type: 'boolean', default: false },
      crds: { type: 'string', multiple: true, default: [] },
      without: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  const chosen = overlays.filter((overlay) => positionals.length === 0 || positionals.includes(overlay));
  if (values.help || positionals.some((name) => !overlays.some((overlay) => overlay === name))) {
    console.error(usage);
    return 2;
  }
  const findings = createFindings();
  const api = await openApiServer();
  try {
    if (values.prepare) await makeKinds(api, values.crds, findings);
    const secrets = new Set<string>();
    for (const overlay of chosen) {
      const objects = await renderOverlay(overlay);
      await checkOverlay(api, { overlay, objects }, values, findings);
      for (const name of secretsNamedIn(objects)) secrets.add(name);
    }
    const { faults, asked } = await askPermissions(api, [...secrets]);
    for (const fault of faults) findings.note('permissions', fault);
    console.log(`permissions: ${asked} questions`);
  } finally {
    await api.close();
  }
  for (const fault of findings.faults) console.error(`FAULT ${fault}`);
  console.log(`${findings.passed()} passed, ${findings.faults.length} failed`);
  return findings.faults.length === 0 && findings.passed() > 0 ? 0 : 1;
}

function createFindings(): Findings {
  const faults: string[] = [];
  let passed = 0;
  return {
    note: (what, fault) => {
      if (fault === '') passed += 1;
      else faults.push(`${what}: ${fault}`);
    },
    passed: () => passed,
    faults,
  };
}

async function checkOverlay(
  api: ApiServer,
  { overlay, objects }: { readonly overlay: Overlay; readonly objects: readonly KubernetesObject[] },
  options: Options,
  findings: Findings,
): Promise<void> {
  const judge = await judgeOf(api);
  const good = await objectsIn(join(import.meta.dirname, 'good'));
  if (options.prepare) await makeNeeded(judge, [...objects, ...good], findings);
  const note = (what: string, fault: string) => findings.note(`${overlay}: ${what}`, fault);

  // First: they also show that the policies are in force, without which what follows would prove nothing.
  const planted = ['bad', ...(overlay === 'production' ? ['badInProduction'] : [])];
  for (const folder of planted) await checkPlantedFaults(judge, join(import.meta.dirname, folder), note);
  for (const object of good) if (object.kind === 'Pod') note(titleOf(object), await judge.create(object));

  let left = 0;
  for (const object of objects) {
    if (options.without.includes(object.apiVersion.split('/')[0] ?? '')) left += 1;
    else note(titleOf(object), await judge.apply(object, { dryRun: true }));
  }
  const pods = objects.flatMap(podOf);
  for (const pod of pods) note(titleOf(pod), await judge.create(pod));
  if (options.prepare) for (const pod of pods) await checkNoneWithoutSidecar(judge, pod, note);
  console.log(`${overlay}: ${objects.length} objects, ${left} of them left out`);
  if (options.prepare) await removePolicies(judge, objects);
}

/** Makes CRDs and waits until the server has their kinds. */
async function makeKinds(api: ApiServer, paths: readonly string[], findings: Findings): Promise<void> {
  const judge = await judgeOf(api);
  const kinds = await customResourceDefinitions(paths);
  for (const kind of kinds) findings.note(titleOf(kind), await judge.apply(kind, { dryRun: false }));
  const deadline = Date.now() + settleMs;
  while (!(await areServed(api, kinds.length))) {
    if (Date.now() > deadline) throw new Error(`The new kinds were not there after ${settleMs / 1000} s`);
    await pause(pauseMs);
  }
}

async function areServed(api: ApiServer, count: number): Promise<boolean> {
  const { body } = await api.send('GET', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
  const { items } = kindsSchema.parse(body);
  const served = items.filter(({ status }) =>
    status?.conditions?.some(({ type, status: is }) => type === 'Established' && is === 'True'),
  );
  return served.length >= count;
}

const conditionSchema = z.object({ type: z.string(), status: z.string() });
const kindsSchema = z.object({
  items: z.array(z.object({ status: z.object({ conditions: z.array(conditionSchema).nullish() }).optional() })),
});

async function makeNeeded(judge: Judge, objects: readonly KubernetesObject[], findings: Findings): Promise<void> {
  const named = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  const implied = [...named].flatMap((name): readonly KubernetesObject[] => [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    // A controller makes it in every namespace, but a server alone has no controllers.
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } },
  ]);
  // What is written wins over what is implied, since it comes later.
  const needed = [...implied, ...objects];
  for (const wanted of neededKinds) {
    for (const object of needed) {
      if (object.kind === wanted) findings.note(titleOf(object), await judge.apply(object, { dryRun: false }));
    }
  }
}

/** Policies of one overlay would judge the next one, too. */
async function removePolicies(judge: Judge, objects: readonly KubernetesObject[]): Promise<void> {
  for (const object of objects) if (object.kind.startsWith('ValidatingAdmissionPolicy')) await judge.remove(object);
}

/**
 * Each file has one object with one fault, and says on its first line why it has to be refused; `|` stands between reasons of which the API
 * server tells one. A policy that was just made comes into force
 * a little later, so there is a second chance until the deadline that all of them share.
 */
async function checkPlantedFaults(judge: Judge, folder: string, note: Findings['note']): Promise<void> {
  const deadline = Date.now() + settleMs;
  for (const name of (await readdir(folder)).sort()) {
    const text = await readFile(join(folder, name), 'utf8');
    const [, wanted] = /^# refused: (.+)$/m.exec(text) ?? [];
    const [object] = parseObjects(text);
    const isRight = (refusal: string) => wanted?.split(' | ').some((reasonWanted) => refusal.includes(reasonWanted));
    if (wanted === undefined || object === undefined) {
      note(name, 'has no object, or does not say on its first line why it has to be refused');
      continue;
    }
    let reason = await judge.create(object);
    while (!isRight(reason) && Date.now() < deadline) {
      await pause(pauseMs);
      reason = await judge.create(object);
    }
    note(name, isRight(reason) ? '' : `has to be refused because ${wanted}, but: ${reason || 'it was accepted'}`);
  }
}

/** The pod that a workload makes, of which Pod Security and our policies never hear when they judge the workload. */
function podOf(object: KubernetesObject): readonly KubernetesObject[] {
  const template = podTemplateOf(object);
  if (!template) return [];
  const name = `${object.metadata.name}-check`;
  return [{ apiVersion: 'v1', kind: 'Pod', metadata: { ...template.metadata, name, namespace }, spec: template.spec }];
}

/** For real, since a dry run makes no pod that could run without its sidecar; nobody injects one into what is made by hand (MESH-1). */
async function checkNoneWithoutSidecar(judge: Judge, pod: KubernetesObject, note: Findings['note']): Promise<void> {
  if (pod.metadata.annotations?.['dapr.io/enabled'] !== 'true') return;
  const reason = await judge.apply(pod, { dryRun: false });
  if (reason === '') await judge.remove(pod);
  note(
    `${titleOf(pod)} without its sidecar`,
    reason.includes('a service does not run without its sidecar')
      ? ''
      : `has to be refused, but: ${reason || 'it was accepted'}`,
  );
}

/** Names of Secrets that Roles, volumes and environments speak of. */
function secretsNamedIn(value: unknown, key = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((element) => secretsNamedIn(element, key));
  if (typeof value === 'string') return key === 'secretName' || key === 'resourceNames' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    // `secretKeyRef` has the name of its Secret under `name`.
    secretsNamedIn(inner, key === 'secretKeyRef' && name === 'name' ? 'secretName' : name),
  );
}

function titleOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.name}`;
}

process.exitCode = await main(process.argv.slice(2));
