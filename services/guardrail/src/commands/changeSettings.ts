import type { GuardrailRuleset, GuardrailSettings } from '@todo-chatbot/contracts';
import { type Clock, newAuditEvent, ProblemError } from '@todo-chatbot/service-kit';
import type { RecordEvents } from '../adapters/recordEventsIn.ts';
import type { SettingsInForce } from '../adapters/settingsInForce.ts';
import { inputOfChange, rulesetFaults } from '../domain/settingsChange.ts';
import type { SettingsStore } from '../ports/settingsStore.ts';

/** Who changes what: `version` is the one that they saw. */
export interface SettingsToChange {
  readonly userId: string;
  readonly version: number;
  readonly ruleset: GuardrailRuleset;
}

export type ChangeSettings = ReturnType<typeof createChangeSettings>;

/**
 * Adds a version of the settings. It is in force here at once and at every replica within two seconds; whether it is refused or not, the
 * attempt is in the audit log.
 * @throws ProblemError `guardrail.settings-invalid`, `guardrail.changed-meanwhile`
 */
export function createChangeSettings(options: {
  readonly store: Pick<SettingsStore, 'add'>;
  /** Of attempts that were refused. */
  readonly record: RecordEvents;
  readonly settings: Pick<SettingsInForce, 'current' | 'refresh'>;
  readonly clock: Clock;
}) {
  const { store, record, settings, clock } = options;
  return async ({ userId, version, ruleset }: SettingsToChange): Promise<GuardrailSettings> => {
    await settings.refresh();
    const before = settings.current();
    const input = { seenVersion: version, ...inputOfChange(before.ruleset, ruleset) };

    async function refuse(error: ProblemError): Promise<never> {
      await record([eventOfChange(String(before.version), input, error.code)]);
      throw error;
    }

    const faults = rulesetFaults(ruleset);
    if (faults.length > 0) await refuse(new ProblemError('guardrail.settings-invalid', { detail: detailOf(faults) }));
    if (version !== before.version) await refuse(new ProblemError('guardrail.changed-meanwhile'));
    const change = { version: version + 1, ruleset, changedBy: userId, changedAt: clock.now() };
    const isAdded = await store.add(change, [eventOfChange(String(change.version), input, null)]);
    if (!isAdded) await refuse(new ProblemError('guardrail.changed-meanwhile'));
    // It is saved; a failure to read it back must not say otherwise, and the next poll brings it.
    await settings.refresh().catch(() => undefined);
    return { ...change, changedAt: change.changedAt.toISOString() };
  };
}

/** Faults that are told; a ruleset with more has to be looked through anyway. */
const toldFaults = 5;

/** What is wrong, for whoever wrote it. */
export function detailOf(faults: readonly string[]): string {
  return faults.slice(0, toldFaults).join(' ');
}

function eventOfChange(version: string, input: ReturnType<typeof inputOfChange>, reason: string | null) {
  return newAuditEvent({
    action: 'guardrail.settings-change',
    category: 'administration',
    success: reason === null,
    reason,
    object: { type: 'guardrail-settings', id: version },
    input,
    retentionClass: 'administration',
  });
}
