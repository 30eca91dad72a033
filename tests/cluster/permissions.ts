/** What service accounts may ask of the API server. Everything that is not here, they may not (K8S-2, MESH-5). */
export interface Permission {
  readonly verb: string;
  /** As the API server names it, with its group: `secrets`, `leases.coordination.k8s.io`. */
  readonly resource: string;
  /** Of the one object that it is about. */
  readonly name: string;
}

const gets = (...secrets: readonly string[]): readonly Permission[] =>
  secrets.map((name) => ({ verb: 'get', resource: 'secrets', name }));

/** The authority of the brokers' certificates. */
const brokers = 'todo-chatbot-cluster-ca-cert';

/**
 * Every service account in the namespace. Written by hand and not taken from the table that the Roles are made from, so that a wrong row
 * there is found.
 */
export const permissions: Readonly<Record<string, readonly Permission[]>> = {
  auth: gets('auth-database', 'auth-kafka', 'auth-pepper', 'auth-index-key', 'auth-master-key', 'auth-smtp', brokers),
  'chat-gateway': gets('chat-gateway-database', 'chat-gateway-kafka', 'chat-gateway-csrf-key', brokers),
  task: gets('task-database', 'task-kafka', brokers),
  booking: gets('booking-database', 'booking-kafka', brokers),
  guardrail: gets('guardrail-database', 'guardrail-kafka', brokers),
  audit: gets('audit-database', 'audit-kafka', 'audit-checkpoint-key', brokers),
  // These ask nothing: their pods have no token.
  edge: [],
  limits: [],
  witness: [],
  'otel-collector': [],
  migrations: [],
  backup: [],
  // What a pod gets that names none.
  default: [],
};
