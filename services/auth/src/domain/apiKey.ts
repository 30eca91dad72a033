import {
  type ApiKeyScope,
  apiKeyHintLength,
  apiKeyTextOf,
  isPermitted,
  type Permission,
  type Role,
} from '@todo-chatbot/contracts';
import { createOpaqueToken } from './opaqueToken.ts';

/** Life of the access token that a key is exchanged for: so long may `lastUsedAt` lag behind. */
const apiKeyTokenTtlSeconds = 5 * 60;

/** What a token of a key carries, whatever its owner is: a key never has privileged roles (AUTH-12). */
export const rolesOfApiKeys: readonly Role[] = ['user'];

/** A new key, to be shown once. */
export function createApiKeyText(): string {
  return apiKeyTextOf(createOpaqueToken());
}

/** The first characters of a key, by which its owner knows it again. */
export function apiKeyHintOf(key: string): string {
  return key.slice(0, apiKeyHintLength);
}

/** True when the person may do, and so may let a key do, everything that the scopes allow. */
export function mayGrant(scopes: readonly ApiKeyScope[], held: readonly Role[]): boolean {
  return scopes.every((scope) => isPermitted(held, scope));
}

/** Claim `scope`. Nobody can chat, or bring a file of tasks, whose texts may not be judged. */
export function permissionsOfScopes(scopes: readonly ApiKeyScope[]): Permission[] {
  const isJudged = scopes.includes('chat.own.use') || scopes.includes('task.own.change');
  return isJudged ? [...scopes, 'guardrail.judge'] : [...scopes];
}

/** Added to the life of a key's tokens, for the clocks of other services and an exchange under way. */
const denyMarginSeconds = 60;

/** When the last token that a key gave at `usedAt` has certainly expired. */
export function apiKeyTokensExpireAt(usedAt: Date): Date {
  return new Date(usedAt.getTime() + (apiKeyTokenTtlSeconds + denyMarginSeconds) * 1000);
}

/** Life of a key's access token in seconds: five minutes, and not beyond the key's own. */
export function apiKeyTokenTtl(options: { readonly now: Date; readonly expiresAt: Date }): number {
  const left = Math.floor((options.expiresAt.getTime() - options.now.getTime()) / 1000);
  return Math.max(1, Math.min(apiKeyTokenTtlSeconds, left));
}
