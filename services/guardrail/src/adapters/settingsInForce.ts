import { defaultGuardrailRuleset, type GuardrailSettings } from '@todo-chatbot/contracts';
import { type Logger, metrics, ProblemError, type Repetition, repeat } from '@todo-chatbot/service-kit';
import type { SettingsStore } from '../ports/settingsStore.ts';

/** The settings that texts are judged by, in memory. */
export interface SettingsInForce {
  /** @throws ProblemError `upstream.unavailable` until they were read once: nobody is judged by settings that may not be in force. */
  current(): GuardrailSettings;
  isLoaded(): boolean;
  /** Reads them, and looks for newer ones once a second. Returns after the first try, however that went. */
  start(): Promise<void>;
  /** Looks for newer ones now. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** A change is in force everywhere within two seconds: a round of this, and the read itself. */
const pollIntervalMs = 1_000;

/** The settings of the product, before anybody changed them. */
const productSettings: GuardrailSettings = {
  version: 0,
  ruleset: defaultGuardrailRuleset,
  changedBy: null,
  changedAt: null,
};

/** Keeps the newest settings. While the database does not answer, those that are known stay in force. */
export function createSettingsInForce(options: {
  readonly store: Pick<SettingsStore, 'newerThan'>;
  readonly logger: Pick<Logger, 'warn'>;
}): SettingsInForce {
  const { store, logger } = options;
  let known: GuardrailSettings | null = null;
  let polling: Repetition | undefined;
  let stopGauge: (() => void) | undefined;

  async function refresh(): Promise<void> {
    const newer = await store.newerThan(known?.version ?? 0);
    // A slower read of before must not bring an older version back.
    if (newer !== null && newer.version > (known?.version ?? 0)) known = newer;
    known ??= productSettings;
  }

  const onError = (error: unknown) => logger.warn({ err: error }, 'the settings of the guardrail could not be read');

  return {
    current() {
      if (known === null) throw new ProblemError('upstream.unavailable', { retryAfterSeconds: 1 });
      return known;
    },
    isLoaded: () => known !== null,
    async start() {
      await refresh().catch(onError);
      polling = repeat({ work: refresh, pauseMs: () => pollIntervalMs, onError, pausesFirst: true });
      stopGauge = metrics.gauge('guardrail_settings_version', () => known?.version ?? -1);
    },
    refresh,
    async close() {
      stopGauge?.();
      await polling?.close();
    },
  };
}
