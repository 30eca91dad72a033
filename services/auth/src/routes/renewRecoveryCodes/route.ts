import { recoveryCodesSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { RenewRecoveryCodes } from '../../commands/renewRecoveryCodes.ts';

/** POST /v1/factors/recovery-codes: new recovery codes in place of the old ones. */
export function renewRecoveryCodesRoute(renewRecoveryCodes: RenewRecoveryCodes) {
  return defineRoute({
    operation: 'renewRecoveryCodes',
    method: 'POST',
    path: '/v1/factors/recovery-codes',
    permission: 'account.own.change',
    stepUp: true,
    responses: { 200: recoveryCodesSchema },
    handler: async ({ user }) => ({ status: 200, body: await renewRecoveryCodes(user) }),
  });
}
