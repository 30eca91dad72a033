import { defineRoute } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { SendVerification } from '../../commands/sendVerification.ts';

/** POST /v1/email/verification: the link that confirms the address, once more. */
export function sendVerificationRoute(sendVerification: SendVerification) {
  return defineRoute({
    operation: 'sendVerification',
    method: 'POST',
    path: '/v1/email/verification',
    permission: 'account.own.change',
    responses: { 202: z.undefined() },
    handler: async ({ user }) => {
      await sendVerification(user);
      return { status: 202 };
    },
  });
}
