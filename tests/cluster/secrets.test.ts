import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { operatorSecrets, secrets } from '@todo-chatbot/manifests';
import { createCosigner, createNoteSigner, verifierKeyOf } from '@todo-chatbot/transparency-log';
import { z } from 'zod';
import { type KubernetesObject, type Overlay, overlays, renderOverlay } from './renderOverlay.ts';

/** Somebody's use of a key of a secret, as `reader secret key`; `*`: all of its keys. */
type Use = `${string} ${string} ${string}`;

const itemsSchema = z.array(z.object({ key: z.string() })).optional();
const secretSourceSchema = z.object({ name: z.string(), items: itemsSchema });
const podTemplateSchema = z.object({
  metadata: z.object({
    labels: z.object({ 'app.kubernetes.io/name': z.string() }),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    containers: z.array(
      z.object({
        env: z
          .array(
            z.object({
              valueFrom: z
                .object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }).optional() })
                .optional(),
            }),
          )
          .default([]),
        envFrom: z.undefined().optional(),
      }),
    ),
    initContainers: z.array(z.object({ env: z.undefined().optional(), envFrom: z.undefined().optional() })).default([]),
    imagePullSecrets: z.undefined().optional(),
    volumes: z
      .array(
        z.object({
          secret: z.object({ secretName: z.string(), items: itemsSchema }).optional(),
          projected: z.object({ sources: z.array(z.object({ secret: secretSourceSchema.optional() })) }).optional(),
        }),
      )
      .default([]),
  }),
});

const keysOf = (items: z.infer<typeof itemsSchema>) => items?.map(({ key }) => key) ?? ['*'];

function usesOfPods(template: z.infer<typeof podTemplateSchema>): readonly Use[] {
  const { metadata, spec } = template;
  const reader = metadata.labels['app.kubernetes.io/name'];
  const tokens = ['dapr.io/api-token-secret', 'dapr.io/app-token-secret'].flatMap((name): Use[] => {
    const secret = metadata.annotations[name];
    return secret === undefined ? [] : [`${reader} ${secret} token`];
  });
  const environment = spec.containers.flatMap(({ env }) =>
    env.flatMap(({ valueFrom }): Use[] => {
      const from = valueFrom?.secretKeyRef;
      return from ? [`${reader} ${from.name} ${from.key}`] : [];
    }),
  );
  const files = spec.volumes.flatMap(({ secret, projected }): Use[] => [
    ...(secret ? keysOf(secret.items).map((key): Use => `${reader} ${secret.secretName} ${key}`) : []),
    ...(projected?.sources ?? []).flatMap((source): Use[] => {
      const from = source.secret;
      return from ? keysOf(from.items).map((key): Use => `${reader} ${from.name} ${key}`) : [];
    }),
  ]);
  return [...tokens, ...environment, ...files];
}

const workloadSchema = z.object({ spec: z.object({ template: podTemplateSchema }) });
const cronJobSchema = z.object({ spec: z.object({ jobTemplate: workloadSchema }) });
const roleSchema = z.object({
  metadata: z.object({ name: z.string() }),
  rules: z.array(z.object({ resources: z.array(z.string()), resourceNames: z.array(z.string()).default([]) })),
});
const userSchema = z.object({
  spec: z.object({
    authentication: z.object({
      password: z.object({
        valueFrom: z.object({ secretKeyRef: z.object({ name: z.string(), key: z.string() }) }),
      }),
    }),
  }),
});
const triggerSchema = z.object({
  spec: z.object({ secretTargetRef: z.array(z.object({ name: z.string(), key: z.string() })) }),
});
const clusterSchema = z.object({
  spec: z.object({ bootstrap: z.object({ initdb: z.object({ secret: z.object({ name: z.string() }) }) }) }),
});

function usesOf(object: KubernetesObject): readonly Use[] {
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return usesOfPods(workloadSchema.parse(object).spec.template);
    case 'CronJob':
      return usesOfPods(cronJobSchema.parse(object).spec.jobTemplate.spec.template);
    case 'Role': {
      const { metadata, rules } = roleSchema.parse(object);
      return rules
        .filter(({ resources }) => resources.includes('secrets'))
        .flatMap(({ resourceNames }) => resourceNames.map((name): Use => `${metadata.name} ${name} *`));
    }
    case 'KafkaUser': {
      const from = userSchema.parse(object).spec.authentication.password.valueFrom.secretKeyRef;
      return [`kafka-operators ${from.name} ${from.key}`];
    }
    case 'TriggerAuthentication':
      return triggerSchema.parse(object).spec.secretTargetRef.map(({ name, key }): Use => `autoscaler ${name} ${key}`);
    case 'Cluster':
      return [`postgres ${clusterSchema.parse(object).spec.bootstrap.initdb.secret.name} *`];
    default:
      return [];
  }
}

describe('The table of secrets and the manifests of both overlays (MESH-5, K8S-2)', () => {
  const uses = new Map<Overlay, readonly (readonly [string, string, string])[]>();
  before(async () => {
    for (const overlay of overlays) {
      const found = (await renderOverlay(overlay)).flatMap(usesOf);
      uses.set(
        overlay,
        [...new Set(found)].map((use) => {
          const [reader = '', secret = '', key = ''] = use.split(' ');
          return [reader, secret, key] as const;
        }),
      );
    }
  });

  for (const overlay of overlays) {
    it(`${overlay}: whoever reads a secret is in the table with it, and every key that is read exists`, () => {
      for (const [reader, name, key] of uses.get(overlay) ?? []) {
        if (name in operatorSecrets) continue;
        const secret = secrets.find((one) => one.name === name);
        assert.ok(secret, `${reader} reads ${name}, which nobody makes`);
        assert.ok(
          secret.readers.some((one) => one === reader),
          `${reader} is no reader of ${name}`,
        );
        assert.ok(key === '*' || key in secret.values, `${reader} reads ${key} of ${name}`);
      }
    });

    it(`${overlay}: every reader in the table reads, and every value is read by somebody`, () => {
      const all = uses.get(overlay) ?? [];
      for (const { name, readers, values } of secrets) {
        for (const reader of readers) {
          // An overlay need not have what scales by lag.
          if (reader === 'autoscaler') continue;
          assert.ok(
            all.some(([who, what]) => who === reader && what === name),
            `${reader} does not read ${name}`,
          );
        }
        for (const key of Object.keys(values)) {
          assert.ok(
            all.some(([, what, which]) => what === name && (which === key || which === '*')) ||
              // What the provision and the migrations take by its password alone; CloudNativePG wants the name beside it.
              key === 'username',
            `nobody reads ${key} of ${name}`,
          );
        }
      }
      for (const name of Object.keys(operatorSecrets)) {
        assert.ok(
          all.some(([, what]) => what === name),
          `nobody reads ${name}`,
        );
      }
    });
  }

  it('production takes each secret with its keys from the external store, and holds none itself', async () => {
    const externalSchema = z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ data: z.array(z.object({ secretKey: z.string(), remoteRef: z.object({ key: z.string() }) })) }),
    });
    const objects = await renderOverlay('production');
    assert.deepEqual(
      objects.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name),
      [],
    );
    const fetched = objects
      .filter(({ kind }) => kind === 'ExternalSecret')
      .map((object) => externalSchema.parse(object))
      .map(({ metadata, spec }) => [metadata.name, spec.data.map(({ secretKey }) => secretKey)] as const);
    assert.deepEqual(
      Object.fromEntries(fetched),
      Object.fromEntries(secrets.map(({ name, values }) => [name, Object.keys(values)])),
    );
  });
});

const listSchema = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('List'),
  items: z.array(
    z.strictObject({
      apiVersion: z.literal('v1'),
      kind: z.literal('Secret'),
      metadata: z.looseObject({ name: z.string(), namespace: z.literal('todo-chatbot') }),
      type: z.enum(['Opaque', 'kubernetes.io/basic-auth']),
      stringData: z.record(z.string(), z.string()),
    }),
  ),
});

const repositoryDir = join(import.meta.dirname, '..', '..');
const script = join(repositoryDir, 'tools', 'clusterSecrets.ts');
const exec = promisify(execFile);
/** A public key of age that nobody has the private half of. */
const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

async function makeSecrets(...args: string[]) {
  const { stdout } = await exec(process.execPath, [script, ...args]);
  return listSchema.parse(JSON.parse(stdout)).items;
}

async function refusal(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return exec(process.execPath, [script, ...args]).then(
    () => assert.fail('it was not refused'),
    (error) => error,
  );
}

describe('npm run cluster:secrets', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'todo-chatbot-secrets-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('makes every secret of the table with its keys, long enough and no two the same', async () => {
    const items = await makeSecrets('--overlay', 'kind', '--recipient', recipient);
    assert.deepEqual(
      items.map(({ metadata, type, stringData }) => [metadata.name, type, Object.keys(stringData)]),
      secrets.map(({ name, type, values }) => [name, type, Object.keys(values)]),
    );
    const seen = new Set<string>();
    for (const { name, values } of secrets) {
      const made = items.find(({ metadata }) => metadata.name === name)?.stringData;
      for (const [key, spec] of Object.entries(values)) {
        const value = made?.[key] ?? '';
        if (typeof spec === 'object') assert.equal(value, spec.text);
        else if (spec === 'password') assert.equal(Buffer.from(value, 'base64url').length, 32, `${name} ${key}`);
        else if (spec === 'key') assert.equal(Buffer.from(value, 'base64').length, 32, `${name} ${key}`);
        else if (spec === 'signing-key') assert.equal(createPrivateKey(value).asymmetricKeyType, 'ed25519');
        else if (spec === 'recipient') assert.equal(value, recipient);
        if (typeof spec !== 'object') {
          assert.ok(!seen.has(value), `${name} ${key} is the same as another`);
          seen.add(value);
        }
      }
    }
    const again = await makeSecrets('--overlay', 'kind', '--recipient', recipient);
    const random = again.flatMap(({ metadata, stringData }) =>
      metadata.name === 'backup'
        ? []
        : Object.entries(stringData).filter(([key]) => !['username', 'user'].includes(key)),
    );
    for (const [, value] of random) assert.ok(value === '' || !seen.has(value), 'the same as last time');
  });

  it('log and witness know each other under the names of the overlay', async () => {
    const items = await makeSecrets('--overlay', 'kind', '--recipient', recipient);
    const value = (name: string, key: string) =>
      items.find(({ metadata }) => metadata.name === name)?.stringData[key] ?? '';
    const log = createNoteSigner(
      'todo-chatbot.local/audit',
      createPrivateKey(value('audit-checkpoint-key', 'privateKey')),
    );
    assert.equal(value('witness-key', 'logVerifierKey'), verifierKeyOf(log));
    const base = await readFile(join(repositoryDir, 'k8s', 'base', 'settings.env'), 'utf8');
    const witnessName = /^WITNESS_NAME=(.+)$/m.exec(base)?.[1] ?? '';
    const witness = createCosigner(witnessName, createPrivateKey(value('witness-key', 'privateKey')));
    assert.equal(value('audit-witness', 'verifierKey'), verifierKeyOf(witness));
  });

  it('makes one alone for a rotation', async () => {
    const [one, ...others] = await makeSecrets('--only', 'task-kafka');
    assert.equal(one?.metadata.name, 'task-kafka');
    assert.deepEqual(others, []);
  });

  it('refuses what would be a mistake: an unknown name or overlay, backups that nobody opens, a key file that exists', async () => {
    const existing = join(folder, 'existing');
    await writeFile(existing, 'precious');
    for (const args of [
      ['--only', 'task-kafak'],
      ['--overlay', '../../..', '--recipient', recipient],
      ['--recipient', recipient],
      ['--overlay', 'kind'],
      ['--overlay', 'kind', '--recipient', 'age1nonsense'],
      ['--overlay', 'kind', '--backup-key', existing],
    ]) {
      const { code, stdout } = await refusal(...args);
      assert.ok(code === 1 || code === 2, args.join(' '));
      assert.equal(stdout, '', args.join(' '));
    }
    assert.equal(await readFile(existing, 'utf8'), 'precious');
    const file = join(folder, 'backup-key');
    const [backup] = await makeSecrets('--only', 'backup', '--backup-key', file);
    assert.match(backup?.stringData.recipient ?? '', /^age1/);
    assert.match(await readFile(file, 'utf8'), /^AGE-SECRET-KEY-/m);
    assert.equal((await stat(file)).mode & 0o777, 0o600);
  });

  it('attack: a rotation in the usual way of a key on which everything stored hangs', async () => {
    for (const names of [
      'auth-master-key',
      'task-kafka,auth-index-key',
      'audit-checkpoint-key',
      'witness-key,audit-witness',
    ]) {
      const { code, stdout, stderr } = await refusal('--only', names, '--overlay', 'kind');
      assert.deepEqual([code, stdout], [2, ''], names);
      assert.match(stderr, /rotate\.md/);
    }
  });

  it('attack: over the shoulder: a terminal gets no secret unless somebody says so', async () => {
    const onTerminal = (more: string) =>
      exec('script', [
        '--quiet',
        '--return',
        '--command',
        `'${process.execPath}' '${script}' --only task-kafka ${more}`,
        '/dev/null',
      ]);
    const refused: { code: number; stdout: string } = await onTerminal('').then(
      () => assert.fail(),
      (error) => error,
    );
    assert.equal(refused.code, 2);
    assert.ok(!refused.stdout.includes('stringData'));
    assert.match((await onTerminal('--yes-show')).stdout, /stringData/);
  });
});
