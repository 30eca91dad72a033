import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppId, cronBindings, readersOf, topics } from '@todo-chatbot/contracts';
import {
  broadcastPath,
  configurationPath,
  cronBindingPath,
  pubsubPath,
  resiliencyPath,
  secretStorePath,
  trustDomain,
} from '@todo-chatbot/manifests';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { AppCredentials } from '../credentials.ts';
import { ensurePrivateDirectory, writePrivateFile } from '../files.ts';
import { daprComponentsDir, type StateLayout } from '../layout.ts';
import { nativeTrustDomain } from './identity.ts';

/** What differs on one machine from the cluster. */
export interface NativeValues {
  readonly layout: StateLayout;
  readonly kafkaBroker: string;
  /** PEM. */
  readonly kafkaCa: string;
  readonly sentryAddress: string;
  readonly spanCollector: string;
  /** How sidecars find each other: Dapr's component for it. */
  readonly nameResolution: Readonly<Record<string, unknown>>;
  /** In place of every cron binding's own schedule. */
  readonly cronSchedule?: string | undefined;
}

const metadataItemSchema = z.looseObject({ name: z.string() });
const componentSchema = z.looseObject({
  spec: z.looseObject({ type: z.string(), metadata: z.array(metadataItemSchema) }),
});
const configurationSchema = z.looseObject({
  spec: z.looseObject({
    accessControl: z.looseObject({
      trustDomain: z.literal(trustDomain),
      policies: z.array(z.looseObject({ trustDomain: z.literal(trustDomain) })),
    }),
    mtls: z.looseObject({}),
    tracing: z.looseObject({}),
  }),
});

/** Writes what an app's secret store holds. Its sidecar reads it when it starts. */
export async function writeSecretStore(layout: StateLayout, appId: AppId, { secrets }: AppCredentials): Promise<void> {
  await writePrivateFile(layout.secretStoreFile(appId), JSON.stringify(secrets));
}

/**
 * Writes the committed Dapr files for one app into the state folder, with the secret store, the addresses and the trust domain of
 * this machine in place of the cluster's, and the file that the secret store reads.
 */
export async function renderNativeFiles(
  appId: AppId,
  credentials: AppCredentials,
  values: NativeValues,
): Promise<void> {
  const { layout } = values;
  const directory = await ensurePrivateDirectory(layout.daprDir(appId));
  const resources = join(directory, 'resources');
  await rm(resources, { recursive: true, force: true });
  await ensurePrivateDirectory(resources);
  await writeSecretStore(layout, appId, credentials);

  const configuration = configurationSchema.parse(await readDocument(configurationPath(appId)));
  await writePrivateFile(join(directory, 'configuration.yaml'), stringify(nativeConfiguration(configuration, values)));

  const secretStore = componentSchema.parse(await readDocument(secretStorePath));
  const pubsub = componentSchema.parse(await readDocument(pubsubPath(appId)));
  const documents = {
    'secretstore.yaml': nativeSecretStore(secretStore, layout.secretStoreFile(appId)),
    'pubsub.yaml': nativePubsub(pubsub, values),
    ...(await broadcastDocument(appId, values)),
    'resiliency.yaml': await readDocument(resiliencyPath(appId)),
  };
  for (const [name, document] of Object.entries(documents)) {
    await writePrivateFile(join(resources, name), stringify(document));
  }
  for (const topic of topics) {
    if (topic.delivery !== 'dapr' || !readersOf(topic).includes(appId)) continue;
    const file = `${appId}-${topic.name.replaceAll('.', '-')}.yaml`;
    await writePrivateFile(join(resources, file), stringify(await readDocument(`subscriptions/${file}`)));
  }
  for (const { name, apps } of cronBindings) {
    if (!apps.includes(appId)) continue;
    const binding = componentSchema.parse(await readDocument(cronBindingPath(name)));
    await writePrivateFile(join(resources, `${name}.yaml`), stringify(nativeCronBinding(binding, values)));
  }
}

async function broadcastDocument(appId: AppId, values: NativeValues): Promise<Readonly<Record<string, unknown>>> {
  if (!topics.some(({ broadcastTo = [] }) => broadcastTo.includes(appId))) return {};
  const broadcast = componentSchema.parse(await readDocument(broadcastPath(appId)));
  return { 'broadcast.yaml': nativePubsub(broadcast, values) };
}

/** Sidecars of one machine tell each other by a database where they are. */
export function namesInFile({ namesFile }: StateLayout): NativeValues['nameResolution'] {
  return { component: 'sqlite', version: 'v1', configuration: { connectionString: namesFile } };
}

async function readDocument(path: string): Promise<unknown> {
  return parse(await readFile(join(daprComponentsDir, path), 'utf8'));
}

function nativeConfiguration(document: z.infer<typeof configurationSchema>, values: NativeValues) {
  const { accessControl, mtls, tracing } = document.spec;
  return {
    ...document,
    spec: {
      ...document.spec,
      accessControl: {
        ...accessControl,
        trustDomain: nativeTrustDomain,
        policies: accessControl.policies.map((policy) => ({ ...policy, trustDomain: nativeTrustDomain })),
      },
      mtls: { ...mtls, controlPlaneTrustDomain: trustDomain, sentryAddress: values.sentryAddress },
      tracing: { ...tracing, zipkin: { endpointAddress: values.spanCollector } },
      nameResolution: values.nameResolution,
    },
  };
}

function nativeSecretStore(document: z.infer<typeof componentSchema>, secretsFile: string) {
  const metadata = [
    { name: 'secretsFile', value: secretsFile },
    { name: 'multiValued', value: 'true' },
  ];
  return { ...document, spec: { ...document.spec, type: 'secretstores.local.file', metadata } };
}

function nativePubsub(document: z.infer<typeof componentSchema>, values: NativeValues) {
  const replaced = new Map([
    ['brokers', values.kafkaBroker],
    ['caCert', values.kafkaCa],
  ]);
  const metadata = document.spec.metadata.map((item) => {
    const value = replaced.get(item.name);
    return value === undefined ? item : { name: item.name, value };
  });
  return { ...document, spec: { ...document.spec, metadata } };
}

function nativeCronBinding(document: z.infer<typeof componentSchema>, { cronSchedule }: NativeValues) {
  if (cronSchedule === undefined) return document;
  const others = document.spec.metadata.filter(({ name }) => name !== 'schedule');
  return { ...document, spec: { ...document.spec, metadata: [{ name: 'schedule', value: cronSchedule }, ...others] } };
}
