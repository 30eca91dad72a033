import { type Logger, personalDataIn } from '@todo-chatbot/service-kit';
import type { SignalSink } from '../ports/signals.ts';
import type { LogFiles, LogPosition, LogPositions, RunAlone } from '../ports/watchStores.ts';
import { logGroup } from '../queries/personalDataInBody.ts';

/** Bytes of one round: about ten seconds of work. What is beyond waits for the next one. */
const maxBytesPerRound = 64 * 1024 * 1024;

/**
 * One round of the scan of what was added to log files for unmasked personal data: raises `unmasked-personal-data` under file and
 * kind, never with the value.
 */
export function createLogScan(options: {
  readonly files: LogFiles;
  readonly positions: LogPositions;
  readonly signals: SignalSink;
  readonly logger: Logger;
  readonly runAlone: RunAlone;
}): () => Promise<void> {
  const { files, positions, signals, logger, runAlone } = options;

  async function scanFile(name: string, known: readonly LogPosition[], maxBytes: number) {
    const groups = new Set<string>();
    const onLine = (line: string) => {
      for (const kind of personalDataIn(line)) groups.add(logGroup(name, kind));
    };
    try {
      const read = await files.readNewLines({ name, known, maxBytes, onLine });
      for (const group of groups) await signals.raise({ ruleId: 'unmasked-personal-data', group });
      return { position: read?.position, bytes: read?.bytes ?? 0 };
    } catch (error) {
      // One file that cannot be read must not keep the others from being scanned.
      logger.error({ err: error, file: name }, 'a log file could not be scanned for personal data');
      return { position: known.find((position) => position.name === name), bytes: 0 };
    }
  }

  async function scan(): Promise<void> {
    const known = await positions.all();
    const names = await files.names();
    const reached: LogPosition[] = [];
    let bytesLeft = maxBytesPerRound;
    for (const [place, name] of names.entries()) {
      // What short files leave is shared by those behind them.
      const { position, bytes } = await scanFile(name, known, Math.ceil(bytesLeft / (names.length - place)));
      if (position) reached.push(position);
      bytesLeft -= bytes;
    }
    await positions.replace(reached);
  }

  return async () => {
    await runAlone(scan);
  };
}
