import { type InfiniteData, queryOptions } from '@tanstack/react-query';
import {
  type changeGuardrailSettingsRequestSchema,
  evaluationSchema,
  type GuardrailDecision,
  type GuardrailFeedbackLabel,
  type GuardrailLayer,
  type GuardrailPreview,
  type GuardrailRuleset,
  type GuardrailSettings,
  type GuardrailTrial,
  guardrailDecisionSchema,
  guardrailDecisionsSchema,
  guardrailPreviewSchema,
  guardrailSettingsHistorySchema,
  guardrailSettingsSchema,
  guardrailStatusSchema,
  guardrailTrialSchema,
  quarantinedTextSchema,
  type tryGuardrailRequestSchema,
} from '@todo-chatbot/contracts';
import type { z } from 'zod';
import { fetchJson } from '../api/client.ts';

/** Cache key of the lists of decisions. */
export const decisionsKey = ['guardrail-decisions'] as const;

/** Which decisions a list shows; undefined: all. */
export interface DecisionChoice {
  readonly verdict: Exclude<GuardrailDecision['verdict'], 'allow'> | undefined;
  readonly layer: GuardrailLayer | undefined;
  /** Only those that their person called harmless and that nobody has reviewed. */
  readonly isDisputed: boolean;
}

/** A page of decisions, newest first. */
export function loadDecisions({ verdict, layer, isDisputed }: DecisionChoice, cursor: string | null) {
  const query = new URLSearchParams({ limit: '50' });
  if (verdict !== undefined) query.set('verdict', verdict);
  if (layer !== undefined) query.set('layer', layer);
  if (isDisputed) query.set('disputed', 'true');
  if (cursor !== null) query.set('cursor', cursor);
  return fetchJson(guardrailDecisionsSchema, 'GET', `/guardrail/decisions?${query}`);
}

/** A list of decisions as far as it was loaded. */
export type DecisionPages = InfiniteData<z.infer<typeof guardrailDecisionsSchema>, string | null>;

/** The list with a decision as it is now. It stays where it is, so that whoever reviews keeps their place. */
export function withDecision(list: DecisionPages | undefined, decision: GuardrailDecision): DecisionPages | undefined {
  return (
    list && {
      ...list,
      pages: list.pages.map((page) => ({
        ...page,
        items: page.items.map((one) => (one.id === decision.id ? decision : one)),
      })),
    }
  );
}

/** Opens a kept text, which is recorded; null when it is no longer kept. */
export async function openText(id: string): Promise<string | null> {
  return (await fetchJson(quarantinedTextSchema, 'GET', `/guardrail/decisions/${id}/text`)).text;
}

/** Says as a reviewer what a decision was about. */
export function labelDecision(id: string, label: GuardrailFeedbackLabel): Promise<GuardrailDecision> {
  return fetchJson(guardrailDecisionSchema, 'PUT', `/guardrail/decisions/${id}/label`, { body: { label } });
}

/** The settings in force. */
export const settingsQuery = queryOptions({
  queryKey: ['guardrail-settings'],
  queryFn: () => fetchJson(guardrailSettingsSchema, 'GET', '/guardrail/settings'),
});

/** The settings and those before them, newest first. */
export const historyQuery = queryOptions({
  queryKey: ['guardrail-settings-history'],
  queryFn: async () => (await fetchJson(guardrailSettingsHistorySchema, 'GET', '/guardrail/settings/history')).items,
});

/** Puts other settings in force, unless those that they were made from are no longer. */
export function saveSettings(body: z.infer<typeof changeGuardrailSettingsRequestSchema>): Promise<GuardrailSettings> {
  return fetchJson(guardrailSettingsSchema, 'PUT', '/guardrail/settings', { body });
}

/** How past texts would have fared. */
export function previewSettings(ruleset: GuardrailRuleset): Promise<GuardrailPreview> {
  return fetchJson(guardrailPreviewSchema, 'POST', '/guardrail/settings/preview', { body: { ruleset } });
}

/** What would become of a text; nothing is kept of it. */
export function tryText(body: z.infer<typeof tryGuardrailRequestSchema>): Promise<GuardrailTrial> {
  return fetchJson(guardrailTrialSchema, 'POST', '/guardrail/trials', { body });
}

/** How the guard is doing. */
export const statusQuery = queryOptions({
  queryKey: ['guardrail-status'],
  queryFn: () => fetchJson(guardrailStatusSchema, 'GET', '/guardrail/status'),
});

/** A page of the evaluation file, oldest first. */
export function loadEvaluation(cursor: string | null): Promise<z.infer<typeof evaluationSchema>> {
  const query = cursor === null ? '' : `?${new URLSearchParams({ cursor })}`;
  return fetchJson(evaluationSchema, 'GET', `/guardrail/evaluation${query}`);
}
