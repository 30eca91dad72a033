import { accessGrantSchema, stepUpRequestSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { StepUp } from '../../commands/stepUp.ts';

/** POST /v1/step-up: a proof that is fresh, and an access token that says so. */
export function stepUpRoute(stepUp: StepUp) {
  return defineRoute({
    operation: 'stepUp',
    method: 'POST',
    path: '/v1/step-up',
    permission: 'account.own.change',
    request: { body: stepUpRequestSchema },
    responses: { 200: accessGrantSchema },
    handler: async ({ body, user }) => ({ status: 200, body: await stepUp(body, user) }),
  });
}
