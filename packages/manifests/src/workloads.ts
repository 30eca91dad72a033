import type { AppId } from '@todo-chatbot/contracts';

/** Resources of a container: cores and bytes as Kubernetes writes them. */
export interface Resources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

/** How a service runs in the cluster. Sizes come from measurements, docs/operations/scale.md. */
export interface Workload {
  readonly appId: AppId;
  /** `replicas.max` above the partitions of a topic (3) would leave consumers without one. */
  readonly replicas: { readonly min: number; readonly max: number };
  /** `cpu`: answers requests. `lag`: mostly consumes, and grows with what waits for it in Kafka, too. `nobody`: always one. */
  readonly scaledBy: 'cpu' | 'lag' | 'nobody';
  readonly resources: Resources;
  /** Bytes of a volume of its own, as Kubernetes writes them; such a service is one at a time. */
  readonly volume?: { readonly name: string; readonly mountPath: string; readonly size: string };
}

/** Requests are what a busy one was measured to hold and, at the turns a second of docs/operations/scale.md, to compute. */
const usual: Resources = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } };

/** The sidecar's own. */
export const sidecarResources: Resources = {
  requests: { cpu: '50m', memory: '96Mi' },
  limits: { cpu: '500m', memory: '192Mi' },
};

/** Where the audit service anchors checkpoints, on its own volume. */
export const anchorFolder = '/var/lib/todo-chatbot/anchors';

const byApp: Readonly<Record<AppId, Omit<Workload, 'appId'>>> = {
  auth: {
    replicas: { min: 2, max: 4 },
    scaledBy: 'cpu',
    // bcrypt takes a core for a fifth of a second at each sign-in.
    resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '2', memory: '512Mi' } },
  },
  'chat-gateway': {
    replicas: { min: 2, max: 6 },
    scaledBy: 'cpu',
    // Every message passes here, and costs more than anywhere else.
    resources: { requests: { cpu: '200m', memory: '384Mi' }, limits: { cpu: '1', memory: '768Mi' } },
  },
  task: { replicas: { min: 2, max: 3 }, scaledBy: 'lag', resources: usual },
  booking: { replicas: { min: 2, max: 3 }, scaledBy: 'lag', resources: usual },
  guardrail: { replicas: { min: 2, max: 6 }, scaledBy: 'cpu', resources: usual },
  audit: {
    // One writer of the log: its order is the order of one process, and its anchors are a folder that one process appends to.
    replicas: { min: 1, max: 1 },
    scaledBy: 'nobody',
    resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '2', memory: '640Mi' } },
    volume: { name: 'anchors', mountPath: anchorFolder, size: '1Gi' },
  },
};

/** How a service runs. */
export function workloadOf(appId: AppId): Workload {
  return { appId, ...byApp[appId] };
}
