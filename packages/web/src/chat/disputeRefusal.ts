import { send } from '../api/client.ts';

/** Says of a refused message of one's own that it was harmless. */
export async function disputeRefusal(judgementId: string): Promise<void> {
  await send('PUT', `/chat/refusals/${judgementId}/feedback`, { body: { label: 'harmless' } });
}
