import {
  evaluationQuerySchema,
  evaluationSchema,
  guardrailDecisionParamsSchema,
  guardrailDecisionSchema,
  guardrailDecisionsQuerySchema,
  guardrailDecisionsSchema,
  guardrailFeedbackRequestSchema,
  idSchema,
  quarantinedTextSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type PersonBoxes, ProblemError, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { RecordEvents } from '../../adapters/recordEventsIn.ts';
import { fitting } from '../../domain/fitting.ts';
import { eventOfLabel, eventOfReading } from '../../outgoingEvents.ts';
import type { ReviewStore } from '../../ports/reviewStore.ts';
import { openKeptText, openKeptTexts } from '../../queries/openKeptText.ts';

/** `/v1/decisions` and what is done with one: its text, a reviewer's label, what its person says; the evaluation file. */
export function decisionRoutes(options: {
  readonly reviews: ReviewStore;
  readonly boxes: PersonBoxes;
  readonly record: RecordEvents;
}): Route[] {
  const { reviews, boxes, record } = options;
  return [
    defineRoute({
      operation: 'listGuardrailDecisions',
      method: 'GET',
      path: '/v1/decisions',
      permission: 'audit.read',
      request: { query: guardrailDecisionsQuerySchema },
      responses: { 200: guardrailDecisionsSchema },
      handler: async ({ query: { verdict = null, layer = null, disputed, limit, cursor } }) => {
        const filter = { verdict, layer, isDisputed: disputed === 'true' };
        // One more than asked for tells whether there is another page.
        const found = await reviews.page({ ...filter, before: positionOf(cursor), limit: limit + 1 });
        const items = found.slice(0, limit);
        const input = { ...filter, count: items.length };
        await record([eventOfReading({ action: 'guardrail.list-decisions', input })]);
        return { status: 200, body: { items, nextCursor: found.length > limit ? cursorOf(items.at(-1)?.id) : null } };
      },
    }),
    defineRoute({
      operation: 'openGuardrailText',
      method: 'GET',
      path: '/v1/decision-texts/:id',
      permission: 'guardrail.review',
      request: { params: guardrailDecisionParamsSchema },
      responses: { 200: quarantinedTextSchema },
      handler: async ({ params: { id } }) => {
        const found = await reviews.textOf(id);
        if (found === null) throw new ProblemError('guardrail.decision-not-found');
        const text = found.text === null ? null : await openKeptText(boxes, found.text);
        const input = { isKept: text !== null };
        await record([eventOfReading({ action: 'guardrail.open-text', decisionId: id, input })]);
        return { status: 200, body: { id, text } };
      },
    }),
    defineRoute({
      operation: 'labelGuardrailDecision',
      method: 'PUT',
      path: '/v1/decision-labels/:id',
      permission: 'guardrail.review',
      request: { params: guardrailDecisionParamsSchema, body: guardrailFeedbackRequestSchema },
      responses: { 200: guardrailDecisionSchema },
      handler: async ({ params: { id }, body: { label }, user }) => {
        const event = eventOfLabel('guardrail.label', id, label);
        const decision = await reviews.review({ decisionId: id, label, by: user.userId }, event);
        if (decision === null) throw new ProblemError('guardrail.decision-not-found');
        return { status: 200, body: decision };
      },
    }),
    defineRoute({
      operation: 'sendGuardrailFeedback',
      method: 'PUT',
      path: '/v1/decision-feedback/:id',
      permission: 'guardrail.judge',
      request: { params: guardrailDecisionParamsSchema, body: guardrailFeedbackRequestSchema },
      responses: { 204: z.undefined() },
      handler: async ({ params: { id }, body: { label }, user: { userId } }) => {
        const event = eventOfLabel('guardrail.feedback', id, label);
        // A decision on somebody else's text is as if it were not there.
        const isOwn = await reviews.dispute({ decisionId: id, label, userId }, event);
        if (!isOwn) throw new ProblemError('guardrail.decision-not-found');
        return { status: 204 };
      },
    }),
    defineRoute({
      operation: 'exportGuardrailEvaluation',
      method: 'GET',
      path: '/v1/evaluation',
      permission: 'guardrail.review',
      request: { query: evaluationQuerySchema },
      responses: { 200: evaluationSchema },
      handler: async ({ query: { limit, cursor } }) => {
        const found = await reviews.labelled({ after: positionOf(cursor), limit: limit + 1 });
        const labelled = found.slice(0, limit);
        const texts = await openKeptTexts(boxes, labelled);
        const page = fitting(
          labelled.map(({ decisionId, direction, label }, index) => {
            return { decisionId, direction, label, text: texts[index] ?? null };
          }),
        );
        const items = page.flatMap(({ decisionId: id, direction, label, text }) =>
          text === null ? [] : [{ id, text, label: labelNumbers[label], direction }],
        );
        await record([eventOfReading({ action: 'guardrail.export-evaluation', input: { count: items.length } })]);
        const last = found.length > page.length ? page.at(-1) : undefined;
        return { status: 200, body: { items, nextCursor: cursorOf(last?.decisionId) } };
      },
    }),
  ];
}

const labelNumbers = { attack: 1, harmless: 0 } as const;

/** The cursor after a decision; null: there is no next page. */
function cursorOf(id: string | undefined): string | null {
  return id === undefined ? null : Buffer.from(id).toString('base64url');
}

/** The decision that a cursor stands for. @throws ProblemError `request.invalid` when it is none of ours */
function positionOf(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = idSchema('judgement').safeParse(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!id.success) throw new ProblemError('request.invalid', { detail: 'The cursor is none of ours.' });
  return id.data;
}
