import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ensurePrivateDirectory, readJsonIfPresent, readTextIfPresent, writePrivateFile } from '../files.ts';
import type { LaunchSpec } from '../launch.ts';
import type { KeyedCertificate } from '../pki.ts';

/** The broker of a platform: its programs, folder and ports, all on 127.0.0.1 unless it has a host name. */
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
  /** Name under which others reach it; then it listens on every address. */
  readonly host?: string;
}

/** Subjects of the certificates that may do everything. */
export const brokerName = 'kafka-broker';
export const adminName = 'kafka-admin';

/** Small and quick to start: it serves one machine. Raise the heap before raising the load by far. */
const brokerJvmOptions = ['-Xms96m', '-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const toolJvmOptions = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
/** Formatting and setting users take 2 to 3 s. */
const toolTimeoutMs = 120_000;

const files = (directory: string) => ({
  configuration: join(directory, 'server.properties'),
  logging: join(directory, 'log4j2.properties'),
  authorities: join(directory, 'ca.pem'),
  brokerKey: join(directory, 'broker.pem'),
  adminKey: join(directory, 'admin.pem'),
  adminClient: join(directory, 'admin.properties'),
  data: join(directory, 'data'),
  // Among the data: whoever throws those away throws this away as well.
  users: join(directory, 'data', 'users.json'),
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
  await writePrivateFile(
    paths.adminClient,
    asProperties({
      'security.protocol': 'SSL',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': paths.adminKey,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': paths.authorities,
    }),
  );
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

function brokerSettings({ directory, port, adminPort, controllerPort, host }: KafkaInstance) {
  const paths = files(directory);
  const doors = (address: string) => `CLIENTS://${address}:${port},ADMIN://${address}:${adminPort}`;
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `${doors(host === undefined ? '127.0.0.1' : '0.0.0.0')},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': doors(host ?? '127.0.0.1'),
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
    // After a crash the broker may register again only when its former session has ended: 9 s by default.
    'broker.session.timeout.ms': 4000,
    'broker.heartbeat.interval.ms': 1000,
  };
}

/** RFC 5802 asks for 4096 at least; the passwords are random, so more gains little. */
const scramIterations = 8192;
/** Hash of each user's password as the broker has it. */
const usersSchema = z.record(z.string(), z.string());

/** Makes the data folder, with the users in it, if there is none. */
export async function formatKafka(
  instance: KafkaInstance,
  options: { clusterId: string; passwords: Readonly<Record<string, string>> },
): Promise<void> {
  const paths = files(instance.directory);
  if ((await readTextIfPresent(join(paths.data, 'meta.properties'))) !== undefined) return;
  await rm(paths.data, { recursive: true, force: true });
  await runTool(instance, 'Formatting the storage of Kafka', formatArguments(instance, options));
  await writePrivateFile(paths.users, JSON.stringify(hashesOf(options.passwords)));
}

function formatArguments(
  { directory }: KafkaInstance,
  { clusterId, passwords }: { clusterId: string; passwords: Readonly<Record<string, string>> },
): readonly string[] {
  const users = Object.entries(passwords).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},iterations=${scramIterations},password=${password}]`,
  ]);
  const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', clusterId];
  return [...tool, '--config', files(directory).configuration, ...users];
}

/** Writes `format.args` and `start.args` into the folder, for a Java that runs elsewhere: `java @format.args`, which may be repeated. */
export async function writeJavaArguments(
  instance: KafkaInstance,
  options: { clusterId: string; passwords: Readonly<Record<string, string>> },
): Promise<void> {
  const format = [...toolArguments(instance, formatArguments(instance, options)), '--ignore-formatted'];
  await writePrivateFile(join(instance.directory, 'format.args'), asArgumentFile(format));
  await writePrivateFile(join(instance.directory, 'start.args'), asArgumentFile(brokerArguments(instance)));
}

/** Sets the password of each user that is new, or has another password, since the storage was formatted. */
export async function updateUsers(instance: KafkaInstance, passwords: Readonly<Record<string, string>>): Promise<void> {
  const paths = files(instance.directory);
  const known = (await readJsonIfPresent(paths.users, usersSchema)) ?? {};
  const wanted = hashesOf(passwords);
  const changed = Object.entries(passwords).filter(([name]) => known[name] !== wanted[name]);
  if (changed.length === 0) return;
  for (const [name, password] of changed) {
    await runTool(instance, `Setting Kafka's user ${name}`, [
      'kafka.admin.ConfigCommand',
      '--bootstrap-server',
      `127.0.0.1:${instance.adminPort}`,
      '--command-config',
      paths.adminClient,
      '--alter',
      '--entity-type',
      'users',
      '--entity-name',
      name,
      '--add-config',
      `SCRAM-SHA-512=[iterations=${scramIterations},password=${password}]`,
    ]);
  }
  await writePrivateFile(paths.users, JSON.stringify(wanted));
}

function hashesOf(passwords: Readonly<Record<string, string>>): Record<string, string> {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  return Object.fromEntries(Object.entries(passwords).map(([name, password]) => [name, hash(password)]));
}

export function kafkaLaunchSpec(instance: KafkaInstance, logFile: string): LaunchSpec {
  return {
    command: instance.java,
    args: brokerArguments(instance),
    cwd: instance.directory,
    env: {},
    logFile,
  };
}

function brokerArguments({ directory, classpath }: KafkaInstance): readonly string[] {
  const { logging, configuration } = files(directory);
  return [...brokerJvmOptions, `-Dlog4j2.configurationFile=${logging}`, '-cp', classpath, 'kafka.Kafka', configuration];
}

function toolArguments({ directory, classpath }: KafkaInstance, args: readonly string[]): readonly string[] {
  return [...toolJvmOptions, `-Dlog4j2.configurationFile=${files(directory).logging}`, '-cp', classpath, ...args];
}

/**
 * Runs one of Kafka's tools. They take passwords as arguments, which every account of the machine can read; so Java gets all of
 * its arguments from a file that only we can read, and that is gone afterwards.
 */
async function runTool(instance: KafkaInstance, what: string, args: readonly string[]): Promise<void> {
  const argumentFile = join(instance.directory, `tool-${process.pid}.args`);
  try {
    await writePrivateFile(argumentFile, asArgumentFile(toolArguments(instance, args)));
    await runJava(instance.java, argumentFile, what);
  } finally {
    await rm(argumentFile, { force: true });
  }
}

/** As the java command reads it. */
function asArgumentFile(args: readonly string[]): string {
  return args.map(quoted).join('\n');
}

function quoted(argument: string): string {
  return `"${argument.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

async function runJava(java: string, argumentFile: string, what: string): Promise<void> {
  const child = spawn(java, [`@${argumentFile}`], { env: { PATH: process.env.PATH }, timeout: toolTimeoutMs });
  const output = collect(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${what} failed (${code ?? 'killed'}): ${output().slice(-2000)}`);
}

function collect(child: ChildProcessWithoutNullStreams): () => string {
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
