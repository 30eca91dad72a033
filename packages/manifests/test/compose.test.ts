import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AppId, appIds } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { composeFiles } from '../src/compose/compose.ts';
import { stateParts } from '../src/compose/place.ts';
import { flows, type Outside, type PodGroup } from '../src/flows.ts';

const mountSchema = z.object({ target: z.string(), read_only: z.boolean().optional(), source: z.string() });
const serviceSchema = z.looseObject({
  image: z.string(),
  user: z.string().optional(),
  build: z.looseObject({ target: z.string() }).optional(),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  mem_limit: z.string(),
  pids_limit: z.number(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(mountSchema).default([]),
  networks: z.array(z.string()).default([]),
  network_mode: z.string().optional(),
  ports: z.array(z.string()).default([]),
  command: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).default({}),
});
const fileSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })).default({}),
});

const [platform, setup] = composeFiles().map(({ documents: [document] }) => fileSchema.parse(document));
assert.ok(platform && setup);
const { services, networks } = platform;
const serviceOf = (name: string) => {
  const found = services[name];
  assert.ok(found, name);
  return found;
};
const every = [...Object.entries(services), ...Object.entries(setup.services)];
/** Networks in which a container is; a sidecar is in its app's. */
const networksOf = (name: string) => serviceOf(name).networks;

describe('Containers of compose.yaml (K8S-4)', () => {
  it('have no privilege, a root that nobody can write, and bounds', () => {
    for (const [name, { read_only, cap_drop, security_opt, user }] of every) {
      assert.ok(read_only, name);
      assert.deepEqual(cap_drop, ['ALL'], name);
      assert.deepEqual(security_opt, ['no-new-privileges:true'], name);
      // Zipkin's image has a user of its own.
      assert.equal(user, name === 'zipkin' ? undefined : '10001:10001', name);
    }
  });

  it('run what is pinned: by digest where one is known, and never by a tag that moves', () => {
    for (const [name, { image, build }] of every) {
      assert.doesNotMatch(image, /:latest$|^[^:]+$/, name);
      assert.ok(build || /@sha256:|daprio\/\w+:1\.18\.2$|zipkin-slim:3\.5\.1$/.test(image), `${name}: ${image}`);
    }
  });

  it('publish one port, on this machine alone', () => {
    const published = every.flatMap(([name, { ports }]) => ports.map((port) => `${name} ${port}`));
    assert.deepEqual(published, ['chat-gateway 127.0.0.1:8080:8080']);
    for (const [name, { internal }] of Object.entries(networks)) assert.equal(internal === true, name !== 'door', name);
    for (const name of Object.keys(services)) {
      if (name !== 'chat-gateway') assert.ok(!networksOf(name).includes('door'), name);
    }
  });

  it('meet whom they need and nobody else: networks follow the table of flows (K8S-2)', () => {
    const appsThatReach = (group: PodGroup | Outside) =>
      appIds.filter((appId) => flows.some(({ from, to }) => from === appId && to === group));
    const needed = {
      postgres: [...appsThatReach('postgres'), 'provision', ...appIds.map((appId) => `migrate-${appId}`)],
      kafka: [...appsThatReach('kafka'), 'topics'],
      sentry: appsThatReach('dapr-sentry'),
      zipkin: appsThatReach('otel-collector'),
      witness: appsThatReach('witness'),
    };
    for (const [server, clients] of Object.entries(needed)) {
      const [network] = networksOf(server);
      assert.equal(networksOf(server).length, 1, server);
      const members = Object.keys(services).filter((name) => network && networksOf(name).includes(network));
      assert.deepEqual(members.sort(), [server, ...clients].sort(), server);
    }
  });

  it('have secrets in nobody else’s reach: each sees its own part of the state (MESH-5)', () => {
    const readers = (part: string) =>
      Object.entries(services)
        .filter(([, { volumes }]) => volumes.some(({ target }) => target.endsWith(`/todo-chatbot/${part}`)))
        .map(([name]) => name);
    for (const appId of appIds) {
      assert.deepEqual(readers(stateParts.sidecar(appId)), [`${appId}-dapr`]);
      assert.deepEqual(readers(`${stateParts.databaseSecrets}/${appId}-database-owner`), [`migrate-${appId}`]);
    }
    assert.deepEqual(readers(stateParts.witness), ['witness']);
    assert.deepEqual(readers(stateParts.pki), ['topics']);
    assert.deepEqual(readers(stateParts.secrets), ['tokens']);
    assert.deepEqual(readers(stateParts.databaseSecrets), ['provision']);
    // Whoever holds all secrets speaks with nobody.
    assert.equal(serviceOf('tokens').network_mode, 'none');
    assert.equal(setup.services.setup?.network_mode, 'none');
  });

  it('attack: no secret stands in the file; the two tokens that Dapr wants in the environment come from .env (MESH-4)', () => {
    for (const [name, { environment }] of every) {
      for (const [variable, value] of Object.entries(environment)) {
        if (/TOKEN$|TRUST_ANCHORS$|VERIFIER_KEY$/.test(variable)) assert.match(value, /^\$\{[A-Z_]+:\?/, name);
        else assert.doesNotMatch(variable, /PASSWORD|SECRET$/, name);
      }
    }
    const tokens = appIds.map((appId) => serviceOf(appId).environment.DAPR_API_TOKEN);
    assert.equal(new Set(tokens).size, appIds.length);
  });

  it('share an address only with the own sidecar, whose API and whose app are on 127.0.0.1 (MESH-4)', () => {
    for (const appId of appIds) {
      const sidecar = serviceOf(`${appId}-dapr`);
      assert.equal(sidecar.network_mode, `service:${appId}`);
      assert.ok(sidecar.command.includes('--dapr-listen-addresses=127.0.0.1'));
      assert.ok(sidecar.command.includes('--enable-mtls=true'));
      assert.deepEqual(
        Object.entries(services)
          .filter(([, { network_mode }]) => network_mode === `service:${appId}`)
          .map(([name]) => name),
        [`${appId}-dapr`],
      );
      assert.equal(listenAddressOf(appId), appId === 'chat-gateway' ? '0.0.0.0' : '127.0.0.1');
    }
  });

  it('wait for what they stand on', () => {
    for (const appId of appIds) {
      assert.equal(serviceOf(appId).depends_on[`migrate-${appId}`]?.condition, 'service_completed_successfully');
      assert.equal(serviceOf(`${appId}-dapr`).depends_on.topics?.condition, 'service_completed_successfully');
    }
  });
});

function listenAddressOf(appId: AppId): string | undefined {
  return serviceOf(appId).environment.LISTEN_ADDRESS;
}
