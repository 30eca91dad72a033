import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { allowedPorts, type Party, podTemplateOf, policiesOf, portsIn, portsOut, selects } from './networkPolicies.ts';
import { type KubernetesObject, namespace, type Overlay, overlays, renderOverlay } from './renderOverlay.ts';

/**
 * Who may open a connection to whom, and on which ports; nobody else may. Written by hand and not taken from the table that the policies
 * are made from, so that a wrong row there is found here (K8S-2).
 */
const wanted = `
  internet                                                  -> edge: 8080 8443
  dns, dapr-sentry, dapr-operator, dapr-injector            -> edge: 8080 8443
  prometheus, grafana, jaeger, strimzi-operator             -> edge: 8080 8443
  cnpg-operator, keda, edge-elsewhere, prometheus-elsewhere -> edge: 8080 8443
  kube-api, mail-relay, metadata-of-the-node                -> edge: 8080 8443
  edge                                                      -> chat-gateway: 8080
  chat-gateway                                              -> auth, task, booking, guardrail, audit: 50002
  task, booking, guardrail, audit                           -> auth: 50002
  chat-gateway                                              -> limits: 6379
  audit                                                     -> witness: 8443

  auth, chat-gateway, task, booking, guardrail, audit       -> dapr-sentry: 50001
  auth, chat-gateway, task, booking, guardrail, audit       -> dapr-operator: 6500
  auth, chat-gateway, task, booking, guardrail, audit       -> kube-api: 443 6443
  auth, chat-gateway, task, booking, guardrail, audit       -> kafka: 9093
  auth, chat-gateway, task, booking, guardrail, audit       -> postgres: 5432
  auth, chat-gateway, task, booking, guardrail, audit       -> otel-collector: 9411
  prometheus  -> auth, chat-gateway, task, booking, guardrail, audit: 9090 9464

  kafka                                                     -> kafka: 9090 9091
  kafka-operators                                           -> kafka: 9091
  strimzi-operator                                          -> kafka: 8443 9090 9091
  kafka-exporter                                            -> kafka: 9091
  keda                                                      -> kafka: 9093
  prometheus                                                -> kafka, kafka-exporter: 9404
  kafka, kafka-operators, postgres                          -> kube-api: 443 6443

  postgres, cnpg-operator                                   -> postgres: 5432 8000
  migrations, backup                                        -> postgres: 5432
  prometheus                                                -> postgres: 9187

  otel-collector                                            -> jaeger: 4317
  prometheus                                                -> otel-collector: 8888

  auth, chat-gateway, task, booking, guardrail, audit       -> dns: 53 53/udp
  edge, kafka, kafka-operators, postgres, otel-collector    -> dns: 53 53/udp
  kafka-exporter, migrations, backup                        -> dns: 53 53/udp
`;

/** What only one overlay has. */
const wantedIn: Readonly<Record<Overlay, string>> = {
  kind: '',
  production: 'auth -> mail-relay: 465 587',
};

/** Addresses outside, as each overlay has them. */
const addresses: Readonly<Record<Overlay, Readonly<Record<string, string>>>> = {
  kind: { 'kube-api': '172.18.0.2', 'mail-relay': '203.0.113.25' },
  production: { 'kube-api': '198.51.100.10', 'mail-relay': '203.0.113.25' },
};
const addressesAnywhere = { internet: '8.8.8.8', 'metadata-of-the-node': '169.254.169.254' };

/** Pods that operators make, with the labels that they give them. */
const madeByOperators: readonly Party[] = [
  ours('kafka', {
    'app.kubernetes.io/name': 'kafka',
    'strimzi.io/cluster': 'todo-chatbot',
    'strimzi.io/kind': 'Kafka',
    'strimzi.io/name': 'todo-chatbot-kafka',
  }),
  ours('kafka-operators', {
    'app.kubernetes.io/name': 'entity-operator',
    'strimzi.io/cluster': 'todo-chatbot',
    'strimzi.io/kind': 'Kafka',
    'strimzi.io/name': 'todo-chatbot-entity-operator',
  }),
  ours('kafka-exporter', {
    'app.kubernetes.io/name': 'kafka-exporter',
    'strimzi.io/cluster': 'todo-chatbot',
    'strimzi.io/kind': 'Kafka',
    'strimzi.io/name': 'todo-chatbot-kafka-exporter',
  }),
  ours('postgres', { 'app.kubernetes.io/name': 'postgresql', 'cnpg.io/cluster': 'todo-chatbot-postgres' }),
];

/** Pods of other namespaces: those that ours need, and some that only look like them. */
const others: readonly Party[] = [
  { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  { name: 'dapr-sentry', namespace: 'dapr-system', labels: { app: 'dapr-sentry' } },
  { name: 'dapr-operator', namespace: 'dapr-system', labels: { app: 'dapr-operator' } },
  { name: 'prometheus', namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'prometheus' } },
  { name: 'jaeger', namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'jaeger' } },
  { name: 'strimzi-operator', namespace: 'strimzi', labels: { name: 'strimzi-cluster-operator' } },
  { name: 'cnpg-operator', namespace: 'cnpg-system', labels: { 'app.kubernetes.io/name': 'cloudnative-pg' } },
  { name: 'keda', namespace: 'keda', labels: { app: 'keda-operator' } },
  { name: 'dapr-injector', namespace: 'dapr-system', labels: { app: 'dapr-sidecar-injector' } },
  { name: 'grafana', namespace: 'monitoring', labels: { 'app.kubernetes.io/name': 'grafana' } },
  { name: 'edge-elsewhere', namespace: 'default', labels: { 'app.kubernetes.io/name': 'edge' } },
  { name: 'prometheus-elsewhere', namespace: 'default', labels: { 'app.kubernetes.io/name': 'prometheus' } },
];

/** A pod in our namespace that nobody has thought of. */
const stranger = ours('stranger', {});

function ours(name: string, labels: Readonly<Record<string, string>>): Party {
  return { name, namespace, labels };
}

/** Pods of our own workloads, by what they are; the Jobs of all services are one. */
function podsOf(objects: readonly KubernetesObject[]): readonly Party[] {
  const pods = objects.flatMap((object) => {
    const template = podTemplateOf(object);
    const { labels } = template?.metadata ?? {};
    return labels ? [ours(labels['app.kubernetes.io/name'] ?? object.metadata.name, labels)] : [];
  });
  return [...new Map(pods.map((pod) => [pod.name, pod])).values()];
}

/** Everybody in our namespace. */
function ownPods(objects: readonly KubernetesObject[]): readonly Party[] {
  return [...podsOf(objects), ...madeByOperators, stranger];
}

/** Everybody. */
function everybody(overlay: Overlay, objects: readonly KubernetesObject[]): readonly Party[] {
  const outside = Object.entries({ ...addressesAnywhere, ...addresses[overlay] });
  return [...ownPods(objects), ...others, ...outside.map(([name, address]) => ({ name, address }))];
}

const isOurs = (party: Party) => 'namespace' in party && party.namespace === namespace;

/** Every connection that `allowed` lets be and that has one of our pods at an end: `from -> to: ports`. */
function connections(
  parties: readonly Party[],
  objects: readonly KubernetesObject[],
  allowed: typeof allowedPorts,
): readonly string[] {
  const policies = policiesOf(objects);
  return parties
    .flatMap((from) =>
      parties.flatMap((to) => {
        const ports = isOurs(from) || isOurs(to) ? [...allowed(policies, from, to)].sort() : [];
        return ports.length > 0 ? [`${from.name} -> ${to.name}: ${ports.join(' ')}`] : [];
      }),
    )
    .sort();
}

function expected(overlay: Overlay): readonly string[] {
  return `${wanted}\n${wantedIn[overlay]}`
    .split('\n')
    .flatMap((line) => {
      const [, from, to, ports] = /^\s*(\S.*?)\s*->\s*(.*?): (.*)$/.exec(line) ?? [];
      if (from === undefined || to === undefined) return [];
      return from.split(', ').flatMap((source) => to.split(', ').map((target) => `${source} -> ${target}: ${ports}`));
    })
    .sort();
}

for (const overlay of overlays) {
  describe(`Network policies of ${overlay}`, async () => {
    const objects = await renderOverlay(overlay);

    const assertExact = (given: readonly KubernetesObject[]) => {
      assert.deepEqual(connections(everybody(overlay, given), given, allowedPorts), expected(overlay));
    };

    /** Among our own pods both sides have a wall, and each alone has to be right: the other may fail. */
    const assertEachSide = (given: readonly KubernetesObject[]) => {
      const pods = ownPods(given);
      const names = new Set(pods.map(({ name }) => name));
      const within = expected(overlay).filter((line) => line.split(/ -> |: /, 2).every((name) => names.has(name)));
      // The public door lets every address in, and so those of our pods; they are not let out to it.
      const isKnock = (line: string) => line.endsWith(' -> edge: 8080 8443');
      assert.deepEqual(connections(pods, given, portsOut), within);
      assert.deepEqual(
        connections(pods, given, portsIn).filter((line) => !isKnock(line)),
        within,
      );
    };

    it('allow exactly the needed flows, among all pods and with everybody outside (K8S-2)', () => {
      assertExact(objects);
    });

    it('say them on both sides: a pod is not let in where it is not let out, nor the other way round (K8S-2)', () => {
      assertEachSide(objects);
    });

    it('each are about somebody: a selector that finds nobody is a misspelt one (K8S-2)', () => {
      const pods = ownPods(objects);
      const idle = policiesOf(objects).filter((policy) => !pods.some((pod) => selects(policy, pod)));
      assert.deepEqual(
        idle.map(({ name }) => name),
        [],
      );
    });

    it('attack: a service that was taken over reaches neither the Internet nor the credentials of its node (K8S-2)', () => {
      const reached = connections(everybody(overlay, objects), objects, allowedPorts);
      assert.deepEqual(
        reached.filter((line) => /-> (internet|metadata-of-the-node):/.test(line)),
        [],
      );
    });

    it('open no port on which no container of the pod listens (K8S-2)', () => {
      const policies = policiesOf(objects);
      const idle = objects.flatMap((object) => {
        const template = podTemplateOf(object);
        if (!template) return [];
        const pod = ours(object.metadata.name, template.metadata.labels);
        const opened = new Set(everybody(overlay, objects).flatMap((from) => [...portsIn(policies, from, pod)]));
        const listened = listeningPorts(template);
        return [...opened].filter((port) => !listened.has(port)).map((port) => `${object.metadata.name}: ${port}`);
      });
      assert.deepEqual(idle, []);
    });

    it('are held against the table so that each fault is seen: no denial, a wider selector, a flow too many', () => {
      const changed = (name: string, change: (policy: KubernetesObject) => readonly KubernetesObject[]) =>
        objects.flatMap((object) =>
          object.kind === 'NetworkPolicy' && object.metadata.name === name ? change(object) : [object],
        );
      const withSpec = (name: string, spec: object) =>
        changed(name, (policy) => [{ ...policy, spec: { ...z.looseObject({}).parse(policy.spec), ...spec } }]);
      const anybody = { podSelector: {} };
      const everywhere = { ipBlock: { cidr: '0.0.0.0/0' } };

      assert.throws(() => assertExact(changed('deny-by-default', () => [])));
      assert.throws(() =>
        assertEachSide(withSpec('limits', { ingress: [{ from: [anybody], ports: [{ port: 6379 }] }] })),
      );
      assert.throws(() => assertEachSide(withSpec('witness', { podSelector: {} })));
      assert.throws(() => assertExact(withSpec('audit-to-kube-api', { egress: [{ to: [everywhere] }] })));
    });
  });
}

/** Of the sidecar that Dapr adds: between sidecars, and metrics. */
const sidecarPorts = ['50002', '9090'];
const podSchema = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }),
  spec: z.object({
    containers: z.array(z.object({ ports: z.array(z.object({ containerPort: z.int() })).default([]) })),
  }),
});

function listeningPorts(template: unknown): ReadonlySet<string> {
  const { metadata, spec } = podSchema.parse(template);
  const own = spec.containers.flatMap(({ ports }) => ports.map(({ containerPort }) => String(containerPort)));
  return new Set([...own, ...(metadata.annotations?.['dapr.io/enabled'] === 'true' ? sidecarPorts : [])]);
}
