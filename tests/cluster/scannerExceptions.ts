/** Something that a scanner finds fault with and that stays as it is. */
export interface Exception {
  /** The scanner's own name of its check. */
  readonly check: string;
  /** Name of the object, or the beginning of a generated one; every object, if there is none. */
  readonly object?: string;
  readonly because: string;
}

/** Every exception, with its reason. One that no scanner asks for any more is a fault of `npm run check:manifests`. */
export const exceptions: readonly Exception[] = [
  {
    check: 'container-image-pull-policy',
    because:
      'It would keep a pod from a foreign image under its tag, but production names images by digest, and then the registry is one thing less that has to be up when a pod starts.',
  },
  { check: 'CKV_K8S_15', because: 'The same: the policy matters for tags, and only Kind has any.' },
  {
    check: 'CKV_K8S_43',
    because:
      'On Kind, images are those that were just built. Production has digests, and its admission policy asks for them.',
  },
  {
    check: 'CKV_K8S_35',
    because:
      'Tokens between a service and its sidecar: Dapr knows no other way (dapr.io/api-token-secret), and the service has its half in the same form. All other secrets are files or come by the sidecar.',
  },
  { check: 'pod-probes-identical', object: 'otel-collector', because: 'Its one health page says both.' },
  {
    check: 'pod-probes-identical',
    object: 'witness',
    because: 'It depends on nobody, so it is ready whenever it lives.',
  },
  {
    check: 'deployment-replicas',
    because:
      'An autoscaler has two or more of each that can be more than one. Limits and spans are missed for the minute of a restart; the witness keeps a file. On Kind there is one of everything.',
  },
  {
    check: 'deployment-has-host-podantiaffinity',
    because: 'Topology spread over zones and nodes says it, and still lets a pod start where a whole zone is gone.',
  },
  {
    check: 'deployment-strategy',
    because: 'Two at once would count, or sign, beside one another; a volume that belongs to one pod says the same.',
  },
  {
    check: 'networkpolicy-targets-pod',
    object: 'kafka',
    because: 'Strimzi makes the pods. tests/cluster/connectivity.test.ts has their labels.',
  },
  { check: 'networkpolicy-targets-pod', object: 'postgres', because: 'CloudNativePG makes the pods; so do the tests.' },
  { check: 'service-type', object: 'edge', because: 'Kind has no balancer; its port is mapped to loopback alone.' },
];
