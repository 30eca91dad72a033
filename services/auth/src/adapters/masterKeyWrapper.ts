import type { DataKeyWrapper } from '../ports/dataKeys.ts';
import type { MasterKeyStore, MasterKeys } from '../ports/masterKeys.ts';

/** Wraps data keys by the master key that is active at that moment, whichever replica has made it so. */
export function createMasterKeyWrapper(options: {
  readonly masterKeys: MasterKeys;
  readonly store: Pick<MasterKeyStore, 'activeId'>;
}): DataKeyWrapper {
  const { masterKeys, store } = options;
  return {
    async make(personId) {
      return masterKeys.make(personId, (await store.activeId()) ?? masterKeys.currentId);
    },
    open: masterKeys.open,
  };
}
