import { createPrivateKey, createPublicKey } from 'node:crypto';
import { dirname } from 'node:path';
import { type AppId, appIds } from '@todo-chatbot/contracts';
import { namespace, trustDomain } from '@todo-chatbot/manifests';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import { ensurePrivateDirectory, writePrivateFile } from '../files.ts';
import type { StateLayout } from '../layout.ts';

/** Trust domain that Dapr gives to every workload outside Kubernetes. */
export const nativeTrustDomain = 'public';

/** Sentry asks for a token at a sidecar's start and at each renewal of its certificate. */
const tokenLifetimeSeconds = 3600;
/** How often the supervisor writes new tokens: long before they end. */
export const tokenRenewalMs = 15 * 60_000;

/** Public half of the key that signs identity tokens, as Sentry's JWKS validator reads it. */
export async function identityKeySet(signingKey: string): Promise<string> {
  const jwk = await exportJWK(createPublicKey(signingKey));
  const kid = await calculateJwkThumbprint(jwk);
  return JSON.stringify({ keys: [{ ...jwk, kid, use: 'sig', alg: 'ES256' }] });
}

/** Writes a fresh token for every app: by it, and by nothing else, a sidecar gets the certificate of its app (MESH-3). */
export async function writeIdentityTokens(layout: StateLayout, signingKey: string, now: Date): Promise<void> {
  await Promise.all(
    appIds.map(async (appId) => {
      const file = layout.identityTokenFile(appId);
      await ensurePrivateDirectory(dirname(file));
      await writePrivateFile(file, await identityToken(appId, signingKey, now));
    }),
  );
}

async function identityToken(appId: AppId, signingKey: string, now: Date): Promise<string> {
  const key = createPrivateKey(signingKey);
  const kid = await calculateJwkThumbprint(await exportJWK(createPublicKey(signingKey)));
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
    .setAudience(`spiffe://${trustDomain}/ns/${namespace}/dapr-sentry`)
    .setSubject(`spiffe://${nativeTrustDomain}/ns/${namespace}/${appId}`)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + tokenLifetimeSeconds)
    .sign(key);
}
