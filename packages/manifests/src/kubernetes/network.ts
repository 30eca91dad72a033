import { type Flow, flows, type Outside, outsidePeers, type PodGroup, podLabels } from '../flows.ts';
import type { GeneratedFile } from '../generatedFile.ts';
import { namespace } from '../names.ts';
import { kustomizationOf } from './kustomization.ts';

const folder = 'k8s/base/network';

/** A policy that denies everything, and one for each group of pods with exactly its flows, in both directions (K8S-2). */
export function networkFiles(): readonly GeneratedFile[] {
  const groups = Object.keys(podLabels).filter(isPodGroup);
  return [
    {
      path: `${folder}/deny-by-default.yaml`,
      comment: 'Nobody speaks to anybody; the other files say the exceptions (K8S-2).',
      documents: [policy('deny-by-default', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })],
    },
    ...groups.map((group) => ({
      path: `${folder}/${group}.yaml`,
      comment: `With whom ${group} speaks; packages/manifests/src/flows.ts says why.`,
      documents: [
        policy(group, {
          podSelector: { matchLabels: podLabels[group] },
          policyTypes: ['Ingress', 'Egress'],
          ingress: flows
            .filter(({ to }) => to === group)
            .map((flow) => ({ from: peersOf(flow.from), ports: portsOf(flow) })),
          egress: flows
            .filter(({ from }) => from === group)
            .map((flow) => ({ to: peersOf(flow.to), ports: portsOf(flow) })),
        }),
      ],
    })),
    kustomizationOf(folder, ['deny-by-default.yaml', ...groups.map((group) => `${group}.yaml`)]),
  ];
}

function policy(name: string, spec: object): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

function isPodGroup(name: string): name is PodGroup {
  return name in podLabels;
}

function peersOf(end: PodGroup | Outside): readonly object[] {
  return isPodGroup(end) ? [{ podSelector: { matchLabels: podLabels[end] } }] : outsidePeers[end];
}

function portsOf({ ports, to }: Flow): readonly object[] {
  const protocols = to === 'dns' ? ['UDP', 'TCP'] : ['TCP'];
  return ports.flatMap((port) => protocols.map((protocol) => ({ protocol, port })));
}
