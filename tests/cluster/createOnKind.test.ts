import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const script = join(import.meta.dirname, '..', '..', 'k8s', 'overlays', 'kind', 'create');
/** Programs of the system that the scripts use besides. */
const usualPrograms = ['bash', 'env', 'dirname', 'grep', 'awk', 'cat', 'mkdir', 'rm'];
const timeoutMs = 20_000;

/**
 * Stand-ins for programs that would change a machine: each writes down how it was called, and answers as it does where there is a cluster
 * (`HAS_CLUSTER=1`) or none.
 */
const standIn = `#!/usr/bin/env bash
echo "\${0##*/} $*" >>"$CALLS"
case "\${0##*/} $*" in
  'kind get clusters') if [ -n "$HAS_CLUSTER" ]; then echo todo-chatbot; fi ;;
  'kind get nodes'*) echo todo-chatbot-control-plane ;;
  'docker network inspect'*) echo "\${NETWORK:-172.18.0.0/16}" ;;
  'docker inspect'* | *' get job '* | *' get deployment '*) [ -n "$HAS_CLUSTER" ] ;;
  *' get secret '*)
    if [ -n "$NO_ANSWER" ]; then exit 1; fi
    if [ -n "$HAS_CLUSTER" ]; then echo secret/backup; fi
    ;;
esac
`;

describe('A cluster on one’s own machine, with one command (K8S-1)', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'create-on-kind-'));
    await writeFile(join(folder, 'stand-in'), standIn, { mode: 0o755 });
    for (const name of usualPrograms) await symlink(await pathOf(name), join(folder, name));
    for (const name of ['docker', 'kind', 'kubectl', 'helm', 'node', 'npm'])
      await symlink('stand-in', join(folder, name));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const create = (env: Record<string, string> = {}) => run(folder, env);

  it('makes cluster, operators, images, secrets and objects in this order', async () => {
    const { code, stderr, calls } = await create();
    assert.equal(code, 0, stderr);
    const order = [
      'kind create cluster',
      'docker run',
      'helm upgrade --install dapr',
      'docker push',
      'npm run --silent cluster:secrets',
      'kubectl --context kind-todo-chatbot --namespace todo-chatbot apply',
      'create job witness-begin',
    ];
    const places = order.map((what) => calls.findIndex((call) => call.includes(what)));
    assert.ok(
      places.every((place) => place >= 0),
      `${places} of ${calls.join('\n')}`,
    );
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  it('leaves cluster, registry, secrets and the witness’s store as they are when it is repeated', async () => {
    const { code, stderr, calls } = await create({ HAS_CLUSTER: '1' });
    assert.equal(code, 0, stderr);
    for (const never of ['kind create', 'docker run', 'cluster:secrets', 'create job']) {
      assert.deepEqual(
        calls.filter((call) => call.includes(never)),
        [],
      );
    }
    assert.ok(
      calls.some((call) => call.includes('rollout restart')),
      'pods fetch what was built',
    );
  });

  it('attack: speaks with no cluster but its own, whatever the current context is', async () => {
    const { calls } = await create({ HAS_CLUSTER: '1' });
    const others = calls.filter(
      (call) =>
        /^(kubectl|helm) /.test(call) &&
        !/--(kube-)?context kind-todo-chatbot |^kubectl config get-contexts kind-todo-chatbot/.test(call),
    );
    assert.deepEqual(others, []);
  });

  it('makes no secrets, and leaves the key that opens backups, when it does not know what is there', async () => {
    const { code, calls } = await create({ HAS_CLUSTER: '1', NO_ANSWER: '1' });
    assert.notEqual(code, 0);
    assert.deepEqual(
      calls.filter((call) => call.includes('cluster:secrets')),
      [],
    );
  });

  it('names everything that is missing at once, and does nothing', async () => {
    for (const name of ['kind', 'helm']) await rm(join(folder, name));
    const { code, stderr, calls } = await create();
    assert.equal(code, 1);
    assert.match(stderr, /not installed: kind helm$/m);
    assert.deepEqual(calls, []);
  });

  it('says so when network policies would not let sidecars reach the API server', async () => {
    const { code, stderr } = await create({ HAS_CLUSTER: '1', NETWORK: '172.19.0.0/16' });
    assert.equal(code, 1);
    assert.match(stderr, /172\.19\.0\.0\/16, not 172\.18\.0\.0\/16/);
  });
});

interface Outcome {
  readonly code: number;
  readonly stderr: string;
  readonly calls: readonly string[];
}

async function run(folder: string, env: Record<string, string>): Promise<Outcome> {
  const file = join(folder, 'calls');
  await writeFile(file, '');
  const options = { timeout: timeoutMs, env: { PATH: folder, CALLS: file, HAS_CLUSTER: '', NO_ANSWER: '', ...env } };
  const { code, stderr } = await new Promise<Omit<Outcome, 'calls'>>((resolve) => {
    execFile(script, [], options, (error, _stdout, said) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stderr: said }),
    );
  });
  return { code, stderr, calls: (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '') };
}

function pathOf(program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('which', [program], (error, stdout) => (error ? reject(error) : resolve(stdout.trim())));
  });
}
