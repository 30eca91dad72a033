import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import type { KubernetesObject } from './renderOverlay.ts';

/** Longest wait for one answer; judging the largest object takes a second on a busy machine. */
const answerTimeoutMs = 60_000;
/** Longest wait for kubectl to listen. */
const startTimeoutMs = 30_000;
/** How we call ourselves to the API server, which remembers for each field who set it. */
const fieldManager = 'check-cluster';

/** An answer of the API server. */
export interface Answer {
  readonly status: number;
  /** Why it refused, if it did; else empty. */
  readonly reason: string;
  readonly body: unknown;
}

/** The API server that KUBECONFIG names, with the rights of whoever it names. */
export interface ApiServer {
  readonly send: (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

const statusSchema = z.object({ message: z.string() });

/**
 * Opens it through `kubectl proxy`, which knows every way to sign in that a kubeconfig can name. It listens on a socket in a folder of our
 * own: on a port, every process of this machine could use these rights. Throws what kubectl says.
 */
export async function openApiServer(): Promise<ApiServer> {
  const folder = await mkdtemp(join(tmpdir(), 'check-cluster-'));
  const socketPath = join(folder, 'api');
  const child = spawn('kubectl', ['proxy', `--unix-socket=${socketPath}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const close = async () => {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // Its first line says that it listens.
    await Promise.race([
      once(child.stdout, 'data', { signal: AbortSignal.timeout(startTimeoutMs) }),
      once(child, 'exit').then(() => Promise.reject(new Error('kubectl proxy did not start: is KUBECONFIG set?'))),
    ]);
  } catch (error) {
    await close();
    throw error;
  }
  return { send: (method, path, body) => sendTo(socketPath, method, path, body), close };
}

async function sendTo(socketPath: string, method: string, path: string, body?: object): Promise<Answer> {
  const type = method === 'PATCH' ? 'application/apply-patch+yaml' : 'application/json';
  const outgoing = request({
    socketPath,
    method,
    path,
    headers: { 'content-type': type },
    signal: AbortSignal.timeout(answerTimeoutMs),
  });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  const answered: unknown[] = await once(outgoing, 'response');
  const response = z.custom<import('node:http').IncomingMessage>().parse(answered[0]);
  const status = response.statusCode ?? 0;
  const content = await json(response);
  const reason = status < 300 ? '' : (statusSchema.safeParse(content).data?.message ?? `status ${status}`);
  return { status, reason, body: content };
}

const groupsSchema = z.object({
  groups: z.array(z.object({ versions: z.array(z.object({ groupVersion: z.string() })) })),
});
const resourcesSchema = z.object({
  groupVersion: z.string(),
  resources: z.array(
    z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean(), verbs: z.array(z.string()) }),
  ),
});

/** A kind of object that an API server has, or a part of one such as `pods/exec`. */
export interface Resource {
  /** `apps/v1`, `v1`. */
  readonly groupVersion: string;
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** Everything that it has, in every version. */
export async function resourcesOf(api: ApiServer): Promise<readonly Resource[]> {
  const { groups } = groupsSchema.parse((await api.send('GET', '/apis')).body);
  const paths = [
    '/api/v1',
    ...groups.flatMap(({ versions }) => versions.map(({ groupVersion }) => `/apis/${groupVersion}`)),
  ];
  const lists = await Promise.all(paths.map(async (path) => resourcesSchema.parse((await api.send('GET', path)).body)));
  return lists.flatMap(({ groupVersion, resources }) => resources.map((resource) => ({ groupVersion, ...resource })));
}

/** Puts objects before the API server. */
export interface Judge {
  /** Applies it by server-side apply with strict fields; `dryRun` changes nothing. Tells the API server's reason, empty if it agrees. */
  readonly apply: (object: KubernetesObject, options: { readonly dryRun: boolean }) => Promise<string>;
  /** The same by creation, which also asks the admission policies for pods. Always a dry run. */
  readonly create: (object: KubernetesObject) => Promise<string>;
  readonly remove: (object: KubernetesObject) => Promise<string>;
}

/** A judge who knows the kinds that there are now. */
export async function judgeOf(api: ApiServer): Promise<Judge> {
  const resources = await resourcesOf(api);
  const pathOf = ({ apiVersion, kind, metadata }: KubernetesObject) => {
    const resource = resources.find(
      (candidate) => candidate.groupVersion === apiVersion && candidate.kind === kind && !candidate.name.includes('/'),
    );
    if (!resource) return undefined;
    const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`;
    const scope = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${root}${scope}/${resource.name}`;
  };
  const unknownKind = ({ apiVersion, kind }: KubernetesObject) => `the server has no kind ${kind} in ${apiVersion}`;
  const query = (dryRun: boolean) =>
    `?fieldManager=${fieldManager}&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
  return {
    apply: async (object, { dryRun }) => {
      const path = pathOf(object);
      if (path === undefined) return unknownKind(object);
      return (await api.send('PATCH', `${path}/${object.metadata.name}${query(dryRun)}&force=true`, object)).reason;
    },
    create: async (object) => {
      const path = pathOf(object);
      return path === undefined
        ? unknownKind(object)
        : (await api.send('POST', `${path}${query(true)}`, object)).reason;
    },
    remove: async (object) => {
      const path = pathOf(object);
      return path === undefined ? '' : (await api.send('DELETE', `${path}/${object.metadata.name}`)).reason;
    },
  };
}
