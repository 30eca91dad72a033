import { judgementSchema, judgeRequestSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import { type JudgeTextParts, judgeText } from '../../commands/judgeText.ts';

/** Three bytes for each UTF-16 code unit of the longest text, or six for an escaped one. */
const bodyLimitBytes = 128 * 1024;

/** `POST /v1/judgements`: 200 with the verdict, blocked or not. */
export const postJudgement = (parts: JudgeTextParts) =>
  defineRoute({
    operation: 'judgeText',
    method: 'POST',
    path: '/v1/judgements',
    permission: 'guardrail.judge',
    purpose: 'assistant',
    bodyLimitBytes,
    request: { body: judgeRequestSchema },
    responses: { 200: judgementSchema },
    handler: async ({ body, user }) => ({ status: 200, body: await judgeText(parts, { user, ...body }) }),
  });
