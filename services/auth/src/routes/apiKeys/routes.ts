import {
  accessGrantSchema,
  apiKeyParamsSchema,
  apiKeysSchema,
  createApiKeyRequestSchema,
  createdApiKeySchema,
  exchangeApiKeyRequestSchema,
} from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { CreateApiKey } from '../../commands/createApiKey.ts';
import type { ExchangeApiKey } from '../../commands/exchangeApiKey.ts';
import type { RevokeApiKey } from '../../commands/revokeApiKey.ts';
import type { ListApiKeys } from '../../queries/listApiKeys.ts';

/** /v1/api-keys: a person's keys for programs (AUTH-12), and the exchange of one for a short access token. */
export function apiKeyRoutes(options: {
  readonly listApiKeys: ListApiKeys;
  readonly createApiKey: CreateApiKey;
  readonly revokeApiKey: RevokeApiKey;
  readonly exchangeApiKey: ExchangeApiKey;
}): Route[] {
  const { listApiKeys, createApiKey, revokeApiKey, exchangeApiKey } = options;
  return [
    defineRoute({
      operation: 'listApiKeys',
      method: 'GET',
      path: '/v1/api-keys',
      permission: 'account.own.read',
      responses: { 200: apiKeysSchema },
      handler: async ({ user }) => ({ status: 200, body: await listApiKeys(user.userId) }),
    }),
    defineRoute({
      operation: 'createApiKey',
      method: 'POST',
      path: '/v1/api-keys',
      permission: 'account.own.change',
      stepUp: true,
      request: { body: createApiKeyRequestSchema },
      responses: { 201: createdApiKeySchema },
      handler: async ({ user, body }) => ({ status: 201, body: await createApiKey(user, body) }),
    }),
    defineRoute({
      operation: 'revokeApiKey',
      method: 'DELETE',
      path: '/v1/api-keys/:id',
      permission: 'account.own.change',
      request: { params: apiKeyParamsSchema },
      responses: { 204: z.undefined() },
      handler: async ({ user, params }) => {
        await revokeApiKey(user, params.id);
        return { status: 204 };
      },
    }),
    defineRoute({
      operation: 'exchangeApiKey',
      method: 'POST',
      path: '/v1/api-key-exchange',
      permission: null,
      request: { body: exchangeApiKeyRequestSchema },
      responses: { 200: accessGrantSchema },
      handler: async ({ body }) => ({ status: 200, body: await exchangeApiKey(body.key) }),
    }),
  ];
}
