import { execFile } from 'node:child_process';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { parseArgs, promisify } from 'node:util';
import { namespace } from '@todo-chatbot/manifests';
import { z } from 'zod';

/** Longest wait for one answer of the API server. */
const timeoutMs = 60_000;
/** All pods of a namespace with everything that is known of them. */
const maxAnswerBytes = 32 * 1024 * 1024;

/** Where the platform is, for commands that look at a cluster from outside. */
export interface Cluster {
  /** Name of the context in the kubeconfig. */
  readonly context: string;
  readonly namespace: string;
}

/** What a command is told of the cluster: `[--context NAME] [--url ORIGIN]`, one's own on Kind unless it says otherwise. */
export function clusterOptions(): { readonly cluster: Cluster; readonly url: string } {
  const { values } = parseArgs({
    options: {
      context: { type: 'string', default: 'kind-todo-chatbot' },
      url: { type: 'string', default: 'https://localhost:8443' },
    },
  });
  return { cluster: { context: values.context, namespace }, url: values.url };
}

/** What `kubectl ARGUMENTS --output json` prints; throws with what it said when it fails. */
export async function kubectlJson(cluster: Cluster, ...args: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    'kubectl',
    ['--context', cluster.context, '--namespace', cluster.namespace, ...args, '--output', 'json'],
    { timeout: timeoutMs, maxBuffer: maxAnswerBytes },
  );
  return JSON.parse(stdout);
}

const secretSchema = z.object({ data: z.object({ 'ca.crt': z.base64() }) });

/** Lets this process trust the authority that signed the edge's certificate, besides the usual ones. */
export async function trustEdge(cluster: Cluster): Promise<void> {
  const { data } = secretSchema.parse(await kubectlJson(cluster, 'get', 'secret', 'edge-tls'));
  setDefaultCACertificates([...getCACertificates(), Buffer.from(data['ca.crt'], 'base64').toString()]);
}
