import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcess, hasEnded, type LaunchSpec, launch, signalGroup } from './launch.ts';
import { tailOf } from './logs.ts';
import { rssBytesOf } from './processIdentity.ts';

/** One process of the platform, as it is started, asked and stopped. */
export interface ProcessSpec {
  readonly name: string;
  readonly kind: 'database' | 'broker' | 'certificates' | 'tracing' | 'witness' | 'sidecar' | 'service';
  /** The port that others use. */
  readonly port: number;
  /** Made anew for each start, so that tokens are fresh. */
  readonly launchSpec: () => Promise<LaunchSpec>;
  readonly isReady: () => Promise<boolean>;
  readonly stopSignal: NodeJS.Signals;
  readonly stopGraceMs: number;
}

/** What `status` tells of a process. */
export interface ProcessStatus {
  readonly name: string;
  readonly kind: ProcessSpec['kind'];
  readonly pid: number | null;
  readonly port: number;
  readonly ready: boolean;
  /** Starts after the first one that nobody asked for. */
  readonly restarts: number;
  readonly rssBytes: number | null;
}

/** Back-off between a crash and the next start: doubles up to the bound, with jitter, and begins anew after a stable time. */
const firstRestartDelayMs = 250;
const longestRestartDelayMs = 10_000;
const stableMs = 60_000;
/** A process that crashes this often before it was ever ready will not come up by itself. */
const crashesBeforeGivingUp = 4;
const readyPollMs = 100;

/** Keeps one process alive until it is told to stop. */
export class SupervisedProcess {
  readonly spec: ProcessSpec;
  readonly #onChange: () => void;
  #child: ChildProcess | undefined;
  #isStopping = true;
  #restarts = 0;
  #crashesInARow = 0;
  #startedAt = 0;
  #restartTimer: NodeJS.Timeout | undefined;
  #launching: Promise<void> = Promise.resolve();

  /** `onChange` is called whenever the process has a new pid. */
  constructor(spec: ProcessSpec, onChange: () => void) {
    this.spec = spec;
    this.#onChange = onChange;
  }

  /** Absent between a crash and the next start, and when stopped. */
  get pid(): number | undefined {
    return this.#child && !hasEnded(this.#child) ? this.#child.pid : undefined;
  }

  /** Starts the process and resolves when it is ready. Rejects with the end of its log when that does not come about. */
  async start(deadlineMs: number): Promise<void> {
    this.#isStopping = false;
    this.#crashesInARow = 0;
    await this.#launch();
    const deadline = Date.now() + deadlineMs;
    while (!(this.pid !== undefined && (await this.spec.isReady()))) {
      if (this.#isStopping) throw new Error(`${this.spec.name} was stopped before it was ready.`);
      if (this.#crashesInARow >= crashesBeforeGivingUp) throw await this.#failure('ended again and again');
      if (Date.now() > deadline) throw await this.#failure(`was not ready after ${deadlineMs / 1000} s`);
      await delay(readyPollMs);
    }
  }

  /** Stops it in good order and starts it again; resolves when it is ready. */
  async restart(deadlineMs: number): Promise<void> {
    await this.stop();
    await this.start(deadlineMs);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    await this.#launching.catch(() => undefined);
    if (this.#child) await endProcess(this.#child, this.spec.stopSignal, this.spec.stopGraceMs);
  }

  /** SIGKILL to it and all it started, for fault tests; it comes back by itself. False when there is nothing to kill. */
  kill(): boolean {
    const { pid } = this;
    if (pid === undefined) return false;
    signalGroup(pid, 'SIGKILL');
    return true;
  }

  async status(): Promise<ProcessStatus> {
    const { pid } = this;
    const { name, kind, port } = this.spec;
    return {
      name,
      kind,
      pid: pid ?? null,
      port,
      ready: pid !== undefined && (await this.spec.isReady()),
      restarts: this.#restarts,
      rssBytes: pid === undefined ? null : rssBytesOf(pid),
    };
  }

  #launch(): Promise<void> {
    this.#launching = this.#launchNow();
    return this.#launching;
  }

  async #launchNow(): Promise<void> {
    const spec = await this.spec.launchSpec();
    if (this.#isStopping) return;
    const child = await launch(spec);
    this.#child = child;
    this.#startedAt = Date.now();
    child.once('exit', () => this.#onExit(child));
    this.#onChange();
  }

  #onExit(child: ChildProcess): void {
    // What it may have started does not outlive it.
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    if (this.#isStopping) return;
    this.#crashesInARow = Date.now() - this.#startedAt > stableMs ? 1 : this.#crashesInARow + 1;
    this.#restarts += 1;
    const longest = Math.min(firstRestartDelayMs * 2 ** (this.#crashesInARow - 1), longestRestartDelayMs);
    const jittered = longest * (0.5 + Math.random() / 2);
    this.#restartTimer = setTimeout(() => void this.#relaunch(), jittered);
  }

  async #relaunch(): Promise<void> {
    if (this.#isStopping) return;
    try {
      await this.#launch();
    } catch (error) {
      console.error(`${this.spec.name} could not be started again:`, error);
      this.#restartTimer = setTimeout(() => void this.#relaunch(), longestRestartDelayMs);
    }
  }

  async #failure(what: string): Promise<Error> {
    const { logFile } = await this.spec.launchSpec();
    return new Error(`${this.spec.name} ${what}. The end of ${logFile}:\n${await tailOf(logFile)}`);
  }
}
