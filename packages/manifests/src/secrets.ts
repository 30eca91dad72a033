import { type AppId, appIds, databaseOwnerOf, secretsOf } from '@todo-chatbot/contracts';
import type { Outside, PodGroup } from './flows.ts';

/** What a value of a secret is, and so how one is made. */
export type ValueSpec =
  /** 32 random bytes as text of letters, digits, `-` and `_`: safe in every file format and SQL literal. */
  | 'password'
  /** 32 random bytes in base64. */
  | 'key'
  /** Ed25519, PKCS #8 PEM. */
  | 'signing-key'
  /** C2SP verifier key of the log, from the log's signing key. */
  | 'log-verifier-key'
  /** C2SP verifier key of the witness, from the witness's signing key. */
  | 'witness-verifier-key'
  /** Public key of age, whose private half is with whoever may restore backups. */
  | 'recipient'
  /** No secret: an operator or a relay wants it beside one. */
  | { readonly text: string };

/** A Secret of the cluster, and as far as a service reads it, of every world. */
export interface SecretSpec {
  readonly name: string;
  readonly type: 'Opaque' | 'kubernetes.io/basic-auth';
  readonly values: Readonly<Record<string, ValueSpec>>;
  /** Whose pods, or sidecars, get something of it. */
  readonly readers: readonly (PodGroup | Outside)[];
}

/** Secret with the token that an app shows its sidecar, under the key `token`, as Dapr wants it. */
export const daprApiTokenSecret = (appId: AppId) => `${appId}-dapr-api-token`;
/** Secret with the token that a sidecar shows its app. */
export const appApiTokenSecret = (appId: AppId) => `${appId}-app-api-token`;
/** Secret of the role that owns an app's database. */
export const databaseOwnerSecret = (appId: AppId) => `${appId}-database-owner`;

/** Secret with the password of the store of rate limits. */
const limitsSecret = 'chat-gateway-limits';

/** CloudNativePG has to make one database itself; the provision brings it to where the others are. */
export const firstDatabase: AppId = 'auth';

/** What an app's secret of the secret store holds (MESH-5); docs/service-anatomy.md says what for. @throws Error for a name that nobody reads */
export function secretValuesOf(name: string): Readonly<Record<string, ValueSpec>> {
  switch (name) {
    case 'audit-checkpoint-key':
      return { privateKey: 'signing-key' };
    case 'auth-master-key':
      return { key: 'key', next: 'key' };
    case 'auth-pepper':
    case 'auth-index-key':
    case 'chat-gateway-csrf-key':
      return { key: 'key' };
    case 'auth-smtp':
      // The relay's login is its own; an empty one is none.
      return { user: { text: '' }, password: { text: '' } };
    case limitsSecret:
      return { password: 'password' };
  }
  if (appIds.some((appId) => name === `${appId}-database` || name === `${appId}-kafka`)) {
    return { password: 'password' };
  }
  throw new Error(`Nothing says what secret ${name} holds.`);
}

/** The one table of the Kubernetes Secrets of ours; what operators make for themselves is in {@link operatorSecrets}. */
export const secrets: readonly SecretSpec[] = [
  ...appIds.flatMap((appId) => [
    ...secretsOf(appId)
      .filter((name) => name !== limitsSecret)
      .map((name) => opaque(name, secretValuesOf(name), [appId, ...serversOf(appId, name)])),
    opaque(daprApiTokenSecret(appId), { token: 'password' }, [appId]),
    opaque(appApiTokenSecret(appId), { token: 'password' }, [appId]),
    databaseOwner(appId),
  ]),
  opaque(limitsSecret, secretValuesOf(limitsSecret), [
    'limits',
    ...appIds.filter((appId) => secretsOf(appId).includes(limitsSecret)),
  ]),
  opaque('backup', { databasePassword: 'password', signingKey: 'signing-key', recipient: 'recipient' }, [
    'backup',
    'migrations',
  ]),
  opaque('keda-kafka', { password: 'password' }, ['kafka-operators', 'autoscaler']),
  opaque('audit-witness', { verifierKey: 'witness-verifier-key' }, ['audit']),
  opaque('witness-key', { privateKey: 'signing-key', logVerifierKey: 'log-verifier-key' }, ['witness']),
];

/** Secrets that operators make, or a person for one restore: ours refer to them, and nobody of ours makes them. */
export const operatorSecrets: Readonly<Record<string, string>> = {
  'todo-chatbot-cluster-ca-cert': 'Strimzi: authority of the brokers',
  'todo-chatbot-postgres-ca': 'CloudNativePG: authority of the server; its public half is mounted',
  'todo-chatbot-postgres-superuser': 'CloudNativePG: password of the superuser, for provisioning and restoring',
  'limits-tls': 'cert-manager',
  'witness-tls': 'cert-manager',
  'edge-tls': 'cert-manager',
  'trace-store-ca': 'whoever runs the store of traces: the authority of its certificate',
  'backup-identity': 'whoever restores: the key that opens backups, for as long as that takes',
};

/** Who has the other half of an app's password: the server that checks it. */
function serversOf(appId: AppId, name: string): readonly PodGroup[] {
  if (name === `${appId}-database`) return ['migrations'];
  if (name === `${appId}-kafka`) return ['kafka-operators'];
  return [];
}

function opaque(
  name: string,
  values: Readonly<Record<string, ValueSpec>>,
  readers: readonly (PodGroup | Outside)[],
): SecretSpec {
  return { name, type: 'Opaque', values, readers };
}

function databaseOwner(appId: AppId): SecretSpec {
  return {
    name: databaseOwnerSecret(appId),
    // The form in which CloudNativePG takes the owner of a database that it makes.
    type: 'kubernetes.io/basic-auth',
    values: { username: { text: databaseOwnerOf(appId) }, password: 'password' },
    readers: ['migrations', ...(appId === firstDatabase ? (['postgres'] as const) : [])],
  };
}
