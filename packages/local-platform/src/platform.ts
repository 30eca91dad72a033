import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readLiveClaim } from './claim.ts';
import { type ControlHandlers, controlClient, type PlatformStatus } from './control.ts';
import { ensurePrivateDirectory, ensureStateDirectory, privateFileMode } from './files.ts';
import { hasEnded } from './launch.ts';
import { defaultStateDir, type StateLayout, stateLayout } from './layout.ts';
import { type PlatformState, readPlatformState } from './platformState.ts';
import { isAlive } from './processIdentity.ts';

/** A running platform, seen from outside of the process that supervises it. */
export interface Platform {
  /** The public door. */
  readonly url: string;
  readonly stateDir: string;
  /** Ports, tokens and passwords, for tools and tests. */
  state(): Promise<PlatformState>;
  status(): Promise<PlatformStatus>;
  /** SIGKILL; the supervisor starts it again. */
  kill(name: string): Promise<void>;
  /** Stops one process in good order; resolves when it is ready again. */
  restart(name: string): Promise<void>;
  /** Resolves when every process has ended. */
  stop(): Promise<void>;
}

/** What a detached supervisor is told over standard input. */
export const superviseOptionsSchema = z.strictObject({
  stateDir: z.string(),
  portMode: z.enum(['usual', 'free']),
  gatewayPort: z.int().optional(),
  environment: z.record(z.string(), z.string()),
  serviceMain: z.string().optional(),
  cronSchedule: z.string().optional(),
  /** Whether the end of standard input, that is of who started it, stops the platform. */
  stopsWithInput: z.boolean(),
});
export type SuperviseOptions = z.infer<typeof superviseOptionsSchema>;

const pollMs = 100;
/** A cold start builds Dapr and fetches Kafka. */
const startDeadlineMs = 30 * 60_000;
const listenDeadlineMs = 5_000;
const stopDeadlineMs = 120_000;
const cliFile = fileURLToPath(new URL('./cli.ts', import.meta.url));

/** The platform that runs on a state folder, or `undefined`. */
export async function attachPlatform(stateDir: string = defaultStateDir()): Promise<Platform | undefined> {
  const layout = stateLayout(stateDir);
  const claim = await readLiveClaim(layout);
  if (!claim) return undefined;
  const control = controlClient(claim.controlPath);
  const { url } = await firstStatus(control);
  return platformBehind(layout, control, url);
}

/** A supervisor holds its folder a moment before it listens. */
async function firstStatus(control: ControlHandlers): Promise<PlatformStatus> {
  const deadline = Date.now() + listenDeadlineMs;
  for (;;) {
    try {
      return await control.status();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(pollMs);
    }
  }
}

/**
 * Starts a supervisor in a process of its own and resolves when the platform is ready. `onOutput` gets what it prints meanwhile.
 * On a failure without `onOutput` the error carries what it printed.
 */
export async function startDetached(options: SuperviseOptions, onOutput?: (text: string) => void): Promise<Platform> {
  const layout = stateLayout(options.stateDir);
  await ensureStateDirectory(layout.stateDir);
  await ensurePrivateDirectory(layout.logsDir);
  const outputFile = layout.logFile('supervisor');
  await rm(outputFile, { force: true });
  const output = await open(outputFile, 'a', privateFileMode);
  const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', cliFile, 'supervise'], {
    detached: true,
    stdio: ['pipe', output.fd, output.fd],
  });
  await output.close();
  // A supervisor that ended early closes the pipe; its exit is noticed below.
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(`${JSON.stringify(options)}\n`);
  if (!options.stopsWithInput) child.stdin?.end();
  const platform = await untilReady(child, layout, outputFile, onOutput);
  // Neither the process nor its pipe keeps ours alive: its end of the pipe closes when we end, however that comes about.
  child.unref();
  if (child.stdin && 'unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return platform;
}

async function untilReady(
  child: ChildProcess,
  layout: StateLayout,
  outputFile: string,
  onOutput: ((text: string) => void) | undefined,
): Promise<Platform> {
  const deadline = Date.now() + startDeadlineMs;
  let shown = 0;
  for (;;) {
    const isGone = hasEnded(child);
    const platform = await readyPlatform(child, layout);
    // Read after the question: what was printed up to readiness is then in it.
    const text = await readFile(outputFile, 'utf8');
    onOutput?.(text.slice(shown));
    shown = text.length;
    if (platform) return platform;
    if (isGone)
      throw new Error(onOutput ? 'The platform did not start.' : `The platform did not start:\n${text.trim()}`);
    if (Date.now() > deadline) throw new Error(`The platform did not start in ${startDeadlineMs / 60_000} minutes.`);
    await delay(pollMs);
  }
}

async function readyPlatform(child: ChildProcess, layout: StateLayout): Promise<Platform | undefined> {
  const claim = await readLiveClaim(layout);
  if (!claim || claim.supervisor.pid !== child.pid) return undefined;
  const control = controlClient(claim.controlPath);
  const status = await control.status().catch(() => undefined);
  return status?.phase === 'running' ? platformBehind(layout, control, status.url) : undefined;
}

function platformBehind(layout: StateLayout, control: ControlHandlers, url: string): Platform {
  return {
    url,
    stateDir: layout.stateDir,
    state: () => readPlatformState(layout.stateDir),
    status: () => control.status(),
    kill: (name) => control.kill(name),
    restart: (name) => control.restart(name),
    stop: () => stopAndWait(layout, control),
  };
}

async function stopAndWait(layout: StateLayout, control: ControlHandlers): Promise<void> {
  const claim = await readLiveClaim(layout);
  if (!claim) return;
  await control.stop();
  const deadline = Date.now() + stopDeadlineMs;
  while (isAlive(claim.supervisor)) {
    if (Date.now() > deadline) throw new Error(`The supervisor (process ${claim.supervisor.pid}) does not end.`);
    await delay(pollMs);
  }
}
