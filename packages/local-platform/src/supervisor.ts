import type { Server } from 'node:http';
import { type AppId, appIds } from '@todo-chatbot/contracts';
import {
  answersQuery,
  migrateServiceDatabase,
  ownerConnection,
  provisionDatabases,
  superuserConnection,
} from '@todo-chatbot/databases';
import { unprivilegedAccount } from './account.ts';
import { type Artifacts, ensureArtifacts } from './artifacts/artifacts.ts';
import { defaultCacheDir } from './artifacts/layout.mjs';
import { type BackupKeys, ensureBackupKeys } from './backup/backupKeys.ts';
import { scheduleBackups } from './backup/scheduleBackups.ts';
import { claimState, type HeldClaim } from './claim.ts';
import { controlPathFor, type PlatformStatus, serveControl } from './control.ts';
import { type Credentials, ensureCredentials, secretValue } from './credentials.ts';
import { tokenRenewalMs, writeIdentityTokens } from './dapr/identity.ts';
import { namesInFile, renderNativeFiles } from './dapr/render.ts';
import { configureSentry, sentryLaunchSpec } from './dapr/sentry.ts';
import { sidecarLaunchSpec } from './dapr/sidecar.ts';
import { ensurePrivateDirectory, readJsonIfPresent, writePrivateFile } from './files.ts';
import { reconcileKafka } from './kafka/administration.ts';
import { configureKafka, formatKafka, type KafkaInstance, kafkaLaunchSpec, updateUsers } from './kafka/broker.ts';
import { type StateLayout, stateLayout } from './layout.ts';
import { rotateLogs } from './logs.ts';
import { serveMailPage } from './mailPage.ts';
import { ensurePki, type PlatformPki, witnessName } from './platformPki.ts';
import { choosePorts, type PlatformPorts, type PortWish } from './platformPorts.ts';
import { platformFactsSchema } from './platformState.ts';
import {
  configurePostgres,
  initialisePostgres,
  localServer,
  postgresDataDir,
  postgresLaunchSpec,
  removeStrayLock,
} from './postgres.ts';
import { acceptsTls, answersOk, answersOkOverTls } from './probes.ts';
import type { ProgressReporter } from './progress.ts';
import { serviceLaunchSpec } from './service.ts';
import { type ProcessSpec, SupervisedProcess } from './supervisedProcess.ts';
import { ensureWebApp } from './webApp.ts';
import { ensureWitness, readWitnessFacts, type WitnessFacts, witnessLaunchSpec } from './witness.ts';
import { zipkinLaunchSpec } from './zipkin.ts';

export interface SupervisorOptions {
  readonly stateDir: string;
  readonly ports: PortWish;
  /** Variables for the services' own configuration. */
  readonly environment: Readonly<Record<string, string>>;
  /** Fixture that runs in place of every service, for tests of the platform itself. */
  readonly serviceMain?: string | undefined;
  /** In place of every cron binding's own schedule, for tests that do not wait for an hour. */
  readonly cronSchedule?: string | undefined;
  readonly progress: ProgressReporter;
  readonly notice: (text: string) => void;
  /** Resolves when the start is to be given up. */
  readonly cancelled: Promise<void>;
}

/** A started platform, held by this very process. */
export interface Supervisor {
  readonly url: string;
  /** Where the mails are shown. */
  readonly mailUrl: string;
  stop(): Promise<void>;
  /** Resolves when the platform has been stopped, by whomever. */
  readonly stopped: Promise<void>;
}

/** Kafka is the slowest, and a busy machine makes it slower still. */
const infrastructureDeadlineMs = 120_000;
/** A service is started before Kafka is there, and waits for its sidecar meanwhile. */
const appDeadlineMs = 150_000;
/** Time for a clean end before SIGKILL. */
const stopGraceMs = 10_000;

/** Everything that is decided before the first process starts. */
interface Plan {
  readonly layout: StateLayout;
  readonly artifacts: Artifacts;
  readonly ports: PlatformPorts;
  readonly credentials: Credentials;
  readonly pki: PlatformPki;
  readonly witness: WitnessFacts;
  readonly backupKeys: BackupKeys;
  readonly url: string;
  readonly options: SupervisorOptions;
}

/** Brings the whole platform up, or throws after having taken down what was up. */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const layout = stateLayout(options.stateDir);
  const controlPath = await controlPathFor(layout);
  const claim = await claimState(layout, { controlPath, notice: options.notice });
  const processes = new ProcessTable(claim);
  const stopped = Promise.withResolvers<void>();
  const background = new AbortController();
  let phase: PlatformStatus['phase'] = 'starting';
  let url = '';
  let mailUrl = '';
  let control: Server | undefined;
  let mailPage: Server | undefined;

  const stopOnce = async () => {
    phase = 'stopping';
    background.abort();
    await processes.stopAll();
    await claim.release();
    phase = 'stopped';
    mailPage?.close();
    control?.close();
    stopped.resolve();
  };
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopOnce();
    return stopping;
  };

  try {
    control = await serveControl(controlPath, {
      stop,
      status: async () => {
        const list = await processes.status();
        return { ready: phase === 'running' && list.every(({ ready }) => ready), phase, url, mailUrl, processes: list };
      },
      restart: async (name) => processes.named(name).restart(appDeadlineMs),
      kill: async (name) => {
        if (!processes.named(name).kill()) throw new Error(`${name} is not running at the moment.`);
      },
    });
    const bringUp = async () => {
      const plan = await makePlan(options, layout);
      url = plan.url;
      mailUrl = `http://localhost:${plan.ports.mail}`;
      rotateLogs(layout.logsDir, background.signal).catch((error) =>
        console.error('Logs are no longer kept small:', error),
      );
      mailPage = await serveMailPage({ folder: layout.mailDir, port: plan.ports.mail });
      await startAll(plan, processes);
      keepTokensFresh(plan, background.signal);
      scheduleBackups({
        layout,
        server: localServer(plan.ports.postgres, plan.pki.serverCa),
        signal: background.signal,
        notice: options.notice,
      });
    };
    const givenUp = Promise.race([options.cancelled, stopped.promise]).then(() => {
      throw new Error('The start was given up.');
    });
    await Promise.race([bringUp(), givenUp]);
    phase = 'running';
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, mailUrl, stop, stopped: stopped.promise };
}

/** The processes by name, in the order of their start. */
class ProcessTable {
  readonly #claim: HeldClaim;
  readonly #processes: SupervisedProcess[] = [];
  #isStopping = false;

  constructor(claim: HeldClaim) {
    this.#claim = claim;
  }

  /** Starts one more and waits until it is ready. */
  async start(spec: ProcessSpec, deadlineMs: number): Promise<void> {
    if (this.#isStopping) throw new Error('The platform is being stopped.');
    const one = new SupervisedProcess(spec, () => this.#remember());
    this.#processes.push(one);
    await one.start(deadlineMs);
  }

  named(name: string): SupervisedProcess {
    const found = this.#processes.find(({ spec }) => spec.name === name);
    if (found) return found;
    throw new Error(
      `There is no process ${name}. There are: ${this.#processes.map(({ spec }) => spec.name).join(', ')}.`,
    );
  }

  async status() {
    return Promise.all(this.#processes.map((one) => one.status()));
  }

  /** Services first, then their sidecars, then what both stand on. */
  async stopAll(): Promise<void> {
    this.#isStopping = true;
    for (const isOfStage of stopStages) {
      await Promise.all(this.#processes.filter(({ spec }) => isOfStage(spec.kind)).map((one) => one.stop()));
    }
  }

  #remember(): void {
    const pids = this.#processes.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    this.#claim.update(pids).catch((error) => console.error('The list of processes could not be written:', error));
  }
}

const stopStages: readonly ((kind: ProcessSpec['kind']) => boolean)[] = [
  (kind) => kind === 'service',
  (kind) => kind === 'sidecar',
  (kind) => kind === 'certificates' || kind === 'tracing' || kind === 'witness',
  (kind) => kind === 'broker',
  (kind) => kind === 'database',
];

async function makePlan(options: SupervisorOptions, layout: StateLayout): Promise<Plan> {
  const { progress, notice } = options;
  const daprBinDir = process.env.DAPR_BIN_DIR;
  const artifacts = await ensureArtifacts({
    cacheDir: defaultCacheDir(process.env),
    progress,
    ...(daprBinDir === undefined ? {} : { daprBinDir }),
  });
  return progress.step('Secrets and certificates', async () => {
    for (const directory of [layout.logsDir, layout.secretsDir, layout.sentryDir, layout.mailDir])
      await ensurePrivateDirectory(directory);
    const [credentials, pki] = await Promise.all([ensureCredentials(layout.secretsDir), ensurePki(layout, new Date())]);
    const last = await readJsonIfPresent(layout.factsFile, platformFactsSchema);
    const ports = await choosePorts(options.ports, last?.ports, notice);
    const url = `http://localhost:${ports.gateway}`;
    await writePrivateFile(layout.factsFile, JSON.stringify({ url, ports, versions: artifacts.versions }, null, 2));
    await ensureWitness(layout);
    const witness = await readWitnessFacts(layout, ports.witness);
    const backupKeys = await ensureBackupKeys(layout);
    return { layout, artifacts, ports, credentials, pki, witness, backupKeys, url, options };
  });
}

/** Starts everything, each process as soon as what it stands on is there: Kafka takes longest, and only the sidecars wait for it. */
async function startAll(plan: Plan, processes: ProcessTable): Promise<void> {
  const { progress } = plan.options;
  const postgres = progress.step('PostgreSQL, roles and migrations', async (detail) =>
    startPostgres(plan, processes, detail),
  );
  const kafka = progress.step('Kafka, users, topics and rights', async (detail) => startKafka(plan, processes, detail));
  const sentry = progress.step('Sentry', async () => startSentry(plan, processes));
  const zipkin = progress.step('Zipkin', async () => startZipkin(plan, processes));
  const witness = progress.step('Witness', async () => startWitness(plan, processes));
  const web = progress.step('Web app', async (detail) => ensureWebApp(defaultCacheDir(process.env), detail));
  const files = writeDaprFiles(plan);
  const apps = appIds.map(async (appId) => {
    const service = Promise.all([web, postgres]).then(async ([webRoot]) =>
      processes.start(serviceProcess(plan, appId, webRoot), appDeadlineMs),
    );
    const sidecar = Promise.all([kafka, sentry, files]).then(async () =>
      processes.start(sidecarProcess(plan, appId), appDeadlineMs),
    );
    // A service waits for its sidecar, so its own time begins here.
    const shown = Promise.all([kafka, postgres, web]).then(async () =>
      progress.step(appId, async () => Promise.all([service, sidecar])),
    );
    // All three at once: one that fails while another is awaited would be a fault that nobody caught.
    await Promise.all([service, sidecar, shown]);
  });
  await Promise.all([postgres, kafka, sentry, zipkin, witness, web, files, ...apps]);
}

async function startPostgres(plan: Plan, processes: ProcessTable, detail: (text: string) => void): Promise<void> {
  const { layout, credentials, ports, pki } = plan;
  const account = await unprivilegedAccount();
  const dataDir = await postgresDataDir(layout.stateDir, account);
  const instance = { binDir: plan.artifacts.postgresBinDir, dataDir, port: ports.postgres, account };
  detail('making the data folder');
  const movedTo = await initialisePostgres(instance, credentials.postgresSuperuserPassword);
  if (movedTo) plan.options.notice(`The databases of a state folder that was deleted are now in ${movedTo}.`);
  await configurePostgres(instance, { certificate: pki.postgres, appIds });
  const server = localServer(ports.postgres, pki.serverCa);
  const superuser = superuserConnection(server, { password: credentials.postgresSuperuserPassword });
  detail('starting');
  await processes.start(
    {
      name: 'postgres',
      kind: 'database',
      port: ports.postgres,
      launchSpec: async () => {
        await removeStrayLock(dataDir);
        return postgresLaunchSpec(instance, layout.logFile('postgres'));
      },
      isReady: async () => answersQuery(superuser),
      // Fast shutdown: open transactions are rolled back.
      stopSignal: 'SIGINT',
      stopGraceMs,
    },
    infrastructureDeadlineMs,
  );
  const databases = appIds.map((appId) => {
    const app = credentials.apps[appId];
    const password = secretValue(app, `${appId}-database`, 'password');
    return { appId, password, ownerPassword: app.databaseOwnerPassword };
  });
  detail('roles and databases');
  await provisionDatabases(superuser, { databases, backupPassword: plan.backupKeys.databasePassword });
  detail('migrations');
  await Promise.all(
    databases.map(({ appId, ownerPassword }) =>
      migrateServiceDatabase(appId, ownerConnection(server, appId, ownerPassword)),
    ),
  );
}

async function startKafka(plan: Plan, processes: ProcessTable, detail: (text: string) => void): Promise<void> {
  const { layout, artifacts, credentials, ports, pki } = plan;
  const instance: KafkaInstance = {
    java: artifacts.java,
    classpath: artifacts.kafkaClasspath,
    directory: layout.kafkaDir,
    port: ports.kafka,
    adminPort: ports.kafkaAdmin,
    controllerPort: ports.kafkaController,
  };
  const passwords = Object.fromEntries(
    appIds.map((appId) => [appId, secretValue(credentials.apps[appId], `${appId}-kafka`, 'password')]),
  );
  const admin = { broker: `127.0.0.1:${ports.kafkaAdmin}`, ca: pki.serverCa, identity: pki.kafkaAdmin };
  detail('making the data folder');
  await configureKafka(instance, { ca: pki.serverCa, broker: pki.kafkaBroker, admin: pki.kafkaAdmin });
  await formatKafka(instance, { clusterId: credentials.kafkaClusterId, passwords });
  detail('starting');
  await processes.start(
    {
      name: 'kafka',
      kind: 'broker',
      port: ports.kafka,
      launchSpec: async () => kafkaLaunchSpec(instance, layout.logFile('kafka')),
      isReady: async () => acceptsTls(admin),
      stopSignal: 'SIGTERM',
      stopGraceMs,
    },
    infrastructureDeadlineMs,
  );
  detail('users, topics and rights');
  await Promise.all([updateUsers(instance, passwords), reconcileKafka(admin)]);
}

async function startSentry(plan: Plan, processes: ProcessTable): Promise<void> {
  const { layout, artifacts, credentials, ports, pki } = plan;
  const instance = { program: artifacts.sentry, port: ports.sentry, healthPort: ports.sentryHealth };
  await configureSentry(`127.0.0.1:${ports.sentry}`, {
    layout,
    root: pki.meshRoot,
    issuer: pki.meshIssuer,
    identitySigningKey: credentials.identitySigningKey,
  });
  await processes.start(
    {
      name: 'sentry',
      kind: 'certificates',
      port: ports.sentry,
      launchSpec: async () => sentryLaunchSpec(instance, layout),
      isReady: async () => answersOk(`http://127.0.0.1:${ports.sentryHealth}/healthz`),
      stopSignal: 'SIGTERM',
      stopGraceMs,
    },
    infrastructureDeadlineMs,
  );
}

async function startZipkin(plan: Plan, processes: ProcessTable): Promise<void> {
  const { layout, artifacts, ports } = plan;
  await processes.start(
    {
      name: 'zipkin',
      kind: 'tracing',
      port: ports.zipkin,
      launchSpec: async () =>
        zipkinLaunchSpec({
          java: artifacts.java,
          jar: artifacts.zipkinJar,
          port: ports.zipkin,
          directory: layout.logsDir,
          logFile: layout.logFile('zipkin'),
        }),
      isReady: async () => answersOk(`http://127.0.0.1:${ports.zipkin}/health`),
      stopSignal: 'SIGTERM',
      stopGraceMs,
    },
    infrastructureDeadlineMs,
  );
}

async function startWitness(
  { layout, credentials, ports, pki, witness }: Plan,
  processes: ProcessTable,
): Promise<void> {
  const checkpointKey = secretValue(credentials.apps.audit, 'audit-checkpoint-key', 'privateKey');
  await processes.start(
    {
      name: witnessName,
      kind: 'witness',
      port: ports.witness,
      launchSpec: async () => witnessLaunchSpec({ layout, port: ports.witness, checkpointKey }),
      isReady: async () => answersOkOverTls(`${witness.url}/healthz`, pki.serverCa),
      stopSignal: 'SIGTERM',
      stopGraceMs,
    },
    infrastructureDeadlineMs,
  );
}

async function writeDaprFiles({ layout, credentials, ports, pki, options }: Plan): Promise<void> {
  await writeIdentityTokens(layout, credentials.identitySigningKey, new Date());
  for (const appId of appIds) {
    await renderNativeFiles(appId, credentials.apps[appId], {
      layout,
      kafkaBroker: `127.0.0.1:${ports.kafka}`,
      kafkaCa: pki.serverCa,
      sentryAddress: `127.0.0.1:${ports.sentry}`,
      spanCollector: `http://127.0.0.1:${ports.zipkin}/api/v2/spans`,
      nameResolution: namesInFile(layout),
      cronSchedule: options.cronSchedule,
    });
  }
}

function sidecarProcess(plan: Plan, appId: AppId): ProcessSpec {
  const { layout, artifacts, credentials, ports, pki } = plan;
  const own = ports.apps[appId];
  return {
    name: `${appId}-dapr`,
    kind: 'sidecar',
    port: own.http,
    launchSpec: async () =>
      sidecarLaunchSpec({
        program: artifacts.daprd,
        appId,
        ports: own,
        sentryPort: ports.sentry,
        layout,
        trustAnchors: pki.meshRoot,
        credentials: credentials.apps[appId],
      }),
    isReady: async () => answersOk(`http://127.0.0.1:${own.http}/v1.0/healthz`),
    stopSignal: 'SIGTERM',
    stopGraceMs,
  };
}

function serviceProcess(plan: Plan, appId: AppId, webRoot: string): ProcessSpec {
  const { layout, credentials, ports, witness, url, options } = plan;
  const own = ports.apps[appId];
  return {
    name: appId,
    kind: 'service',
    port: own.app,
    launchSpec: async () =>
      serviceLaunchSpec({
        appId,
        ports,
        layout,
        witness,
        url,
        webRoot,
        credentials: credentials.apps[appId],
        main: options.serviceMain,
        environment: options.environment,
      }),
    isReady: async () => answersOk(`http://127.0.0.1:${own.app}/readyz`),
    stopSignal: 'SIGTERM',
    stopGraceMs,
  };
}

/** Sidecars read their token again at each renewal of their certificate, so there has to be a valid one at all times. */
function keepTokensFresh({ layout, credentials }: Plan, signal: AbortSignal): void {
  const timer = setInterval(() => {
    writeIdentityTokens(layout, credentials.identitySigningKey, new Date()).catch((error) =>
      console.error('The identity tokens could not be renewed:', error),
    );
  }, tokenRenewalMs);
  signal.addEventListener('abort', () => clearInterval(timer));
}
