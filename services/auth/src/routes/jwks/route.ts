import { jwksSchema } from '@todo-chatbot/contracts';
import { defineRoute } from '@todo-chatbot/service-kit';
import type { SigningKeyRing } from '../../adapters/signingKeyRing.ts';

/** GET /v1/jwks: the public keys that verify access tokens (RFC 7517). */
export function jwksRoute(keyRing: Pick<SigningKeyRing, 'jwks'>) {
  return defineRoute({
    operation: 'getJwks',
    method: 'GET',
    path: '/v1/jwks',
    permission: null,
    responses: { 200: jwksSchema },
    handler: async () => ({ status: 200, body: await keyRing.jwks() }),
  });
}
