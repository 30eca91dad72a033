import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { z } from 'zod';
import { type KubernetesObject, type Overlay, overlays, renderOverlay } from './renderOverlay.ts';

/**
 * A difference between the two overlays that has to be. `what` is a kind, or one object of it (`Kind/name`), or a field of either; `*` in a field
 * stands for any one step, `*` for the kind and a name for every field of that name.
 */
interface AllowedDifference {
  readonly what: string;
  readonly because: string;
}

/** All of them: what is not here is the same on one's own machine as in production. */
const allowedDifferences: readonly AllowedDifference[] = [
  { what: 'Deployment spec.replicas', because: 'Kind has one node; in production an autoscaler says how many' },
  { what: 'Deployment spec.template.spec.priorityClassName', because: 'nobody else is on Kind' },
  { what: 'Deployment spec.template.spec.topologySpreadConstraints.*', because: 'Kind has one zone' },
  { what: '* imagePullPolicy', because: 'on Kind a tag is built again and again' },
  { what: '* image', because: 'a registry on this machine, or a release by its digests' },
  { what: 'ConfigMap data.RUN_MODE', because: 'mail into a folder is refused in production' },
  { what: 'ConfigMap data.PUBLIC_ORIGIN', because: 'where browsers find it' },
  { what: 'ConfigMap data.TOKEN_ISSUER', because: 'who signs' },
  { what: 'ConfigMap data.LOG_ORIGIN', because: 'the name of the log' },
  { what: 'ConfigMap data.SECOND_FACTOR_FOR_ADMINISTRATORS', because: 'nobody is locked out of their own machine' },
  { what: 'ConfigMap data.MAIL_TRANSPORT', because: 'no mail leaves one’s own machine' },
  { what: 'ConfigMap data.TRUSTED_PROXIES', because: 'the network of the pods' },
  { what: 'KafkaNodePool spec.replicas', because: 'one broker, or one in each zone' },
  { what: 'KafkaNodePool spec.resources.*', because: 'one’s own machine is small' },
  { what: 'KafkaNodePool spec.jvmOptions.*', because: 'as its memory' },
  { what: 'KafkaNodePool spec.storage.volumes.*.size', because: 'one’s own machine is small' },
  { what: 'Kafka spec.kafka.config.default.replication.factor', because: 'one broker has no other to copy to' },
  { what: 'Kafka spec.kafka.config.min.insync.replicas', because: 'one broker has no other to copy to' },
  { what: 'Kafka spec.kafka.config.offsets.topic.replication.factor', because: 'one broker has no other to copy to' },
  { what: 'Kafka spec.kafka.config.transaction.state.log', because: 'one broker has no other to copy to' },
  { what: 'Kafka spec.kafka.config.share.coordinator.state.topic', because: 'one broker has no other to copy to' },
  { what: 'Kafka spec.kafka.template.pod.priorityClassName', because: 'nobody else is on Kind' },
  { what: 'Cluster spec.instances', because: 'one database server, or one in each zone' },
  { what: 'Cluster spec.postgresql.synchronous', because: 'one server has no other to copy to' },
  { what: 'Cluster spec.affinity.topologyKey', because: 'Kind has one zone' },
  { what: 'Cluster spec.storage.size', because: 'one’s own machine is small' },
  { what: 'Cluster spec.resources.*', because: 'one’s own machine is small' },
  { what: 'Cluster spec.priorityClassName', because: 'nobody else is on Kind' },
  { what: 'ExternalSecret', because: 'on Kind secrets are made where they are used' },
  { what: 'Kafka spec.kafka.rack', because: 'Kind has one zone' },
  { what: 'Kafka spec.kafka.template.pod.topologySpreadConstraints', because: 'Kind has one zone' },
  { what: 'ConfigMap data.TRACE_STORE_PLAIN', because: 'the trace store on Kind has no certificate' },
  { what: 'ConfigMap/edge-place data.names.conf', because: 'where browsers find it' },
  { what: 'ConfigMap/edge-place data.addresses.conf', because: 'whose network the console is reached from' },
  { what: 'Certificate/edge-tls spec.dnsNames', because: 'where browsers find it' },
  { what: 'Certificate/edge-tls spec.issuerRef', because: 'nobody but one’s own browser has to know the authority' },
  { what: 'Service/edge spec.type', because: 'a port of this machine, or a load balancer' },
  { what: 'Service/edge spec.ports.*.nodePort', because: 'the port that cluster.yaml maps' },
  { what: 'Service/edge spec.loadBalancerSourceRanges', because: 'a port of this machine, or a load balancer' },
  { what: 'ValidatingAdmissionPolicy/todo-chatbot-images', because: 'Kind has images of its own making' },
  { what: 'ValidatingAdmissionPolicyBinding/todo-chatbot-images', because: 'Kind has images of its own making' },
  { what: 'HorizontalPodAutoscaler', because: 'Kind has one node and no metrics server' },
  { what: 'ScaledObject', because: 'Kind has one node and no KEDA' },
  { what: 'TriggerAuthentication', because: 'as ScaledObject' },
  { what: 'ConfigMap/kafka-lag', because: 'as ScaledObject' },
  { what: 'PodMonitor', because: 'Prometheus is optional on Kind' },
  { what: 'PrometheusRule', because: 'Prometheus is optional on Kind' },
  ...['overview', 'chat', 'messaging', 'security', 'platform'].map((name) => ({
    what: `ConfigMap/dashboard-${name}`,
    because: 'Grafana is optional on Kind',
  })),
  { what: 'Cluster spec.postgresql.synchronous.*', because: 'one server has no other to copy to' },
  { what: 'PriorityClass', because: 'nobody else is on Kind' },
  { what: 'NetworkPolicy spec.egress.*.to.*', because: 'addresses of API server, mail relay and backup store' },
];

describe('Between Kind and production (K8S-1)', () => {
  let differences: readonly string[] = [];
  before(async () => {
    const [kind, production] = await Promise.all(overlays.map(fieldsOf));
    assert.ok(kind && production);
    const names = new Set([...kind.keys(), ...production.keys()]);
    differences = [...names].filter((name) => kind.get(name) !== production.get(name));
  });

  it('differs only what has to', () => {
    const surprising = differences.filter((name) => !allowedDifferences.some(({ what }) => isOf(name, what)));
    assert.deepEqual(surprising, []);
  });

  it('differs everything that is said to: the list holds no row too many', () => {
    const unused = allowedDifferences.filter(({ what }) => !differences.some((name) => isOf(name, what)));
    assert.deepEqual(unused, []);
  });
});

const namesSchema = z.object({
  ConfigMap: z.object({
    settings: z.object({ data: z.object({ PUBLIC_ORIGIN: z.url() }) }),
    'edge-place': z.object({ data: z.object({ 'names.conf': z.string() }) }),
  }),
  Certificate: z.object({ 'edge-tls': z.object({ spec: z.object({ dnsNames: z.array(z.string()) }) }) }),
});

describe('The name under which browsers find an installation', () => {
  for (const overlay of overlays) {
    it(`is one in settings, edge and certificate: ${overlay}`, async () => {
      const objects = Object.groupBy(await renderOverlay(overlay), ({ kind }) => kind);
      const named = (kind: string) =>
        Object.fromEntries((objects[kind] ?? []).map((object) => [nameOf(object), object]));
      const found = namesSchema.parse({ ConfigMap: named('ConfigMap'), Certificate: named('Certificate') });
      const { host, hostname } = new URL(found.ConfigMap.settings.data.PUBLIC_ORIGIN);
      const edge = found.ConfigMap['edge-place'].data['names.conf'];
      assert.match(edge, new RegExp(`^server_name ${hostname};$`, 'm'));
      assert.match(edge, new RegExp(`^set \\$public_host ${host};$`, 'm'));
      assert.deepEqual(found.Certificate['edge-tls'].spec.dnsNames, [hostname]);
    });
  }
});

/** Every field of every object, as `Kind/name path`, with its value as text; an object without any field is its own. */
async function fieldsOf(overlay: Overlay): Promise<ReadonlyMap<string, string>> {
  const objects = await renderOverlay(overlay);
  return new Map(objects.flatMap((object) => fieldsIn(object, `${object.kind}/${nameOf(object)} `)));
}

function fieldsIn(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, withoutHash(JSON.stringify(value))]];
  return Object.entries(value).flatMap(([key, child]) =>
    fieldsIn(child, path.endsWith(' ') ? path + key : `${path}.${key}`),
  );
}

/** kustomize gives a generated ConfigMap the hash of what is in it as the end of its name. */
function nameOf({ kind, metadata }: KubernetesObject): string {
  return kind === 'ConfigMap' ? withoutHash(metadata.name) : metadata.name;
}

function withoutHash(text: string): string {
  return text.replace(/-[bcdfghkmt2456789]{10}\b/g, '');
}

/** Whether a field, `Kind/name path`, is of an allowed difference. */
function isOf(name: string, what: string): boolean {
  const [object = '', path = ''] = name.split(' ');
  const [kind, allowed] = what.split(' ');
  if (kind === '*') return path.split('.').at(-1) === allowed;
  if (object !== kind && object.split('/')[0] !== kind) return false;
  if (allowed === undefined) return true;
  const steps = path.split('.');
  return allowed.split('.').every((step, index) => step === '*' || step === steps[index]);
}
