import type { CloudEvent, GuardrailRuleset, GuardrailSettings } from '@todo-chatbot/contracts';

/** A version of the settings that somebody made. */
export interface SettingsChange {
  readonly version: number;
  readonly ruleset: GuardrailRuleset;
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** Versions of the settings. */
export interface SettingsStore {
  /** The newest version above the given one; `null`: there is none. */
  newerThan(version: number): Promise<GuardrailSettings | null>;
  /** Newest first, without the product's own. */
  history(limit: number): Promise<readonly GuardrailSettings[]>;
  /** Adds a version with its events, both or neither; false: there is one of that number already. */
  add(change: SettingsChange, events: readonly CloudEvent[]): Promise<boolean>;
}
