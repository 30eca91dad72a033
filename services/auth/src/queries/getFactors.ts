import type { factorsSchema } from '@todo-chatbot/contracts';
import type { z } from 'zod';
import type { SecondFactorReader } from '../ports/secondFactorStores.ts';

export type GetFactors = ReturnType<typeof createGetFactors>;

/** Reads a person's own second factors. */
export function createGetFactors(secondFactors: Pick<SecondFactorReader, 'list'>) {
  return async (userId: string): Promise<z.infer<typeof factorsSchema>> => {
    const { totpEnabledAt, recoveryCodesLeft, passkeys } = await secondFactors.list(userId);
    return {
      totp: totpEnabledAt && { enabledAt: totpEnabledAt.toISOString() },
      recoveryCodesLeft,
      passkeys: passkeys.map(({ id, name, isBackedUp, createdAt, lastUsedAt }) => ({
        id,
        name,
        isBackedUp,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
    };
  };
}
