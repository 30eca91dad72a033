import { generateKeyPair, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AppId, secretsOf } from '@todo-chatbot/contracts';
import { makeValue, randomKey, randomPassword, secretValuesOf } from '@todo-chatbot/manifests';
import { z } from 'zod';
import { readJsonIfPresent, writePrivateFile } from './files.ts';

const generateKeyPairAsync = promisify(generateKeyPair);

/** Secret of `auth` with the master key of all data keys, and the next one. */
const masterKeySecret = 'auth-master-key';

/** A secret as the secret store hands it out: a map, as a Kubernetes Secret is. */
const secretSchema = z.record(z.string(), z.string());

const appCredentialsSchema = z.strictObject({
  /** Password of the owner role, which runs migrations; it is in no secret store. */
  databaseOwnerPassword: z.string(),
  /** From the app to its sidecar. */
  daprApiToken: z.string(),
  /** From the sidecar to its app. */
  appApiToken: z.string(),
  /** What `secretsOf(app)` lists, by name. */
  secrets: z.record(z.string(), secretSchema),
});
export type AppCredentials = z.infer<typeof appCredentialsSchema>;

const credentialsSchema = z.strictObject({
  postgresSuperuserPassword: z.string(),
  /** Signs the tokens by which apps prove themselves to Sentry: PKCS #8 PEM, ECDSA P-256. */
  identitySigningKey: z.string(),
  /** Id of the Kafka cluster: 16 random bytes, base64url. */
  kafkaClusterId: z.string(),
  apps: z.record(z.string(), appCredentialsSchema),
});

/** All passwords, tokens and keys of one platform. Apps that are not ours have no entry. */
export interface Credentials {
  readonly postgresSuperuserPassword: string;
  readonly identitySigningKey: string;
  readonly kafkaClusterId: string;
  readonly apps: Readonly<Record<AppId, AppCredentials>>;
}

/** Never starts with `-`, which Kafka's tools would take for an option; Kafka's own generator avoids it too. */
function randomClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? randomClusterId() : id;
}

/** Reads the credentials of a state folder and makes those that are missing. */
export async function ensureCredentials(secretsDir: string): Promise<Credentials> {
  const known = await readJsonIfPresent(credentialsFile(secretsDir), credentialsSchema);
  const credentials: Credentials = {
    postgresSuperuserPassword: known?.postgresSuperuserPassword ?? randomPassword(),
    identitySigningKey: known?.identitySigningKey ?? (await ecPrivateKey()),
    kafkaClusterId: known?.kafkaClusterId ?? randomClusterId(),
    apps: await mapApps((appId) => completeApp(appId, known?.apps[appId])),
  };
  if (JSON.stringify(known) !== JSON.stringify(credentials)) await writeCredentials(secretsDir, credentials);
  return credentials;
}

/** Reads the credentials of a state folder that was started before. */
export async function readCredentials(secretsDir: string): Promise<Credentials> {
  const known = await readJsonIfPresent(credentialsFile(secretsDir), credentialsSchema);
  if (!known) throw new Error(`There is no platform in ${secretsDir}: start it first.`);
  const apps = await mapApps(async (appId) => {
    const app = known.apps[appId];
    if (!app) throw new Error(`The platform has no credentials for ${appId} yet: start it again.`);
    return app;
  });
  return { ...known, apps };
}

/**
 * Drops the master key that was replaced, puts the active one in its place and a new one behind it; answers what `auth` then has. Ask
 * `auth` before whether the replaced one is still needed.
 */
export async function renewMasterKey(secretsDir: string): Promise<AppCredentials> {
  const credentials = await readCredentials(secretsDir);
  const { auth } = credentials.apps;
  const renewed = { key: secretValue(auth, masterKeySecret, 'next'), next: randomKey() };
  const app = { ...auth, secrets: { ...auth.secrets, [masterKeySecret]: renewed } };
  await writeCredentials(secretsDir, { ...credentials, apps: { ...credentials.apps, auth: app } });
  return app;
}

/** One value of an app's secret. */
export function secretValue(app: AppCredentials, name: string, key: string): string {
  const value = app.secrets[name]?.[key];
  if (value === undefined) throw new Error(`There is no key ${key} in secret ${name}.`);
  return value;
}

/** The value for each app id, made side by side. */
export async function mapApps<T>(make: (appId: AppId) => Promise<T>): Promise<Record<AppId, T>> {
  const [auth, chatGateway, task, booking, guardrail, audit] = await Promise.all([
    make('auth'),
    make('chat-gateway'),
    make('task'),
    make('booking'),
    make('guardrail'),
    make('audit'),
  ]);
  return { auth, 'chat-gateway': chatGateway, task, booking, guardrail, audit };
}

async function writeCredentials(secretsDir: string, credentials: Credentials): Promise<void> {
  await writePrivateFile(credentialsFile(secretsDir), `${JSON.stringify(credentials, null, 2)}\n`);
}

function credentialsFile(secretsDir: string): string {
  return join(secretsDir, 'credentials.json');
}

async function completeApp(appId: AppId, known: AppCredentials | undefined): Promise<AppCredentials> {
  const secrets: Record<string, Record<string, string>> = {};
  // What a secret of an earlier version lacks is added to it; what it has stays.
  for (const name of secretsOf(appId)) secrets[name] = { ...(await makeSecret(name)), ...known?.secrets[name] };
  return {
    databaseOwnerPassword: known?.databaseOwnerPassword ?? randomPassword(),
    daprApiToken: known?.daprApiToken ?? randomPassword(),
    appApiToken: known?.appApiToken ?? randomPassword(),
    secrets,
  };
}

/** As packages/manifests lists its values; natively none of an app's own secrets follows from another one. */
async function makeSecret(name: string): Promise<Record<string, string>> {
  const made = Object.entries(secretValuesOf(name)).map(async ([key, spec]) => {
    const value = await makeValue(spec, () => {
      throw new Error(`Key ${key} of secret ${name} follows from others.`);
    });
    return [key, value] as const;
  });
  return Object.fromEntries(await Promise.all(made));
}

async function ecPrivateKey(): Promise<string> {
  const { privateKey } = await generateKeyPairAsync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
