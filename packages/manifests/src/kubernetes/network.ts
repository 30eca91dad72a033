import {
  addressLabel,
  type Flow,
  flows,
  isAddress,
  type Outside,
  outsidePeer,
  type PodGroup,
  podLabels,
} from '../flows.ts';
import type { GeneratedFile } from '../generatedFile.ts';
import { namespace } from '../names.ts';
import { kustomizationOf } from './kustomization.ts';

const folder = 'k8s/base/network';

/** A policy that denies everything, and for each group of pods exactly its flows, in both directions (K8S-2). */
export function networkFiles(): readonly GeneratedFile[] {
  const groups = Object.keys(podLabels).filter(isPodGroup);
  return [
    {
      path: `${folder}/deny-by-default.yaml`,
      comment: 'Nobody speaks to anybody; the other files say the exceptions (K8S-2).',
      documents: [policy('deny-by-default', {}, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })],
    },
    ...groups.map((group) => ({
      path: `${folder}/${group}.yaml`,
      comment: `With whom ${group} speaks; packages/manifests/src/flows.ts says why.`,
      documents: [policyOf(group), ...addressPoliciesOf(group)],
    })),
    kustomizationOf(folder, ['deny-by-default.yaml', ...groups.map((group) => `${group}.yaml`)]),
  ];
}

/** Everything between pods. */
function policyOf(group: PodGroup): object {
  return policy(
    group,
    {},
    {
      podSelector: { matchLabels: podLabels[group] },
      policyTypes: ['Ingress', 'Egress'],
      ingress: flows
        .filter(({ from, to }) => to === group && !isAddress(from))
        .map((flow) => ({ from: [peerOf(flow.from)], ports: portsOf(flow) })),
      egress: flows
        .filter(({ from, to }) => from === group && !isAddress(to))
        .map((flow) => ({ to: [peerOf(flow.to)], ports: portsOf(flow) })),
    },
  );
}

/** One policy for each flow from or to addresses, with one rule: a patch of an overlay that replaces the addresses fits all of them. */
function addressPoliciesOf(group: PodGroup): readonly object[] {
  const podSelector = { matchLabels: podLabels[group] };
  return flows.flatMap((flow) => {
    if (flow.from === group && isAddress(flow.to)) {
      const egress = [{ to: [peerOf(flow.to)], ports: portsOf(flow) }];
      return [addressPolicy(`${group}-to-${flow.to}`, flow.to, { podSelector, policyTypes: ['Egress'], egress })];
    }
    if (flow.to === group && isAddress(flow.from)) {
      const ingress = [{ from: [peerOf(flow.from)], ports: portsOf(flow) }];
      return [
        addressPolicy(`${group}-from-${flow.from}`, flow.from, { podSelector, policyTypes: ['Ingress'], ingress }),
      ];
    }
    return [];
  });
}

function addressPolicy(name: string, speaksWith: string, spec: object): object {
  return policy(name, { labels: { [addressLabel]: speaksWith } }, spec);
}

function policy(name: string, metadata: object, spec: object): object {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, ...metadata },
    spec,
  };
}

function isPodGroup(name: string): name is PodGroup {
  return name in podLabels;
}

function peerOf(end: PodGroup | Outside): object {
  return isPodGroup(end) ? { podSelector: { matchLabels: podLabels[end] } } : outsidePeer(end);
}

function portsOf({ ports, to }: Flow): readonly object[] {
  const protocols = to === 'dns' ? ['UDP', 'TCP'] : ['TCP'];
  return ports.flatMap((port) => protocols.map((protocol) => ({ protocol, port })));
}
