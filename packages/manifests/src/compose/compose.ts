import { type AppId, appIds } from '@todo-chatbot/contracts';
import { type BaseImage, baseImages, referenceOf } from '../baseImages.ts';
import { sentryArguments, sidecarArguments } from '../dapr/processes.ts';
import { environmentOf, serviceArguments } from '../environment.ts';
import type { GeneratedFile } from '../generatedFile.ts';
import { userId } from '../kubernetes/pod.ts';
import { namespace, ports } from '../names.ts';
import { initdbArguments } from '../postgres/server.ts';
import { sidecarResources, workloadOf } from '../workloads.ts';
import { containers, stateParts, tokenVariable } from './place.ts';

/** The platform as containers, for people with Docker alone, and the one container that makes their certificates and passwords. */
export function composeFiles(): readonly GeneratedFile[] {
  return [
    {
      path: 'compose.yaml',
      comment: 'The whole platform from images: images/README.md says how it is started (K8S-4).',
      documents: [{ name: 'todo-chatbot', services: services(), networks, volumes: { state }, configs }],
    },
    {
      path: 'compose.setup.yaml',
      comment: 'Makes certificates, passwords and keys into the volume of compose.yaml, and prints its file .env.',
      documents: [
        { name: 'todo-chatbot-setup', services: { setup: setup() }, volumes: { state: { name: volumeName } } },
      ],
    },
  ];
}

type Service = Readonly<Record<string, unknown>>;

const volumeName = 'todo-chatbot-state';
/** External: it is there when the setup has run, and `docker compose down --volumes` does not throw it away. */
const state = { external: true, name: volumeName };
/** The users that our images know, for programs of others that look theirs up. */
const configs = { users: { file: './images/passwd' } };

/** Nothing in the internal ones reaches the host or the world. Who is in none together cannot speak with one another. */
const networks = {
  mesh: { internal: true },
  databases: { internal: true },
  broker: { internal: true },
  tracing: { internal: true },
  witness: { internal: true },
  // The public door: the only network from which a port is published, which Docker does from no internal one.
  door: {},
};

function services(): Record<string, Service> {
  return {
    postgres: postgres(),
    provision: provision(),
    ...Object.fromEntries(appIds.map((appId) => [`migrate-${appId}`, migration(appId)])),
    'kafka-format': kafkaFormat(),
    kafka: kafka(),
    topics: topics(),
    sentry: sentry(),
    tokens: tokens(),
    zipkin: zipkin(),
    witness: witness(),
    ...Object.fromEntries(
      appIds.flatMap((appId) => [
        [appId, service(appId)],
        [`${appId}-dapr`, sidecar(appId)],
      ]),
    ),
    mails: mails(),
  };
}

/** What every container has: a user of no privilege, a root that nobody can write, and bounds. `memory`: as Kubernetes writes it. */
function hardened({ memory, cpu }: { readonly memory: string; readonly cpu: string }): Service {
  return {
    user: `${userId}:${userId}`,
    read_only: true,
    tmpfs: ['/tmp:size=64m,mode=1777'],
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    mem_limit: memory.replace('Mi', 'm'),
    cpus: cpu.endsWith('m') ? Number(cpu.slice(0, -1)) / 1000 : Number(cpu),
    pids_limit: 256,
    restart: 'unless-stopped',
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
  };
}

/** A command that ends. One that failed is tried again: what it waits for may need longer. */
function oneShot(): Service {
  return { ...hardened({ memory: '256Mi', cpu: '1' }), restart: 'on-failure:5' };
}

function ours(name: string, target: string, args: Readonly<Record<string, string>> = {}): Service {
  return {
    image: `todo-chatbot/${name}:local`,
    build: { context: '.', dockerfile: 'images/Dockerfile', target, args },
    // It is built here, and in no registry.
    pull_policy: 'build',
  };
}

const theirs = (base: BaseImage): Service => ({ image: referenceOf(base) });

/** Mounts one part of the state under its own path. */
function part(name: string, access: 'read' | 'write' = 'read'): object {
  return {
    type: 'volume',
    source: 'state',
    target: containers.part(name),
    read_only: access === 'read',
    volume: { subpath: name },
  };
}

type Condition = 'service_started' | 'service_healthy' | 'service_completed_successfully';
const after = (conditions: Readonly<Record<string, Condition>>): Service => ({
  depends_on: Object.fromEntries(Object.entries(conditions).map(([name, condition]) => [name, { condition }])),
});

const healthcheck = (...test: readonly string[]): Service => ({
  healthcheck: { test: ['CMD', ...test], interval: '5s', timeout: '5s', retries: 24, start_period: '60s' },
});

/** A variable of the file `.env`; compose says so when it is missing, and starts nothing. */
const given = (variable: string) => `$\{${variable}:?run the setup first, see images/README.md}`;

function postgres(): Service {
  const folder = containers.part(stateParts.postgres);
  const data = `${folder}/data`;
  // Data take their name when they are whole.
  const initialise = `initdb --pgdata=${data}.draft --pwfile=${folder}/superuser ${initdbArguments.join(' ')}`;
  return {
    ...theirs(baseImages.postgres),
    ...hardened({ memory: '512Mi', cpu: '2' }),
    entrypoint: ['bash', '-ec'],
    command: [
      [
        `[ -d ${data} ] || { rm -rf ${data}.draft; ${initialise}; mv ${data}.draft ${data}; }`,
        `exec postgres -D ${data} -c config_file=${folder}/postgresql.conf`,
      ].join('\n'),
    ],
    // Fast shutdown: open transactions are rolled back.
    stop_signal: 'SIGINT',
    configs: [{ source: 'users', target: '/etc/passwd' }],
    volumes: [part(stateParts.postgres, 'write')],
    networks: ['databases'],
    ...healthcheck('pg_isready', '--host=127.0.0.1', `--port=${containers.postgres.port}`, '--username=postgres'),
  };
}

function databaseEnvironment(): Record<string, string> {
  return {
    DATABASE_HOST: containers.postgres.host,
    DATABASE_PORT: String(containers.postgres.port),
    DATABASE_CA_FILE: `${containers.part(stateParts.authority)}/server-ca.crt`,
    SECRETS_FOLDER: containers.part(stateParts.databaseSecrets),
  };
}

function provision(): Service {
  return {
    ...ours('tools', 'tools'),
    ...oneShot(),
    command: ['packages/databases/src/provisionCommand.ts'],
    environment: databaseEnvironment(),
    volumes: [part(stateParts.authority), part(stateParts.databaseSecrets)],
    networks: ['databases'],
    ...after({ postgres: 'service_healthy' }),
  };
}

/** It has the password of this one owner. */
function migration(appId: AppId): Service {
  return {
    ...ours('tools', 'tools'),
    ...oneShot(),
    command: ['packages/databases/src/migrateCommand.ts'],
    environment: { APP_ID: appId, ...databaseEnvironment() },
    volumes: [part(stateParts.authority), part(`${stateParts.databaseSecrets}/${appId}-database-owner`)],
    networks: ['databases'],
    ...after({ provision: 'service_completed_successfully' }),
  };
}

/** The arguments are in files that the setup writes: they hold passwords. */
const javaArguments = (name: string) => [`@${containers.part(stateParts.kafka)}/${name}.args`];

function kafkaFormat(): Service {
  return {
    ...theirs(baseImages.kafka),
    ...oneShot(),
    entrypoint: [containers.kafka.java],
    command: javaArguments('format'),
    volumes: [part(stateParts.kafka, 'write')],
    network_mode: 'none',
  };
}

function kafka(): Service {
  return {
    ...theirs(baseImages.kafka),
    ...hardened({ memory: '768Mi', cpu: '2' }),
    entrypoint: [containers.kafka.java],
    command: javaArguments('start'),
    stop_grace_period: '30s',
    volumes: [part(stateParts.kafka, 'write')],
    networks: ['broker'],
    ...healthcheck('bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${containers.kafka.adminPort}`),
    ...after({ 'kafka-format': 'service_completed_successfully' }),
  };
}

const platformCommand = (name: string) => ({
  command: ['packages/local-platform/src/composeCommand.ts', name],
});

function setup(): Service {
  return {
    ...ours('setup', 'setup'),
    ...hardened({ memory: '256Mi', cpu: '1' }),
    ...platformCommand('setup'),
    restart: 'no',
    volumes: [{ type: 'volume', source: 'state', target: containers.stateFolder }],
    network_mode: 'none',
  };
}

function topics(): Service {
  return {
    ...ours('setup', 'setup'),
    ...oneShot(),
    ...platformCommand('topics'),
    volumes: [part(stateParts.authority), part(stateParts.pki)],
    networks: ['broker'],
    ...after({ kafka: 'service_healthy' }),
  };
}

function sentry(): Service {
  const { host, port, healthPort } = containers.sentry;
  return {
    ...theirs(baseImages.sentry),
    ...hardened({ memory: '128Mi', cpu: '500m' }),
    hostname: host,
    entrypoint: ['/sentry'],
    command: sentryArguments({ folder: containers.part(stateParts.sentry), address: '0.0.0.0', port, healthPort }),
    environment: { NAMESPACE: namespace },
    volumes: [part(stateParts.sentry)],
    networks: ['mesh'],
  };
}

/** Proofs of identity live for an hour; this one has the key that signs them, and no network. */
function tokens(): Service {
  return {
    ...ours('setup', 'setup'),
    ...hardened({ memory: '128Mi', cpu: '500m' }),
    ...platformCommand('tokens'),
    volumes: [part(stateParts.secrets), part('sidecars', 'write')],
    network_mode: 'none',
  };
}

function zipkin(): Service {
  const { user: _its, ...rest } = hardened({ memory: '384Mi', cpu: '1' });
  return {
    ...theirs(baseImages.zipkin),
    // The image has a user of its own, without privilege.
    ...rest,
    environment: { STORAGE_TYPE: 'mem', JAVA_OPTS: '-Xms64m -Xmx128m -XX:+UseSerialGC' },
    networks: ['tracing'],
  };
}

function witness(): Service {
  const folder = containers.part(stateParts.witness);
  const { port } = containers.witness;
  return {
    ...ours('witness', 'witness'),
    ...hardened({ memory: '128Mi', cpu: '500m' }),
    environment: {
      LISTEN_ADDRESS: '0.0.0.0',
      PORT: String(port),
      KEY_FILE: `${folder}/key.pem`,
      STORE_FILE: `${folder}/checkpoint`,
      LOG_VERIFIER_KEY: given('LOG_VERIFIER_KEY'),
      TLS_CERTIFICATE_FILE: `${folder}/tls.pem`,
      TLS_KEY_FILE: `${folder}/tls.pem`,
    },
    volumes: [part(stateParts.witness, 'write')],
    networks: ['witness'],
  };
}

const publicOrigin = `http://localhost:${ports.public}`;

function environment(appId: AppId): Record<string, string> {
  const authority = `${containers.part(stateParts.authority)}/server-ca.crt`;
  return environmentOf<string>(appId, {
    runMode: 'local',
    appPort: containers.sidecar.app,
    daprHttpPort: containers.sidecar.http,
    daprApiToken: given(tokenVariable(appId, 'DAPR')),
    appApiToken: given(tokenVariable(appId, 'APP')),
    databaseHost: containers.postgres.host,
    databasePort: containers.postgres.port,
    databaseCaFile: authority,
    tokenIssuer: 'https://todo-chatbot.local',
    tokenAudience: 'todo-chatbot',
    spanCollector: containers.spanCollector,
    metricsPort: ports.metrics,
    publicOrigin,
    door: { port: ports.public, webRoot: '/srv/web' },
    log: {
      kafkaBrokers: `${containers.kafka.host}:${containers.kafka.port}`,
      kafkaCaFile: authority,
      origin: 'todo-chatbot.local/audit',
      witnessUrl: `https://${containers.witness.host}:${containers.witness.port}`,
      witnessCaFile: authority,
      witnessVerifierKey: given('WITNESS_VERIFIER_KEY'),
      anchorFolder: containers.part(stateParts.anchors),
    },
    accounts: {
      // One's own machine has no second device at hand; production refuses this.
      SECOND_FACTOR_FOR_ADMINISTRATORS: 'optional',
      MAIL_TRANSPORT: 'folder',
      MAIL_FOLDER: containers.part(stateParts.mail),
      MAIL_FROM: 'no-reply@todo-chatbot.example',
    },
    more: {
      // The door is for others; probes and metrics are for this container.
      LISTEN_ADDRESS: appId === 'chat-gateway' ? '0.0.0.0' : '127.0.0.1',
      PROBE_PORT: String(ports.probes),
    },
  });
}

/** A service; its networks are also its sidecar's, which has no address of its own. */
function service(appId: AppId): Service {
  const { resources } = workloadOf(appId);
  const isDoor = appId === 'chat-gateway';
  return {
    ...ours(appId, isDoor ? 'gateway' : 'service', { APP: appId }),
    ...hardened(resources.limits),
    command: serviceArguments,
    stop_grace_period: '30s',
    environment: environment(appId),
    volumes: [part(stateParts.authority), ...ownParts(appId)],
    networks: [
      'mesh',
      'databases',
      'broker',
      'tracing',
      ...(appId === 'audit' ? ['witness'] : []),
      ...(isDoor ? ['door'] : []),
    ],
    ...(isDoor ? { ports: [`127.0.0.1:${ports.public}:${ports.public}`] } : {}),
    ...after({ [`migrate-${appId}`]: 'service_completed_successfully', zipkin: 'service_started' }),
  };
}

function ownParts(appId: AppId): object[] {
  if (appId === 'audit') return [part(stateParts.anchors, 'write')];
  return appId === 'auth' ? [part(stateParts.mail, 'write')] : [];
}

function sidecar(appId: AppId): Service {
  const folder = containers.part(stateParts.sidecar(appId));
  const { host, port } = containers.sentry;
  return {
    ...theirs(baseImages.daprd),
    ...hardened(sidecarResources.limits),
    entrypoint: ['/daprd'],
    command: sidecarArguments({
      appId,
      folder,
      ports: containers.sidecar,
      internalAddress: '0.0.0.0',
      sentryAddress: `${host}:${port}`,
    }),
    environment: {
      NAMESPACE: namespace,
      POD_NAME: appId,
      DAPR_HOST_IP: '127.0.0.1',
      DAPR_TRUST_ANCHORS: given('DAPR_TRUST_ANCHORS'),
      DAPR_SENTRY_TOKEN_FILE: `${folder}/identity.jwt`,
      DAPR_API_TOKEN: given(tokenVariable(appId, 'DAPR')),
      APP_API_TOKEN: given(tokenVariable(appId, 'APP')),
    },
    volumes: [part(stateParts.sidecar(appId))],
    network_mode: `service:${appId}`,
    depends_on: {
      // Its network ends with that container.
      [appId]: { condition: 'service_started', restart: true },
      topics: { condition: 'service_completed_successfully' },
      sentry: { condition: 'service_started' },
      tokens: { condition: 'service_started' },
    },
  };
}

/** `docker compose run --rm mails`: links of mails that nobody sends anywhere. */
function mails(): Service {
  return {
    ...ours('setup', 'setup'),
    ...hardened({ memory: '128Mi', cpu: '500m' }),
    ...platformCommand('mails'),
    restart: 'no',
    profiles: ['mails'],
    volumes: [part(stateParts.mail)],
    network_mode: 'none',
  };
}
