import { createPrivateKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encrypterFor } from '@todo-chatbot/backup';
import { makeIdentity } from '@todo-chatbot/databases';
import { type DerivedValue, makeValue, namespace, type SecretSpec, secrets } from '@todo-chatbot/manifests';
import { createCosigner, createNoteSigner, verifierKeyOf } from '@todo-chatbot/transparency-log';

const usage = `Usage: npm run --silent cluster:secrets -- --overlay NAME (--recipient age1… | --backup-key FILE) [--only SECRET[,SECRET…]] [--yes-show]

Prints new secrets of an installation as a list of Kubernetes, for "kubectl create --filename -", which replaces none that is there.

  --overlay NAME     folder under k8s/overlays whose settings name the log and its witness
  --recipient KEY    public key of age that backups are encrypted to; its private half is yours
  --backup-key FILE  makes such a pair and writes the private half to a file that does not exist yet: keep it elsewhere
  --only SECRETS     these alone, to rotate them; not those on which everything stored hangs
  --yes-show         prints to a terminal, too`;

/** What everything stored hangs on, and what log and witness are known by: with another value in their place it would be lost, or in vain. */
const onceOnly: readonly string[] = [
  'auth-master-key',
  'auth-index-key',
  'audit-checkpoint-key',
  'witness-key',
  'audit-witness',
];

const repositoryDir = dirname(dirname(fileURLToPath(import.meta.url)));
const overlayPattern = /^[a-z][a-z-]{0,40}$/;

/** From which key of which secret a value follows. */
const sources: Readonly<Record<Exclude<DerivedValue, 'recipient'>, { readonly secret: string; readonly key: string }>> =
  {
    'log-verifier-key': { secret: 'audit-checkpoint-key', key: 'privateKey' },
    'witness-verifier-key': { secret: 'witness-key', key: 'privateKey' },
  };

/** Something that whoever runs the command can set right; the message says what. */
class UsageFault extends Error {}

type Made = Map<string, Record<string, string>>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      overlay: { type: 'string' },
      recipient: { type: 'string' },
      'backup-key': { type: 'string' },
      only: { type: 'string' },
      'yes-show': { type: 'boolean', default: false },
    },
  });
  if (process.stdout.isTTY && !values['yes-show']) {
    throw new UsageFault(
      'Secrets are not for a screen: send them on to "kubectl create --filename -", or say --yes-show.',
    );
  }
  const wanted = choose(values.only);
  const made = await makeAtRandom(wanted);
  await derive(wanted, made, values.overlay);
  const backup = made.get('backup');
  if (backup) backup.recipient = await recipientFor(values, backup);
  process.stdout.write(`${JSON.stringify(listOf(wanted, made), null, 2)}\n`);
}

/** The secrets that are named, or all. */
function choose(only: string | undefined): readonly SecretSpec[] {
  if (only === undefined) return secrets;
  const names = new Set(only.split(','));
  for (const name of names) {
    if (secrets.some((secret) => secret.name === name)) continue;
    throw new UsageFault(`There is no secret ${name}. There are: ${secrets.map((secret) => secret.name).join(', ')}.`);
  }
  const precious = onceOnly.filter((name) => names.has(name));
  if (precious.length > 0) {
    throw new UsageFault(
      `${precious.join(', ')}: made once, with all others. docs/operations/rotate.md says what to do.`,
    );
  }
  return secrets.filter(({ name }) => names.has(name));
}

function isDerived(spec: SecretSpec['values'][string]): spec is keyof typeof sources {
  return typeof spec === 'string' && spec in sources;
}

async function makeAtRandom(wanted: readonly SecretSpec[]): Promise<Made> {
  const made: Made = new Map();
  for (const { name, values } of wanted) {
    const pairs = Object.entries(values).map(async ([key, spec]) => [key, await makeValue(spec, () => '')] as const);
    made.set(name, Object.fromEntries(await Promise.all(pairs)));
  }
  return made;
}

/** Puts in what follows from keys that were just made. */
async function derive(wanted: readonly SecretSpec[], made: Made, overlay: string | undefined): Promise<void> {
  for (const { name, values } of wanted) {
    for (const [key, spec] of Object.entries(values)) {
      if (!isDerived(spec)) continue;
      const source = sources[spec];
      const privateKey = createPrivateKey(made.get(source.secret)?.[source.key] ?? '');
      const names = await namesIn(overlay);
      const signer =
        spec === 'log-verifier-key'
          ? createNoteSigner(names.log, privateKey)
          : createCosigner(names.witness, privateKey);
      made.set(name, { ...made.get(name), [key]: verifierKeyOf(signer) });
    }
  }
}

/** Names of log and witness, which are part of their keys. */
async function namesIn(overlay: string | undefined): Promise<{ readonly log: string; readonly witness: string }> {
  if (overlay === undefined || !overlayPattern.test(overlay)) {
    throw new UsageFault('Say for which installation: --overlay kind, --overlay production.');
  }
  const files = ['k8s/base/settings.env', `k8s/overlays/${overlay}/settings.env`];
  const texts = await Promise.all(files.map((file) => readFile(join(repositoryDir, file), 'utf8')));
  // The last one counts, as it does when kustomize merges them.
  const settings = new Map(
    texts
      .flatMap((text) => text.split('\n'))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).trim()]),
  );
  const setting = (name: string) => {
    const value = settings.get(name);
    if (!value) throw new UsageFault(`Neither ${files.join(' nor ')} says ${name}.`);
    return value;
  };
  return { log: setting('LOG_ORIGIN'), witness: setting('WITNESS_NAME') };
}

async function recipientFor(
  options: { readonly recipient?: string | undefined; readonly 'backup-key'?: string | undefined },
  backup: Readonly<Record<string, string>>,
): Promise<string> {
  const { recipient, 'backup-key': file } = options;
  if ((recipient === undefined) === (file === undefined)) {
    throw new UsageFault('Say who can open backups: either --recipient age1… or --backup-key FILE.');
  }
  if (recipient !== undefined) {
    encrypterFor(recipient);
    return recipient;
  }
  const identity = await makeIdentity(createPrivateKey(backup.signingKey ?? ''));
  await writeFile(file ?? '', identity.text, { mode: 0o600, flag: 'wx' });
  return identity.recipient;
}

function listOf(wanted: readonly SecretSpec[], made: Made): object {
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: wanted.map(({ name, type }) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace, labels: { 'app.kubernetes.io/part-of': 'todo-chatbot' } },
      type,
      stringData: made.get(name),
    })),
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'An unknown fault.');
  if (error instanceof UsageFault) console.error(`\n${usage}`);
  process.exitCode = error instanceof UsageFault ? 2 : 1;
});
