import type { ApiKey } from '@todo-chatbot/contracts';
import type { Clock } from '@todo-chatbot/service-kit';
import type { ApiKeyStore } from '../ports/apiKeyStore.ts';

export type ListApiKeys = ReturnType<typeof createListApiKeys>;

/** A person's keys that are good, newest first. */
export function createListApiKeys({
  apiKeys,
  clock,
}: {
  readonly apiKeys: Pick<ApiKeyStore, 'list'>;
  readonly clock: Clock;
}) {
  return async (userId: string): Promise<{ readonly items: readonly ApiKey[] }> => ({
    items: await apiKeys.list({ userId, now: clock.now() }),
  });
}
