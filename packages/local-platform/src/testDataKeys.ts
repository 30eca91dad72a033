import { randomBytes } from 'node:crypto';
import { type AppId, dataKeyScopesOf } from '@todo-chatbot/contracts';
import {
  createPersonBox,
  createPersonBoxes,
  type DataKeys,
  type PersonBox,
  type PersonBoxes,
  ProblemError,
  type ScopeKeys,
  scopeKey,
} from '@todo-chatbot/service-kit';

const path = /^\/v1\/data-keys\/(usr_[\w-]+)$/;

/** Stands for the data keys that `auth` keeps, in component tests of one service: everybody has one until it is destroyed. */
export function createTestDataKeys(appId: AppId) {
  const dataKeys = new Map<string, Uint8Array | 'destroyed'>();
  const auth = { isUp: true };

  function dataKeyOf(personId: string): Uint8Array {
    const known = dataKeys.get(personId) ?? randomBytes(32);
    if (known === 'destroyed') throw new ProblemError('person.erased');
    dataKeys.set(personId, known);
    return known;
  }
  function keysOf(personId: string): ScopeKeys {
    if (!auth.isUp) throw new ProblemError('upstream.unavailable');
    return new Map(dataKeyScopesOf(appId).map((scope) => [scope, scopeKey(dataKeyOf(personId), scope)]));
  }
  const source: DataKeys = { of: async (personId) => keysOf(personId), forget: () => undefined };

  return {
    /** Whether keys are handed out. */
    auth,
    /** For parts of a service that are tested without it. */
    source,
    boxes: (scope: string): PersonBoxes => createPersonBoxes({ dataKeys: source, scope }),
    /** What the service, or a reader of a sealed topic, opens a person's values with. */
    boxOf: (personId: string, scope: string): PersonBox =>
      createPersonBox({ personId, scope, key: scopeKey(dataKeyOf(personId), scope) }),
    destroy: (personId: string): void => void dataKeys.set(personId, 'destroyed'),
    /** The answer of `GET /v1/data-keys/:personId` by its path; nothing for another path. */
    answers(asked: string): Readonly<Record<string, unknown>> {
      const personId = path.exec(asked)?.[1];
      if (personId === undefined) return {};
      const keys = [...keysOf(personId)].map(([scope, key]) => [scope, Buffer.from(key).toString('base64')]);
      return { [asked]: { keys: Object.fromEntries(keys) } };
    },
  };
}
