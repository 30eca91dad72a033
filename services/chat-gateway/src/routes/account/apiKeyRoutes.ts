import {
  apiKeyParamsSchema,
  apiKeysSchema,
  createApiKeyRequestSchema,
  createdApiKeySchema,
} from '@todo-chatbot/contracts';
import type { Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { AuthService } from './authService.ts';

/** The person's API keys (AUTH-12). */
export function apiKeyRoutes({ auth }: { auth: AuthService }): Route[] {
  return [
    auth.forward({
      operation: 'listApiKeys',
      method: 'GET',
      path: '/api/v1/auth/api-keys',
      permission: 'account.own.read',
      status: 200,
      answer: apiKeysSchema,
    }),
    auth.forward({
      operation: 'createApiKey',
      method: 'POST',
      path: '/api/v1/auth/api-keys',
      permission: 'account.own.change',
      stepUp: true,
      request: { body: createApiKeyRequestSchema },
      status: 201,
      answer: createdApiKeySchema,
    }),
    auth.forward({
      operation: 'revokeApiKey',
      method: 'DELETE',
      path: '/api/v1/auth/api-keys/:id',
      permission: 'account.own.change',
      request: { params: apiKeyParamsSchema },
      status: 204,
      answer: z.undefined(),
    }),
  ];
}
