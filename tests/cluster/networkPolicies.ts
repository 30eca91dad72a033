import { BlockList } from 'node:net';
import { z } from 'zod';
import type { KubernetesObject } from './renderOverlay.ts';

/** Somebody on the network: a pod with its labels, or an address outside of the cluster. */
export type Party =
  | {
      readonly name: string;
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
    }
  | { readonly name: string; readonly address: string };

// What of the specification our policies use. Anything else, such as a named port, is an error here and not something that is overlooked.
const expressionSchema = z.strictObject({
  key: z.string(),
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values: z.array(z.string()).optional(),
});
const selectorSchema = z.strictObject({
  matchLabels: z.record(z.string(), z.string()).optional(),
  matchExpressions: z.array(expressionSchema).optional(),
});
type Selector = z.infer<typeof selectorSchema>;

const peerSchema = z.strictObject({
  podSelector: selectorSchema.optional(),
  namespaceSelector: selectorSchema.optional(),
  ipBlock: z.strictObject({ cidr: z.cidrv4(), except: z.array(z.cidrv4()).optional() }).optional(),
});
type Peer = z.infer<typeof peerSchema>;

const portsSchema = z
  .array(z.strictObject({ protocol: z.enum(['TCP', 'UDP']).default('TCP'), port: z.int() }))
  .optional();

const specSchema = z.strictObject({
  podSelector: selectorSchema,
  // Kubernetes derives it when it is missing; ours say it.
  policyTypes: z.array(z.enum(['Ingress', 'Egress'])).min(1),
  ingress: z.array(z.strictObject({ from: z.array(peerSchema).optional(), ports: portsSchema })).optional(),
  egress: z.array(z.strictObject({ to: z.array(peerSchema).optional(), ports: portsSchema })).optional(),
});

/** A NetworkPolicy, read. */
export interface Policy {
  readonly name: string;
  readonly namespace: string;
  readonly podSelector: Selector;
  readonly directions: readonly Direction[];
  readonly rules: Readonly<Record<Direction, readonly Rule[]>>;
}
type Direction = 'Ingress' | 'Egress';
/** No list means "all". */
interface Rule {
  readonly peers: readonly Peer[] | undefined;
  readonly ports: readonly string[] | undefined;
}

/** Policies among objects. Throws when one uses what is not understood here. */
export function policiesOf(objects: readonly KubernetesObject[]): readonly Policy[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    if (kind !== 'NetworkPolicy') return [];
    if (metadata.namespace === undefined) throw new Error(`NetworkPolicy ${metadata.name} has no namespace`);
    const { podSelector, policyTypes, ingress = [], egress = [] } = specSchema.parse(spec);
    return [
      {
        name: metadata.name,
        namespace: metadata.namespace,
        podSelector,
        directions: policyTypes,
        rules: {
          Ingress: ingress.map(({ from, ports }) => ({ peers: from, ports: ports?.map(portName) })),
          Egress: egress.map(({ to, ports }) => ({ peers: to, ports: ports?.map(portName) })),
        },
      },
    ];
  });
}

/** `8443` of TCP, `53/udp`. */
function portName({ port, protocol }: { port: number; protocol: 'TCP' | 'UDP' }): string {
  return protocol === 'TCP' ? String(port) : `${port}/udp`;
}

/** In the range from which Kind and many others take the addresses of pods. */
const addressOfPods = '10.244.1.7';

/** Every port, where no policy limits them. */
const everyPort = 'all';

/** Ports on which the policies of `from` let it open connections to `to`, whatever those of `to` say; `all` where it has none. */
export function portsOut(policies: readonly Policy[], from: Party, to: Party): ReadonlySet<string> {
  return portsOf(policies, 'Egress', from, to);
}

/** Ports on which the policies of `to` let `from` in, whatever those of `from` say; `all` where it has none. */
export function portsIn(policies: readonly Policy[], from: Party, to: Party): ReadonlySet<string> {
  return portsOf(policies, 'Ingress', to, from);
}

/** Ports on which `from` can open connections to `to`: those on which it is let out and let in. */
export function allowedPorts(policies: readonly Policy[], from: Party, to: Party): ReadonlySet<string> {
  const out = portsOut(policies, from, to);
  const into = portsIn(policies, from, to);
  if (out.has(everyPort)) return into;
  return into.has(everyPort) ? out : new Set([...out].filter((port) => into.has(port)));
}

function portsOf(policies: readonly Policy[], direction: Direction, owner: Party, other: Party): ReadonlySet<string> {
  const own = policies.filter((policy) => policy.directions.includes(direction) && selects(policy, owner));
  if (own.length === 0) return new Set([everyPort]);
  return new Set(
    own.flatMap((policy) =>
      policy.rules[direction].flatMap(({ peers, ports }) =>
        (peers?.some((peer) => isPeer(peer, policy.namespace, other)) ?? true) ? (ports ?? [everyPort]) : [],
      ),
    ),
  );
}

/** Whether a policy is about this pod. */
export function selects({ namespace, podSelector }: Policy, party: Party): boolean {
  return 'labels' in party && party.namespace === namespace && matches(podSelector, party.labels);
}

function isPeer({ podSelector, namespaceSelector, ipBlock }: Peer, namespace: string, party: Party): boolean {
  // A range that is wide enough holds pods, too: whether it means them is left to the network, so the worse is assumed.
  if (ipBlock) return isInBlock(ipBlock, 'address' in party ? party.address : addressOfPods);
  if ('address' in party) return false;
  const isNamespace = namespaceSelector
    ? matches(namespaceSelector, { 'kubernetes.io/metadata.name': party.namespace })
    : party.namespace === namespace;
  return isNamespace && matches(podSelector ?? {}, party.labels);
}

function isInBlock({ cidr, except = [] }: NonNullable<Peer['ipBlock']>, address: string): boolean {
  return isInRange(cidr, address) && !except.some((range) => isInRange(range, address));
}

function isInRange(cidr: string, address: string): boolean {
  const [network = '', bits] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(bits), 'ipv4');
  return list.check(address, 'ipv4');
}

function matches({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Readonly<Record<string, string>>) {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((expression) => holds(expression, labels[expression.key]))
  );
}

function holds({ operator, values = [] }: z.infer<typeof expressionSchema>, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}

const templateSchema = z.object({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }).default({ labels: {} }),
  spec: z.looseObject({}),
});
const workloadSchema = z.object({ template: templateSchema });

/** The template of the pods that an object makes, if it is one that makes pods. */
export function podTemplateOf({ kind, spec }: KubernetesObject): z.infer<typeof templateSchema> | undefined {
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job':
      return workloadSchema.parse(spec).template;
    case 'CronJob':
      return z.object({ jobTemplate: z.object({ spec: workloadSchema }) }).parse(spec).jobTemplate.spec.template;
    default:
      return undefined;
  }
}
