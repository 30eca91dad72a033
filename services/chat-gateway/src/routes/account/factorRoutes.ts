import {
  addPasskeyRequestSchema,
  confirmTotpRequestSchema,
  factorsSchema,
  passkeyCeremonySchema,
  passkeyParamsSchema,
  passkeySchema,
  recoveryCodesSchema,
  totpEnrolmentSchema,
} from '@todo-chatbot/contracts';
import type { Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { AuthService } from './authService.ts';

/** Second factors of the person's account (AUTH-8). */
export function factorRoutes({ auth }: { auth: AuthService }): Route[] {
  return [
    auth.forward({
      operation: 'listFactors',
      method: 'GET',
      path: '/api/v1/auth/factors',
      permission: 'account.own.read',
      status: 200,
      answer: factorsSchema,
    }),
    auth.forward({
      operation: 'enrolTotp',
      method: 'POST',
      path: '/api/v1/auth/factors/totp',
      permission: 'account.own.change',
      stepUp: true,
      status: 200,
      answer: totpEnrolmentSchema,
    }),
    auth.forward({
      operation: 'confirmTotp',
      method: 'POST',
      path: '/api/v1/auth/factors/totp/confirm',
      permission: 'account.own.change',
      request: { body: confirmTotpRequestSchema },
      status: 200,
      answer: recoveryCodesSchema,
    }),
    auth.forward({
      operation: 'removeTotp',
      method: 'DELETE',
      path: '/api/v1/auth/factors/totp',
      permission: 'account.own.change',
      stepUp: true,
      status: 204,
      answer: z.undefined(),
    }),
    auth.forward({
      operation: 'renewRecoveryCodes',
      method: 'POST',
      path: '/api/v1/auth/factors/recovery-codes',
      permission: 'account.own.change',
      stepUp: true,
      status: 200,
      answer: recoveryCodesSchema,
    }),
    auth.forward({
      operation: 'beginPasskey',
      method: 'POST',
      path: '/api/v1/auth/factors/passkey-options',
      permission: 'account.own.change',
      stepUp: true,
      status: 200,
      answer: passkeyCeremonySchema,
    }),
    auth.forward({
      operation: 'addPasskey',
      method: 'POST',
      path: '/api/v1/auth/factors/passkeys',
      permission: 'account.own.change',
      stepUp: true,
      request: { body: addPasskeyRequestSchema },
      status: 201,
      answer: passkeySchema,
    }),
    auth.forward({
      operation: 'removePasskey',
      method: 'DELETE',
      path: '/api/v1/auth/factors/passkeys/:id',
      pathAtAuth: '/v1/factors/passkeys/passkey_:id',
      permission: 'account.own.change',
      stepUp: true,
      request: { params: passkeyParamsSchema },
      status: 204,
      answer: z.undefined(),
    }),
  ];
}
