import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { appIds, readersOf, secretsOf, topics } from '@todo-chatbot/contracts';
import { configurationPath, containers, pubsubPath, resiliencyPath, stateParts } from '@todo-chatbot/manifests';
import { parse } from 'yaml';
import { z } from 'zod';
import { setUpContainers } from '../src/compose/setUp.ts';
import { daprComponentsDir, repositoryDir } from '../src/layout.ts';

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      volumes: z.array(z.looseObject({ volume: z.object({ subpath: z.string() }) })).default([]),
    }),
  ),
});
const documentSchema = z.looseObject({ spec: z.looseObject({}) });
const itemsSchema = z.array(z.looseObject({ name: z.string() }));

describe('The setup of compose.yaml', () => {
  const folder = join(tmpdir(), `todo-chatbot-test-${randomBytes(6).toString('hex')}`);
  const inside = (...parts: string[]) => join(folder, ...parts);
  const composeText = readFileSync(join(repositoryDir, 'compose.yaml'), 'utf8');
  let environment = '';

  before(async () => {
    environment = await setUpContainers(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Parsed, with what is a path of the setup's folder as the containers see it. */
  async function rendered(...parts: string[]): Promise<z.infer<typeof documentSchema>> {
    const text = await readFile(inside(...parts), 'utf8');
    return documentSchema.parse(parse(text.replaceAll(folder, containers.stateFolder)));
  }
  const committed = async (path: string) =>
    documentSchema.parse(parse(await readFile(join(daprComponentsDir, path), 'utf8')));
  const sidecar = stateParts.sidecar;

  it('makes every part of the state that a container mounts, and every variable that one wants', () => {
    const { services } = composeSchema.parse(parse(composeText));
    const subpaths = Object.values(services).flatMap(({ volumes }) => volumes.map(({ volume }) => volume.subpath));
    for (const subpath of subpaths) assert.ok(lstatSync(inside(subpath)).isDirectory(), subpath);
    const wanted = new Set([...composeText.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name));
    const given = new Set([...environment.matchAll(/^([A-Z_]+)="[^"\n]+"$/gm)].map(([, name]) => name));
    assert.deepEqual(given, wanted);
  });

  it('changes nothing when it is repeated', async () => {
    const secrets = await readFile(inside(stateParts.secrets, 'credentials.json'), 'utf8');
    assert.equal(await setUpContainers(folder), environment);
    assert.equal(await readFile(inside(stateParts.secrets, 'credentials.json'), 'utf8'), secrets);
  });

  it('writes nothing that another account could read', () => {
    for (const { parentPath, name } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      assert.equal(lstatSync(join(parentPath, name)).mode & 0o077, 0, name);
    }
  });

  for (const appId of appIds) {
    it(`gives the sidecar of ${appId} the access policy, secret scopes and APIs of the cluster (MESH-2, MESH-5)`, async () => {
      const ours = await rendered(sidecar(appId), 'configuration.yaml');
      const { spec } = await committed(configurationPath(appId));
      const { accessControl, secrets, api, metrics } = spec;
      const inPublic: unknown = JSON.parse(
        JSON.stringify(accessControl).replaceAll('"trustDomain":"todo-chatbot"', '"trustDomain":"public"'),
      );
      assert.deepEqual(ours.spec.accessControl, inPublic);
      assert.deepEqual([ours.spec.secrets, ours.spec.api, ours.spec.metrics], [secrets, api, metrics]);
      assert.deepEqual(ours.spec.nameResolution, containers.nameResolution);
    });

    it(`gives the sidecar of ${appId} the topics, subscriptions and resiliency of the cluster (KAFKA-1, MESH-6)`, async () => {
      const resources = (name: string) => rendered(sidecar(appId), 'resources', name);
      assert.deepEqual(await resources('resiliency.yaml'), await committed(resiliencyPath(appId)));
      for (const topic of topics.filter((one) => one.delivery === 'dapr' && readersOf(one).includes(appId))) {
        const file = `${appId}-${topic.name.replaceAll('.', '-')}.yaml`;
        assert.deepEqual(await resources(file), await committed(`subscriptions/${file}`));
      }
      const itemsOf = ({ spec }: z.infer<typeof documentSchema>) =>
        itemsSchema.parse(spec.metadata).filter(({ name }) => name !== 'brokers' && name !== 'caCert');
      assert.deepEqual(itemsOf(await resources('pubsub.yaml')), itemsOf(await committed(pubsubPath(appId))));
    });

    it(`lets the sidecar of ${appId} see its own secrets and no others (MESH-5)`, async () => {
      const secrets: unknown = JSON.parse(await readFile(inside(sidecar(appId), 'secrets.json'), 'utf8'));
      assert.deepEqual(
        Object.keys(z.record(z.string(), z.unknown()).parse(secrets)).sort(),
        [...secretsOf(appId)].sort(),
      );
    });
  }

  it('lets the broker listen for others, with one administrator and nothing in the clear (KAFKA-1)', async () => {
    const settings = await readFile(inside(stateParts.kafka, 'server.properties'), 'utf8');
    assert.match(settings, /^advertised\.listeners=CLIENTS:\/\/kafka:9093,ADMIN:\/\/kafka:9094$/m);
    assert.match(settings, /^listener\.security\.protocol\.map=CLIENTS:SASL_SSL,ADMIN:SSL,CONTROLLER:SSL$/m);
    assert.match(settings, /^allow\.everyone\.if\.no\.acl\.found=false$/m);
  });
});
