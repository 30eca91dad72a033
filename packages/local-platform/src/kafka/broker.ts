import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePrivateDirectory, readTextIfPresent, writePrivateFile } from '../files.ts';
import type { LaunchSpec } from '../launch.ts';
import type { KeyedCertificate } from '../pki.ts';

/** The broker of a platform: its programs, folder and ports, all on 127.0.0.1. */
export interface KafkaInstance {
  readonly java: string;
  readonly classpath: string;
  /** Configuration, certificates and data. */
  readonly directory: string;
  /** SASL_SSL with SCRAM-SHA-512: the apps and their sidecars. */
  readonly port: number;
  /** TLS with client certificates: the platform itself, and the broker with itself. */
  readonly adminPort: number;
  readonly controllerPort: number;
}

/** Subjects of the certificates that may do everything. */
export const brokerName = 'kafka-broker';
export const adminName = 'kafka-admin';

/** Small and quick to start: it serves one machine. Raise the heap before raising the load by far. */
const brokerJvmOptions = ['-Xms96m', '-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const toolJvmOptions = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
/** Formatting and setting users take 2 to 3 s. */
const toolTimeoutMs = 120_000;
const scramUsersSource = fileURLToPath(new URL('../../kafka/ScramUsers.java', import.meta.url));

const files = (directory: string) => ({
  configuration: join(directory, 'server.properties'),
  logging: join(directory, 'log4j2.properties'),
  authorities: join(directory, 'ca.pem'),
  brokerKey: join(directory, 'broker.pem'),
  adminKey: join(directory, 'admin.pem'),
  data: join(directory, 'data'),
});

/** Writes the broker's whole configuration. Done at each start, so that it follows the code and the ports. */
export async function configureKafka(
  instance: KafkaInstance,
  options: { ca: string; broker: KeyedCertificate; admin: KeyedCertificate },
): Promise<void> {
  await ensurePrivateDirectory(instance.directory);
  const paths = files(instance.directory);
  const keyStore = ({ privateKey, certificate }: KeyedCertificate) => `${privateKey}${certificate}\n`;
  await writePrivateFile(paths.authorities, options.ca);
  await writePrivateFile(paths.brokerKey, keyStore(options.broker));
  await writePrivateFile(paths.adminKey, keyStore(options.admin));
  await writePrivateFile(paths.logging, loggingProperties);
  await writePrivateFile(paths.configuration, asProperties(brokerSettings(instance)));
}

const loggingProperties = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC} %p %c{1}: %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
`;

function asProperties(settings: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function brokerSettings({ directory, port, adminPort, controllerPort }: KafkaInstance) {
  const paths = files(directory);
  const clients = `CLIENTS://127.0.0.1:${port}`;
  const admin = `ADMIN://127.0.0.1:${adminPort}`;
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `${clients},${admin},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `${clients},${admin}`,
    'listener.security.protocol.map': 'CLIENTS:SASL_SSL,ADMIN:SSL,CONTROLLER:SSL',
    'inter.broker.listener.name': 'ADMIN',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': paths.data,

    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.clients.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.clients.scram-sha-512.sasl.jaas.config':
      'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    'ssl.enabled.protocols': 'TLSv1.3,TLSv1.2',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': paths.brokerKey,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': paths.authorities,
    'listener.name.admin.ssl.client.auth': 'required',
    'listener.name.controller.ssl.client.auth': 'required',

    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'allow.everyone.if.no.acl.found': false,
    'super.users': `User:CN=${brokerName};User:CN=${adminName}`,
    'auto.create.topics.enable': false,

    // One broker: there is nobody to replicate to.
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // Few groups, few partitions: a quicker start and fewer open files.
    'offsets.topic.num.partitions': 3,
    'transaction.state.log.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    'log.segment.bytes': 67_108_864,
    // A JVM that stops hands its leadership over to nobody: no need to wait for it.
    'controlled.shutdown.enable': false,
  };
}

/** Makes the data folder if there is none. */
export async function formatKafka(instance: KafkaInstance, clusterId: string): Promise<void> {
  const paths = files(instance.directory);
  if ((await readTextIfPresent(join(paths.data, 'meta.properties'))) !== undefined) return;
  await rm(paths.data, { recursive: true, force: true });
  await runTool(instance, {
    what: 'Formatting the storage of Kafka',
    args: ['kafka.tools.StorageTool', 'format', '--cluster-id', clusterId, '--config', paths.configuration],
  });
}

export function kafkaLaunchSpec(instance: KafkaInstance, logFile: string): LaunchSpec {
  const paths = files(instance.directory);
  return {
    command: instance.java,
    args: [
      ...brokerJvmOptions,
      `-Dlog4j2.configurationFile=${paths.logging}`,
      '-cp',
      instance.classpath,
      'kafka.Kafka',
      paths.configuration,
    ],
    cwd: instance.directory,
    env: {},
    logFile,
  };
}

/** Gives each user its password. Does nothing when that was done with these very users and passwords before. */
export async function setScramUsers(
  instance: KafkaInstance,
  passwords: Readonly<Record<string, string>>,
): Promise<void> {
  const paths = files(instance.directory);
  const hash = createHash('sha256').update(JSON.stringify(passwords)).digest('hex');
  // Among the data: whoever throws those away throws this away as well.
  const stamp = join(paths.data, 'scram-users.sha256');
  if ((await readTextIfPresent(stamp)) === hash) return;
  const users = Object.entries(passwords).map(([name, password]) => [`user.${name}`, password]);
  await runTool(instance, {
    what: 'Setting the users of Kafka',
    args: [scramUsersSource],
    input: asProperties({
      'bootstrap.servers': `127.0.0.1:${instance.adminPort}`,
      'security.protocol': 'SSL',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': paths.adminKey,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': paths.authorities,
      ...Object.fromEntries(users),
    }),
  });
  await writePrivateFile(stamp, hash);
}

async function runTool(
  { java, classpath, directory }: KafkaInstance,
  options: { what: string; args: readonly string[]; input?: string },
): Promise<void> {
  const logging = `-Dlog4j2.configurationFile=${files(directory).logging}`;
  const child = spawn(java, [...toolJvmOptions, logging, '-cp', classpath, ...options.args], {
    cwd: directory,
    env: { PATH: process.env.PATH },
    timeout: toolTimeoutMs,
  });
  const output = collect(child);
  // A tool that ends early closes its input; its exit code says what went wrong.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${options.what} failed (${code ?? 'killed'}): ${output().slice(-2000)}`);
}

function collect(child: ChildProcessWithoutNullStreams): () => string {
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
