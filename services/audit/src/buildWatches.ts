import type { AppId } from '@todo-chatbot/contracts';
import { type Clock, createDatabasePool, type Logger, type Repetition, repeat } from '@todo-chatbot/service-kit';
import { type NoteVerifier, parseWitnessKey } from '@todo-chatbot/transparency-log';
import type { Pool } from 'pg';
import {
  createPostgresDeadLetterPositions,
  createPostgresHeartbeats,
  createPostgresLogPositions,
  createPostgresScannedBodies,
  createPostgresVerifiedTrees,
} from './adapters/postgresWatchStores.ts';
import { createRunAlone, jobLocks } from './adapters/runAlone.ts';
import { createServiceLogFiles } from './adapters/serviceLogFiles.ts';
import { createLogVerification } from './adapters/verifyStoredLog.ts';
import { createEntryScan } from './commands/scanEntries.ts';
import { createLogScan } from './commands/scanLogs.ts';
import { createDeadLetterWatch } from './commands/watchDeadLetters.ts';
import { createLogWatch } from './commands/watchLog.ts';
import { createSilenceWatch } from './commands/watchSilence.ts';
import type { Config } from './config.ts';
import type { SignalSink } from './ports/signals.ts';
import type { DeadLetterRanges } from './ports/watchStores.ts';

/** Silence is noticed this much later at most. */
const silenceIntervalMs = 10_000;
const deadLetterIntervalMs = 15_000;
const scanIntervalMs = 300_000;
/** After a start the service has better things to do first. */
const firstVerificationMs = 60_000;
/** When a verification could not be made, or another replica was at it, the next one does not wait for hours. */
const verificationRetryMs = 300_000;
/** Each job keeps one for its lock while it is at work, and the verification one more to read with. */
const jobConnections = 6;
/** The verifier's longest statement goes once over all event ids. */
const jobStatementTimeoutMs = 600_000;

/** The composition root's part for what looks after services, dead letters, the log and its contents, and raises signals. */
export function buildWatches(parts: {
  readonly config: Config;
  readonly databasePassword: string;
  readonly pool: Pool;
  readonly deadLetterRanges: DeadLetterRanges;
  readonly verifier: NoteVerifier;
  readonly signals: SignalSink;
  /** False while ingestion cannot take in what comes. */
  readonly isListening: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}): {
  /** To be told of each sign of life of a service. */
  readonly hear: (service: AppId) => void;
  start(): void;
  close(): Promise<void>;
} {
  const { config, pool, signals, clock, logger } = parts;
  const jobs = { connections: jobConnections, statementTimeoutMs: jobStatementTimeoutMs };
  const jobPool = createDatabasePool({ config, password: parts.databasePassword, logger, jobs });
  const alone = (lockId: number) => createRunAlone(jobPool, lockId);

  const silence = createSilenceWatch({
    store: createPostgresHeartbeats(pool),
    signals,
    clock,
    silenceMs: config.SILENCE_SECONDS * 1000,
    isListening: parts.isListening,
    runAlone: alone(jobLocks.silence),
  });
  const lookAtDeadLetters = createDeadLetterWatch({
    ranges: parts.deadLetterRanges,
    positions: createPostgresDeadLetterPositions(pool),
    signals,
    runAlone: alone(jobLocks.deadLetters),
  });
  const logWatch = createLogWatch({
    verify: createLogVerification({
      pool: jobPool,
      verifier: parts.verifier,
      witness: parseWitnessKey(config.WITNESS_VERIFIER_KEY),
    }),
    overdueMs: 2 * config.VERIFY_EVERY_SECONDS * 1000,
    trees: createPostgresVerifiedTrees(pool),
    signals,
    clock,
    logger,
    runAlone: alone(jobLocks.verification),
  });
  const scanEntries = createEntryScan({
    bodies: createPostgresScannedBodies(pool),
    signals,
    runAlone: alone(jobLocks.entryScan),
  });
  const scanLogs =
    config.LOG_SCAN_DIR === undefined
      ? undefined
      : createLogScan({
          files: createServiceLogFiles(config.LOG_SCAN_DIR),
          positions: createPostgresLogPositions(pool),
          signals,
          logger,
          runAlone: alone(jobLocks.logScan),
        });

  let verificationPauseMs = firstVerificationMs;
  const verify = async () => {
    verificationPauseMs = verificationRetryMs;
    // When another replica is at it, this one looks again soon: that one may not come to an end.
    if (await logWatch.round()) verificationPauseMs = config.VERIFY_EVERY_SECONDS * 1000;
  };
  const every = (job: string, work: () => Promise<void>, pauseMs: () => number) =>
    repeat({
      work,
      pauseMs,
      pausesFirst: true,
      onError: (error) => logger.error({ err: error, job }, 'a job of the audit service failed and will be done again'),
    });
  let running: readonly Repetition[] = [];

  return {
    hear: silence.hear,
    start() {
      running = [
        every('silence', silence.round, () => silenceIntervalMs),
        every('dead-letters', lookAtDeadLetters, () => deadLetterIntervalMs),
        every('verification', verify, () => verificationPauseMs),
        every('entry-scan', scanEntries, () => scanIntervalMs),
        ...(scanLogs ? [every('log-scan', scanLogs, () => scanIntervalMs)] : []),
      ];
    },
    async close() {
      await Promise.all(running.map((repetition) => repetition.close()));
      logWatch.close();
      await jobPool.end();
    },
  };
}
