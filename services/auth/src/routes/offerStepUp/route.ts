import { stepUpOptionsSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { OfferStepUp } from '../../commands/stepUp.ts';

/** POST /v1/step-up/options: how the signed-in person may prove themselves once more. */
export function offerStepUpRoute(offerStepUp: OfferStepUp) {
  return defineRoute({
    operation: 'offerStepUp',
    method: 'POST',
    path: '/v1/step-up/options',
    permission: 'account.own.change',
    responses: { 200: stepUpOptionsSchema },
    handler: async ({ user }) => ({ status: 200, body: await offerStepUp(user) }),
  });
}
