import { type AppId, dataKeyScopesOf } from '@todo-chatbot/contracts';
import { createPersonBox, createPersonBoxes, type DataKeys, scopeKey } from '@todo-chatbot/service-kit';
import type { DataKeyWrapper, OwnBoxes } from '../ports/dataKeys.ts';
import type { ReadDataKeys } from '../queries/readDataKeys.ts';

const appId: AppId = 'auth';
/** The service's own rows: the first of its scopes. */
const [scope = appId] = dataKeyScopesOf(appId);

/** The keys of people that `auth` itself may have, from its own database. Nothing is remembered, so there is nothing to forget. */
export function createOwnDataKeys(readDataKeys: ReadDataKeys): DataKeys {
  return { of: (personId) => readDataKeys(personId, appId), forget: () => undefined };
}

/** Boxes of what `auth` keeps in its own rows. */
export function createOwnBoxes(options: {
  readonly dataKeys: DataKeys;
  readonly wrapper: Pick<DataKeyWrapper, 'open'>;
}): OwnBoxes {
  const { dataKeys, wrapper } = options;
  return {
    ...createPersonBoxes({ dataKeys, scope }),
    opened(wrapped) {
      const dataKey = wrapper.open(wrapped);
      const box = createPersonBox({ personId: wrapped.personId, scope, key: scopeKey(dataKey, scope) });
      dataKey.fill(0);
      return box;
    },
  };
}
