import { type AppId, dataKeyScopesOf } from '@todo-chatbot/contracts';
import { ProblemError, scopeKey } from '@todo-chatbot/service-kit';
import type { DataKeyStore, DataKeyWrapper } from '../ports/dataKeys.ts';

export type ReadDataKeys = ReturnType<typeof createReadDataKeys>;

/**
 * A person's keys as a service may have them: of its own scopes, never the data key itself. Not remembered here, so that a key which was
 * destroyed is refused at once.
 */
export function createReadDataKeys(options: {
  readonly store: DataKeyStore;
  readonly wrapper: Pick<DataKeyWrapper, 'open'>;
}) {
  const { store, wrapper } = options;
  /** @throws ProblemError `person.not-found`, `person.erased` */
  return async (personId: string, appId: AppId): Promise<ReadonlyMap<string, Uint8Array>> => {
    const found = await store.find(personId);
    if (found === null) throw new ProblemError('person.not-found');
    if (found === 'destroyed') throw new ProblemError('person.erased');
    const dataKey = wrapper.open(found);
    const keys = new Map(dataKeyScopesOf(appId).map((scope) => [scope, scopeKey(dataKey, scope)]));
    dataKey.fill(0);
    return keys;
  };
}
