import { type Clock, newAuditEvent, ProblemError } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import { type MasterKeyStatus, type MasterKeyStore, type MasterKeys, MasterKeyUnknown } from '../ports/masterKeys.ts';

export type ManageMasterKeys = ReturnType<typeof createManageMasterKeys>;

/** Rotates the master key (DATA-2). Call it inside of a request context: every change is an audit event. */
export function createManageMasterKeys(options: {
  readonly store: MasterKeyStore;
  readonly masterKeys: Pick<MasterKeys, 'currentId' | 'nextId' | 'has'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { store, masterKeys, auditTrail, clock } = options;
  return {
    /** Makes the key of the secret active in a new installation. @throws MasterKeyUnknown when the active one is not in the secret */
    async ensure(): Promise<void> {
      await store.activateFirst(masterKeys.currentId, clock.now());
      const activeId = await store.activeId();
      if (activeId === null) throw new TypeError('no master key is active');
      if (!masterKeys.has(activeId)) throw new MasterKeyUnknown(activeId);
    },
    /** Every master key that ever was, and how much it wraps. */
    status: (): Promise<readonly MasterKeyStatus[]> => store.list(),
    /**
     * Makes the next key of the secret the active one: it wraps from now on, and the service wraps anew what the last one does.
     * @throws ProblemError `master-key.retiring` until that is done; `master-key.not-renewed` when the next key is in use already
     */
    async rotate(): Promise<{ readonly replaced: string; readonly active: string }> {
      const active = masterKeys.nextId;
      const replaced = await store.replace({
        successor: active,
        now: clock.now(),
        eventsFor: (id) => [rotation({ id, success: true, input: { active } })],
      });
      if (replaced !== null) return { replaced, active };
      const isRetiring = (await store.list()).some(({ state }) => state === 'retiring');
      const reason = isRetiring ? 'master-key.retiring' : 'master-key.not-renewed';
      await auditTrail.record([rotation({ id: active, success: false, reason })]);
      throw new ProblemError(reason);
    },
    /**
     * The key of the secret that may be thrown away: it is retired and wraps nothing, and the next one is active.
     * @throws ProblemError `master-key.retiring` while it is still needed
     */
    async requireRetired(): Promise<string> {
      const keys = await store.list();
      const isRetired = keys.some(
        ({ id, state, wrapped }) => id === masterKeys.currentId && state === 'retired' && wrapped === 0,
      );
      const isReplaced = keys.some(({ id, state }) => id === masterKeys.nextId && state === 'active');
      if (isRetired && isReplaced) return masterKeys.currentId;
      throw new ProblemError('master-key.retiring', {
        detail: `Master key ${masterKeys.currentId} is still needed: rotate it, and wait until it is retired.`,
      });
    },
  };
}

function rotation(act: {
  readonly id: string;
  readonly success: boolean;
  readonly input?: Readonly<Record<string, string>>;
  readonly reason?: string;
}) {
  const { id, success, input, reason } = act;
  return newAuditEvent({
    action: 'master-key.rotate',
    category: 'administration',
    success,
    object: { type: 'master-key', id },
    input,
    reason,
    retentionClass: 'administration',
  });
}
