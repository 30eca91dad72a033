import {
  changeEmailRequestSchema,
  confirmEmailRequestSchema,
  resetPasswordRequestSchema,
  resetRequestSchema,
} from '@todo-chatbot/contracts';
import type { Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { AuthService } from './authService.ts';

/** What goes by mailed link: confirming an address, changing it, choosing a new password (AUTH-13). */
export function mailLinkRoutes({ auth }: { auth: AuthService }): Route[] {
  return [
    auth.forward({
      operation: 'sendVerification',
      method: 'POST',
      path: '/api/v1/auth/email/verification',
      permission: 'account.own.change',
      status: 202,
      answer: z.undefined(),
    }),
    auth.forward({
      operation: 'confirmEmail',
      method: 'POST',
      path: '/api/v1/auth/email/confirm',
      permission: null,
      request: { body: confirmEmailRequestSchema },
      status: 204,
      answer: z.undefined(),
    }),
    auth.forward({
      operation: 'changeEmail',
      method: 'POST',
      path: '/api/v1/auth/email/change',
      permission: 'account.own.change',
      stepUp: true,
      request: { body: changeEmailRequestSchema },
      status: 202,
      answer: z.undefined(),
    }),
    auth.forward({
      operation: 'requestPasswordReset',
      method: 'POST',
      path: '/api/v1/auth/password/reset-request',
      permission: null,
      request: { body: resetRequestSchema },
      status: 202,
      answer: z.undefined(),
    }),
    auth.forward({
      operation: 'resetPassword',
      method: 'POST',
      path: '/api/v1/auth/password/reset',
      permission: null,
      request: { body: resetPasswordRequestSchema },
      status: 204,
      answer: z.undefined(),
    }),
  ];
}
