import {
  changeGuardrailSettingsRequestSchema,
  guardrailPreviewSchema,
  guardrailSettingsHistorySchema,
  guardrailSettingsSchema,
  guardrailStatusSchema,
  guardrailTrialSchema,
  previewGuardrailSettingsRequestSchema,
  rulesetBodyLimitBytes,
  trialBodyLimitBytes,
  tryGuardrailRequestSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, ProblemError, type Route } from '@todo-chatbot/service-kit';
import type { RecordEvents } from '../../adapters/recordEventsIn.ts';
import type { SettingsInForce } from '../../adapters/settingsInForce.ts';
import { type ChangeSettings, detailOf } from '../../commands/changeSettings.ts';
import { fitting } from '../../domain/fitting.ts';
import type { Guard } from '../../domain/judge.ts';
import { rulesetFaults } from '../../domain/settingsChange.ts';
import { eventOfReading } from '../../outgoingEvents.ts';
import type { SettingsStore } from '../../ports/settingsStore.ts';
import type { PreviewSettings } from '../../queries/previewSettings.ts';
import type { ReadStatus } from '../../queries/readStatus.ts';

/** Versions that the history shows at most; fewer of long ones. */
const historyLimit = 100;
/** Readings of a trial that are told. */
const mostReadings = 10;
/** UTF-16 code units of one that are told: folding makes some signs eighteen times as long. */
const longestReading = 8_000;

/** `/v1/settings` and what an editor needs to change them with care; `/v1/status`. */
export function settingsRoutes(options: {
  readonly guard: Pick<Guard, 'examine'>;
  readonly store: Pick<SettingsStore, 'history'>;
  readonly settings: Pick<SettingsInForce, 'current'>;
  readonly changeSettings: ChangeSettings;
  readonly previewSettings: PreviewSettings;
  readonly readStatus: ReadStatus;
  readonly record: RecordEvents;
}): Route[] {
  const { guard, store, settings, changeSettings, previewSettings, readStatus, record } = options;
  return [
    defineRoute({
      operation: 'getGuardrailSettings',
      method: 'GET',
      path: '/v1/settings',
      permission: 'configuration.read',
      responses: { 200: guardrailSettingsSchema },
      handler: async () => ({ status: 200, body: settings.current() }),
    }),
    defineRoute({
      operation: 'listGuardrailSettings',
      method: 'GET',
      path: '/v1/settings-history',
      permission: 'configuration.read',
      responses: { 200: guardrailSettingsHistorySchema },
      handler: async () => ({ status: 200, body: { items: fitting(await store.history(historyLimit)) } }),
    }),
    defineRoute({
      operation: 'changeGuardrailSettings',
      method: 'PUT',
      path: '/v1/settings',
      permission: 'configuration.change',
      stepUp: true,
      bodyLimitBytes: rulesetBodyLimitBytes,
      request: { body: changeGuardrailSettingsRequestSchema },
      responses: { 200: guardrailSettingsSchema },
      handler: async ({ body, user }) => ({
        status: 200,
        body: await changeSettings({ userId: user.userId, ...body }),
      }),
    }),
    defineRoute({
      operation: 'previewGuardrailSettings',
      method: 'POST',
      path: '/v1/settings-preview',
      // It tells whether a phrase is in kept texts: whoever may not read them must not find out word by word.
      permission: 'guardrail.review',
      bodyLimitBytes: rulesetBodyLimitBytes,
      request: { body: previewGuardrailSettingsRequestSchema },
      responses: { 200: guardrailPreviewSchema },
      handler: async ({ body: { ruleset } }) => {
        refuseFaults(ruleset);
        const preview = await previewSettings(ruleset);
        const { textsRead } = preview;
        await record([eventOfReading({ action: 'guardrail.preview-settings', input: { textsRead } })]);
        return { status: 200, body: preview };
      },
    }),
    defineRoute({
      operation: 'tryGuardrail',
      method: 'POST',
      path: '/v1/trials',
      permission: 'configuration.read',
      bodyLimitBytes: trialBodyLimitBytes,
      request: { body: tryGuardrailRequestSchema },
      responses: { 200: guardrailTrialSchema },
      handler: async ({ body: { ruleset = settings.current().ruleset, ...toJudge } }) => {
        refuseFaults(ruleset);
        const { verdict, score, ruleVersion, masked, findings, readings } = guard.examine({ ...toJudge, ruleset });
        return {
          status: 200,
          body: {
            ...{ verdict, score, ruleVersion, masked },
            findings: findings.map(({ layer, reason, score: found }) => ({ layer, reason, score: found })),
            readings: readings.slice(0, mostReadings).map((reading) => reading.slice(0, longestReading)),
          },
        };
      },
    }),
    defineRoute({
      operation: 'getGuardrailStatus',
      method: 'GET',
      path: '/v1/status',
      permission: 'configuration.read',
      responses: { 200: guardrailStatusSchema },
      handler: async () => ({ status: 200, body: await readStatus() }),
    }),
  ];
}

function refuseFaults(ruleset: Parameters<typeof rulesetFaults>[0]): void {
  const faults = rulesetFaults(ruleset);
  if (faults.length > 0) throw new ProblemError('guardrail.settings-invalid', { detail: detailOf(faults) });
}
