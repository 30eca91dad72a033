import { jwksSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { AccessTokenIssuer } from '../../ports/tokens.ts';

/** GET /v1/jwks: the public keys that verify access tokens (RFC 7517). */
export function jwksRoute(accessTokens: Pick<AccessTokenIssuer, 'jwks'>) {
  return defineRoute({
    operation: 'getJwks',
    method: 'GET',
    path: '/v1/jwks',
    permission: null,
    responses: { 200: jwksSchema },
    handler: async () => ({ status: 200, body: accessTokens.jwks }),
  });
}
