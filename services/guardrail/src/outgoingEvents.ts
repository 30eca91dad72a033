import type { CloudEvent } from '@todo-chatbot/contracts';
import { newAuditEvent } from '@todo-chatbot/service-kit';
import type { Decision } from './ports/decisionStore.ts';

/** Audit entry of a blocked text: which wall and why, and no word of the text (GUARD-5, AUD-4). */
export function eventsOfBlock({
  id,
  direction,
  layer,
  reason,
  score,
  ruleVersion,
  textLength,
}: Decision): CloudEvent[] {
  return [
    newAuditEvent({
      action: 'guardrail.judge',
      category: 'security',
      success: false,
      reason: `${layer}:${reason}`,
      object: { type: 'judgement', id },
      input: { direction, score, ruleVersion, textLength },
      retentionClass: 'security',
    }),
  ];
}
