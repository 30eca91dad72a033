import {
  changeConsentsRequestSchema,
  consentsSchema,
  privacyNotice,
  privacyNoticeSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import type { AuthService } from './authService.ts';

/** The privacy notice, for anybody, and the person's consents (PRIV-2). A change of them is in the access token of the next refresh. */
export function consentRoutes({ auth }: { auth: AuthService }): Route[] {
  return [
    defineRoute({
      operation: 'getPrivacyNotice',
      method: 'GET',
      path: '/api/v1/privacy/notice',
      permission: null,
      responses: { 200: privacyNoticeSchema },
      handler: async () => ({ status: 200, body: privacyNotice }),
    }),
    auth.forward({
      operation: 'getConsents',
      method: 'GET',
      path: '/api/v1/privacy/consents',
      pathAtAuth: '/v1/consents',
      permission: 'account.own.read',
      status: 200,
      answer: consentsSchema,
    }),
    auth.forward({
      operation: 'changeConsents',
      method: 'PUT',
      path: '/api/v1/privacy/consents',
      pathAtAuth: '/v1/consents',
      permission: 'account.own.change',
      request: { body: changeConsentsRequestSchema },
      status: 200,
      answer: consentsSchema,
    }),
  ];
}
