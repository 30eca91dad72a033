import type { SignalSink } from '../ports/signals.ts';
import type { RunAlone, ScannedBodies } from '../ports/watchStores.ts';
import { entryGroup, personalDataInBody } from '../queries/personalDataInBody.ts';

/** Bodies that are scanned without a pause: about 20 ms. */
const bodiesPerStep = 200;
/** Bodies of one round; the next one goes on from there. */
const maxBodiesPerRound = 100_000;

/**
 * One round of the scan of new entries for unmasked personal data: raises `unmasked-personal-data` under action and field, never
 * with the value.
 */
export function createEntryScan(options: {
  readonly bodies: ScannedBodies;
  readonly signals: SignalSink;
  readonly runAlone: RunAlone;
}): () => Promise<void> {
  const { bodies, signals, runAlone } = options;

  /** @returns where to go on, or undefined at the end. */
  async function step(from: number): Promise<number | undefined> {
    const rows = await bodies.from(from, bodiesPerStep);
    const last = rows.at(-1);
    if (!last) return undefined;
    // One signal for each place: a service that masks nothing must not drown everything else.
    const indexByGroup = new Map<string, number>();
    for (const { index, body } of rows) {
      for (const finding of personalDataInBody(body)) indexByGroup.set(entryGroup(finding), index);
    }
    for (const [group, entryIndex] of indexByGroup) {
      await signals.raise({ ruleId: 'unmasked-personal-data', group, entryIndex });
    }
    await bodies.moveTo(last.index + 1);
    return last.index + 1;
  }

  async function scan(): Promise<void> {
    let next: number | undefined = await bodies.next();
    for (let scanned = 0; next !== undefined && scanned < maxBodiesPerRound; scanned += bodiesPerStep) {
      next = await step(next);
    }
  }

  return async () => {
    await runAlone(scan);
  };
}
