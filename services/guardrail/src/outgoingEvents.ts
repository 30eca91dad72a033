import type { AuditedAct, CloudEvent } from '@todo-chatbot/contracts';
import { newAuditEvent } from '@todo-chatbot/service-kit';
import type { Decision } from './ports/decisionStore.ts';

const actionOf = { block: 'guardrail.judge', warn: 'guardrail.warn', mask: 'guardrail.mask' } as const;

/** Audit entry of a text that was not simply allowed: which wall and why, and no word of the text (GUARD-5, AUD-4). */
export function eventsOfDecision(decision: Decision): CloudEvent[] {
  const { id, direction, verdict, layer, reason, score, ruleVersion, settingsVersion, textLength } = decision;
  return [
    newAuditEvent({
      action: actionOf[verdict],
      category: 'security',
      success: verdict !== 'block',
      reason: `${layer}:${reason}`,
      object: { type: 'judgement', id },
      input: { direction, score, ruleVersion, settingsVersion, textLength },
      retentionClass: 'security',
    }),
  ];
}

/** Audit entry of whoever reads decisions of others or what is kept of them (AUD-1). */
export function eventOfReading(access: {
  readonly action: string;
  readonly decisionId?: string;
  readonly input?: AuditedAct['input'];
}): CloudEvent {
  const { action, decisionId, input } = access;
  return newAuditEvent({
    action,
    category: 'data-access',
    success: true,
    ...(decisionId === undefined ? {} : { object: { type: 'judgement', id: decisionId } }),
    ...(input === undefined ? {} : { input }),
    retentionClass: 'security',
  });
}

/** Audit entry of what somebody said of a decision. */
export function eventOfLabel(
  action: 'guardrail.label' | 'guardrail.feedback',
  decisionId: string,
  label: string,
): CloudEvent {
  return newAuditEvent({
    action,
    category: 'data-change',
    success: true,
    object: { type: 'judgement', id: decisionId },
    input: { label },
    retentionClass: 'security',
  });
}

/** Audit entry of the texts that went because their person took the consent back; nothing when there were none. */
export function eventsOfForgetting(userId: string, count: number): CloudEvent[] {
  if (count === 0) return [];
  return [
    newAuditEvent({
      action: 'guardrail.forget-texts',
      category: 'data-change',
      success: true,
      object: { type: 'user', id: userId },
      input: { count },
      retentionClass: 'security',
    }),
  ];
}
