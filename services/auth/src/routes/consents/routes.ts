import { changeConsentsRequestSchema, consentsSchema } from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import type { ChangeConsents } from '../../commands/changeConsents.ts';
import type { ReadConsents } from '../../queries/readConsents.ts';

/** /v1/consents: what a person agrees to (PRIV-2). */
export function consentRoutes(options: {
  readonly readConsents: ReadConsents;
  readonly changeConsents: ChangeConsents;
}): Route[] {
  const { readConsents, changeConsents } = options;
  return [
    defineRoute({
      operation: 'getConsents',
      method: 'GET',
      path: '/v1/consents',
      permission: 'account.own.read',
      responses: { 200: consentsSchema },
      handler: async ({ user }) => ({ status: 200, body: await readConsents(user.userId) }),
    }),
    defineRoute({
      operation: 'changeConsents',
      method: 'PUT',
      path: '/v1/consents',
      permission: 'account.own.change',
      request: { body: changeConsentsRequestSchema },
      responses: { 200: consentsSchema },
      handler: async ({ user, body }) => {
        await changeConsents(user, body);
        return { status: 200, body: await readConsents(user.userId) };
      },
    }),
  ];
}
