import { totpEnrolmentSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { EnrolTotp } from '../../commands/enrolTotp.ts';

/** POST /v1/factors/totp: a TOTP secret that waits for its first code. */
export function enrolTotpRoute(enrolTotp: EnrolTotp) {
  return defineRoute({
    operation: 'enrolTotp',
    method: 'POST',
    path: '/v1/factors/totp',
    permission: 'account.own.change',
    stepUp: true,
    responses: { 200: totpEnrolmentSchema },
    handler: async ({ user }) => ({ status: 200, body: await enrolTotp(user) }),
  });
}
