import { createPublicKey } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type BackupKind, backupKinds, checkBackup, listBackups } from '@todo-chatbot/backup';
import { ensureBackupKeys, makeBackupIdentity, takeSetNow } from './backup/backupKeys.ts';
import { restorePlatform } from './backup/restorePlatform.ts';
import { createProgress } from './consoleProgress.ts';
import type { PlatformStatus } from './control.ts';
import { execInService } from './execInService.ts';
import { isMissing } from './files.ts';
import { replayDeadLetters } from './kafka/replay.ts';
import { defaultStateDir, type StateLayout, stateLayout } from './layout.ts';
import { streamLog } from './logs.ts';
import {
  attachPlatform,
  type Platform,
  type SuperviseOptions,
  startDetached,
  superviseOptionsSchema,
} from './platform.ts';
import { readPlatformState } from './platformState.ts';
import { removeState } from './removeState.ts';
import { renewMasterKeyOf } from './renewMasterKey.ts';
import { type Supervisor, startSupervisor } from './supervisor.ts';

const usage = `npm start [-- --detach] [-- --port N]   start everything; Ctrl-C stops it
npm stop                                stop a platform that was started
npm run status [-- --json]              every process with port, health and memory
npm run logs -- [name] [--follow]       logs of one process, or of all
npm run restart -- <name>               stop one process and start it again
npm run kill -- <name>                  kill one process; it comes back by itself
npm run reset [-- --yes]                throw away all data and secrets
npm run replay -- <topic> <consumer>    bring dead letters back to their topic
npm run master-key:renew                after a rotation: throw the replaced master key away
npm run exec -- <service> <script> …    run a service's own command in its environment
npm run backup -- key FILE              make the key that opens backups; keep FILE away from here
npm run backup                          back data and keys up now
npm run backup -- check                 check the newest backups
npm run restore -- FILE [--data SET] [--yes]
                                        make the databases anew from a backup`;

// What follows `exec <service> <script>` is for the script.
const isExec = process.argv[2] === 'exec';
const { positionals, values } = parseArgs({
  args: isExec ? process.argv.slice(2, 5) : process.argv.slice(2),
  allowPositionals: true,
  options: {
    detach: { type: 'boolean', default: false },
    port: { type: 'string' },
    json: { type: 'boolean', default: false },
    follow: { type: 'boolean', short: 'f', default: false },
    yes: { type: 'boolean', default: false },
    data: { type: 'string' },
    keys: { type: 'string' },
    log: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const [command, ...operands] = positionals;

// Whoever reads may go first (`npm run logs | head`). That ends a command that only prints, and must not end a platform.
process.stdout.on('error', () => {
  if (command !== 'start' && command !== 'supervise') process.exit(0);
});

try {
  if (values.help) console.log(usage);
  else await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  switch (command) {
    case 'start':
      return start();
    case 'supervise':
      return supervise(superviseOptionsSchema.parse(JSON.parse(await firstInputLine())));
    case 'stop':
      return stop();
    case 'status':
      return showStatus();
    case 'logs':
      return showLogs(operands[0]);
    case 'restart':
      await (await running()).restart(operand(0, 'name of a process'));
      return console.log(`${operands[0]} was restarted and is ready.`);
    case 'kill':
      await (await running()).kill(operand(0, 'name of a process'));
      return console.log(`${operands[0]} was killed.`);
    case 'reset':
      return reset();
    case 'replay':
      return replay();
    case 'renew-master-key':
      await renewMasterKeyOf(await running());
      return console.log('The replaced master key is gone, and there is a new next one.');
    case 'exec':
      return exec();
    case 'backup':
      return backup();
    case 'restore':
      return restore();
    default:
      throw new Error(`Unknown command ${command ?? ''}.\n\n${usage}`);
  }
}

function operand(index: number, what: string): string {
  const value = operands[index];
  if (value === undefined) throw new Error(`The ${what} is missing.\n\n${usage}`);
  return value;
}

async function running(): Promise<Platform> {
  const platform = await attachPlatform();
  if (!platform) throw new Error('The platform is not running. Start it with "npm start".');
  return platform;
}

function startOptions(): SuperviseOptions {
  const gatewayPort = values.port === undefined ? undefined : Number(values.port);
  if (gatewayPort !== undefined && !(Number.isInteger(gatewayPort) && gatewayPort > 0 && gatewayPort < 65_536)) {
    throw new Error(`--port takes a number from 1 to 65535, not "${values.port}".`);
  }
  return {
    stateDir: defaultStateDir(),
    portMode: 'usual',
    environment: {},
    stopsWithInput: false,
    ...(gatewayPort === undefined ? {} : { gatewayPort }),
  };
}

async function start(): Promise<void> {
  const options = startOptions();
  const present = await attachPlatform(options.stateDir);
  if (present) throw new Error(`The platform is running already: ${present.url || 'it is still starting'}`);
  if (!values.detach) return supervise(options);
  await startDetached(options, (text) => process.stdout.write(text));
}

/** Holds the platform in this process until a signal, `npm stop`, or the end of the input where that counts. */
async function supervise(options: SuperviseOptions): Promise<void> {
  const startedAt = performance.now();
  const progress = createProgress({
    write: (text) => void process.stdout.write(text),
    isTerminal: process.stdout.isTTY === true,
  });
  const wanted = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => wanted.resolve());
  if (options.stopsWithInput) process.stdin.once('close', () => wanted.resolve()).resume();
  const supervisor = startSupervisor({
    stateDir: options.stateDir,
    ports: { mode: options.portMode, gatewayPort: options.gatewayPort },
    environment: options.environment,
    serviceMain: options.serviceMain,
    cronSchedule: options.cronSchedule,
    progress,
    notice: (text) => progress.line(`  ${text}`),
    cancelled: wanted.promise,
  }).finally(() => progress.close());
  try {
    await holdUntilWanted(await supervisor, wanted.promise, startedAt);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
  // A half-open connection of a client must not hold the process back: everything has been stopped.
  process.exit(0);
}

async function holdUntilWanted(
  { url, mailUrl, stop, stopped }: Supervisor,
  wanted: Promise<void>,
  startedAt: number,
): Promise<void> {
  console.log(`Ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s: ${url}`);
  console.log(`Mail: ${mailUrl}`);
  await Promise.race([wanted, stopped]);
  console.log('Stopping…');
  await stop();
}

/** The options line; the input stays open, as its end may be a sign. */
async function firstInputLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
  }
  throw new Error('The supervisor got no options.');
}

async function stop(): Promise<void> {
  const platform = await attachPlatform();
  if (!platform) return console.log('The platform is not running.');
  await platform.stop();
  console.log('Stopped.');
}

async function showStatus(): Promise<void> {
  const status: PlatformStatus = (await (await attachPlatform())?.status()) ?? {
    ready: false,
    phase: 'stopped',
    url: '',
    mailUrl: '',
    processes: [],
  };
  if (values.json) return console.log(JSON.stringify(status));
  console.log(`${status.phase}${status.ready ? ', ready' : ''} ${status.url}`);
  if (status.processes.length === 0) return;
  console.log(`Mail: ${status.mailUrl}`);
  const rows = status.processes.map(({ name, kind, pid, port, ready, restarts, rssBytes }) => [
    name,
    kind,
    pid === null ? '-' : String(pid),
    String(port),
    ready ? 'ready' : 'not ready',
    String(restarts),
    rssBytes === null ? '-' : `${Math.round(rssBytes / 1e6)} MB`,
  ]);
  console.log(table([['process', 'kind', 'pid', 'port', 'health', 'restarts', 'memory'], ...rows]));
  const total = status.processes.reduce((sum, { rssBytes }) => sum + (rssBytes ?? 0), 0);
  console.log(`Memory in all: ${Math.round(total / 1e6)} MB`);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function showLogs(name: string | undefined): Promise<void> {
  const layout = stateLayout(defaultStateDir());
  const names = name === undefined ? await logNames(layout.logsDir) : [name];
  if (name !== undefined && !(await logNames(layout.logsDir)).includes(name))
    throw new Error(`There is no log of ${name}.`);
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  const prefix = (text: string, from: string) =>
    names.length === 1 ? text : text.replace(/^(?=.)/gm, `${from.padEnd(18)} `);
  await Promise.all(
    names.map((from) =>
      streamLog(layout.logFile(from), {
        follow: values.follow,
        signal: stopping.signal,
        onText: (text) => void process.stdout.write(prefix(text, from)),
      }),
    ),
  );
}

async function logNames(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error) => (isMissing(error) ? [] : Promise.reject(error)));
  return names.filter((name) => name.endsWith('.log')).map((name) => name.slice(0, -'.log'.length));
}

async function reset(): Promise<void> {
  const stateDir = defaultStateDir();
  if (await attachPlatform(stateDir)) throw new Error('The platform is running: stop it first with "npm stop".');
  const question = `Throw away all accounts, tasks, logs and secrets in ${stateDir}?`;
  if (!values.yes && !(await isConfirmed(question))) throw new Error('Nothing was changed.');
  await removeState(stateDir);
  console.log(`${stateDir} was removed.`);
}

async function isConfirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('This throws data away. Say so with --yes.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} (yes/no) `);
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

async function exec(): Promise<void> {
  const { stateDir } = await running();
  const [app, script] = [operand(0, 'name of a service'), operand(1, 'script')];
  process.exitCode = await execInService({ stateDir, app, script, args: process.argv.slice(5) });
}

async function backup(): Promise<void> {
  const layout = stateLayout(defaultStateDir());
  switch (operands[0]) {
    case 'key':
      await makeBackupIdentity(layout, operand(1, 'file for the key'));
      return console.log(`Backups are made from now on. ${operands[1]} opens them: keep it somewhere else.`);
    case 'check':
      return checkBackups(layout);
    case undefined: {
      const { postgres } = await readPlatformState((await running()).stateDir);
      for (const kind of backupKinds) console.log(await takeSetNow(kind, layout, postgres));
      return;
    }
    default:
      throw new Error(`Unknown operand ${operands[0]}.\n\n${usage}`);
  }
}

async function checkBackups(layout: StateLayout): Promise<void> {
  const { signingKey } = await ensureBackupKeys(layout);
  for (const kind of backupKinds) {
    const set = await newestBackup(layout, kind);
    const { tables } = await checkBackup({ set, publicKey: createPublicKey(signingKey) });
    console.log(`${set}: ${tables.length} tables, all as they were written`);
  }
}

async function newestBackup(layout: StateLayout, kind: BackupKind): Promise<string> {
  const [newest] = await listBackups(layout.backupsDir(kind));
  if (newest === undefined) throw new Error(`There is no backup of ${kind} in ${layout.backupsDir(kind)}.`);
  return newest;
}

async function restore(): Promise<void> {
  const stateDir = defaultStateDir();
  const layout = stateLayout(stateDir);
  const identityFile = operand(0, 'file of the key that opens backups');
  if (await attachPlatform(stateDir)) throw new Error('The platform is running: stop it first with "npm stop".');
  const sets = {
    data: values.data ?? (await newestBackup(layout, 'data')),
    keys: values.keys ?? (await newestBackup(layout, 'keys')),
    log: values.log ?? (await newestBackup(layout, 'log')),
  };
  const question = `Replace the databases in ${stateDir} by ${sets.data} with the keys ${sets.keys} and the log ${sets.log}?`;
  if (!values.yes && !(await isConfirmed(question))) throw new Error('Nothing was changed.');
  const progress = createProgress({
    write: (text) => void process.stdout.write(text),
    isTerminal: process.stdout.isTTY === true,
  });
  const kept = await restorePlatform({ layout, sets, identityFile, progress }).finally(() => progress.close());
  console.log(
    `The databases are restored${kept === undefined ? '' : `; those from before are in ${kept}: remove them soon, because keys that are destroyed from now on stay in them`}. Start with "npm start".
Nobody is signed in. API keys, passwords, roles, suspensions and consents are as they were then: repeat what was changed since, by the log.`,
  );
}

async function replay(): Promise<void> {
  await running();
  const { kafka } = await readPlatformState();
  const { moved, left } = await replayDeadLetters(kafka.admin, operand(0, 'topic'), operand(1, 'consumer'));
  console.log(`${moved} message(s) moved back${left > 0 ? `, ${left} left: run it again` : ''}.`);
}
