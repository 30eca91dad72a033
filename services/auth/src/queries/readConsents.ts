import {
  type ConsentPurpose,
  type Consents,
  consentPurposes,
  consentsCountFrom,
  shownConsentsLimit,
} from '@todo-chatbot/contracts';
import { consentStateOf, purposesAgreedTo } from '../domain/consents.ts';
import type { ConsentLedger } from '../ports/consentLedger.ts';

export type ReadConsents = ReturnType<typeof createReadConsents>;

/** A person's own consents, and how they came to be. */
export function createReadConsents(consents: Pick<ConsentLedger, 'latest' | 'history'>) {
  return async (userId: string): Promise<Consents> => {
    const [latest, history] = await Promise.all([
      consents.latest(userId),
      consents.history(userId, shownConsentsLimit),
    ]);
    return {
      purposes: consentPurposes.map((purpose) => ({
        purpose,
        state: consentStateOf(latest, purpose, consentsCountFrom),
      })),
      history: [...history],
    };
  };
}

/** The purposes for which a person's data may be used now. `countFrom`: the oldest notice whose consents count. */
export function createReadPurposesAgreedTo(options: {
  readonly consents: Pick<ConsentLedger, 'latest'>;
  readonly countFrom: string;
}) {
  const { consents, countFrom } = options;
  return async (userId: string): Promise<readonly ConsentPurpose[]> =>
    purposesAgreedTo(await consents.latest(userId), countFrom);
}
