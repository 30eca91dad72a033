import type { SealedPlace } from '@todo-chatbot/service-kit';

/** Where the name of a passkey is sealed; `id` is the credential's. */
export function passkeyName(id: string): SealedPlace {
  return { field: 'passkeys.name', row: id };
}
