import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import type { Account } from './account.ts';
import { privateFileMode } from './files.ts';

/** How a process is started. Secrets go into `env` or files, never into `args`, which every account of the machine can read. */
export interface LaunchSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing but PATH is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Another account to run as; absent: our own. */
  readonly account?: Account | undefined;
}

let pdeathsigWorks: boolean | undefined;

/** Where util-linux is at hand, the kernel kills a child whose parent died: no orphan stays even when we get SIGKILL. */
function hasParentDeathSignal(): boolean {
  pdeathsigWorks ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true'], { stdio: 'ignore' }).status === 0;
  return pdeathsigWorks;
}

/** Starts a process in a group of its own with its output appended to the log file. Resolves when it has a pid. */
export async function launch(spec: LaunchSpec): Promise<ChildProcess> {
  const log = await open(spec.logFile, 'a', privateFileMode);
  try {
    const [command, args] = hasParentDeathSignal()
      ? ['setpriv', ['--pdeathsig', 'KILL', '--', spec.command, ...spec.args]]
      : [spec.command, [...spec.args]];
    const child = spawn(command, args, {
      cwd: spec.cwd,
      env: { PATH: process.env.PATH ?? '', ...spec.env },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      ...(spec.account ? { uid: spec.account.uid, gid: spec.account.gid } : {}),
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    return child;
  } finally {
    await log.close();
  }
}

/** True once the process has ended. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Sends the signal to the process and all it started. No fault when they are gone already. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Asks the process to end, and kills its whole group when it has not done so in `graceMs`. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (!hasEnded(child)) {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  }
  signalGroup(pid, 'SIGKILL');
}
