import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { type AppId, type AuditEventData, type CloudEvent, databaseNameOf } from '@todo-chatbot/contracts';
import { newEvent } from '@todo-chatbot/service-kit';
import type pg from 'pg';

/** A running service as {@link forgetPersonSuite} meets it. */
export interface PersonHolder<P extends { readonly userId: string }> {
  readonly ownerPool: pg.Pool;
  newPerson(): Promise<P>;
  /** Makes the service hold something of the person in each of its tables. */
  fill(person: P): Promise<void>;
  /** Brings an event of `auth` as the sidecar does. */
  deliver(event: CloudEvent): Promise<{ readonly body: unknown }>;
  /** Audit entries of the service's own acts. */
  ownAuditEntries(): Promise<readonly AuditEventData[]>;
}

/** News that the person's account was deleted. */
function deletionOf({ userId }: { readonly userId: string }): CloudEvent {
  return newEvent({ type: 'auth.user_deleted.v1', subject: userId, source: 'auth', data: { userId } });
}

/**
 * What every service owes to a deleted account, as tests. `tables` are its tables with rows of a person, by the name under which the
 * audit entry counts them; `cascaded` are those that go along uncounted.
 */
export function forgetPersonSuite<P extends { readonly userId: string }>(options: {
  readonly service: AppId;
  readonly tables: Readonly<Record<string, string>>;
  readonly cascaded?: readonly string[];
  readonly holder: () => PersonHolder<P>;
}): void {
  const { service, tables, cascaded = [], holder } = options;
  const counted: Readonly<Record<string, string>> = { ...tables, answers: 'idempotent_requests' };

  async function countOf(table: string, { userId }: P): Promise<number> {
    const statement = `SELECT FROM ${table} WHERE user_id = $1`;
    return (await holder().ownerPool.query(statement, [userId])).rowCount ?? 0;
  }

  async function countsOf(person: P): Promise<Record<string, number>> {
    const names = [...Object.entries(counted), ...cascaded.map((table) => [table, table] as const)];
    return Object.fromEntries(
      await Promise.all(names.map(async ([name, table]) => [name, await countOf(table, person)] as const)),
    );
  }

  async function fill(person: P): Promise<Record<string, number>> {
    await holder().fill(person);
    const statement = `INSERT INTO idempotent_requests (user_id, key, fingerprint, answer) VALUES ($1, $2, $3, 'sealed')`;
    await holder().ownerPool.query(statement, [person.userId, randomBytes(32), randomBytes(32)]);
    const counts = await countsOf(person);
    for (const [name, count] of Object.entries(counts)) assert.ok(count > 0, name);
    return counts;
  }

  const entriesAbout = async ({ userId }: P) =>
    (await holder().ownAuditEntries()).filter(({ object }) => object?.id === userId);
  const isEmpty = (counts: Readonly<Record<string, number>>) => Object.values(counts).every((count) => count === 0);

  test('a deleted account takes along all that the service holds of the person, and nothing of anybody else (PRIV-4, AUD-2)', async () => {
    const [leaver, other] = [await holder().newPerson(), await holder().newPerson()];
    const [held, heldOfOther] = [await fill(leaver), await fill(other)];
    assert.deepEqual((await holder().deliver(deletionOf(leaver))).body, { status: 'SUCCESS' });

    assert.ok(isEmpty(await countsOf(leaver)));
    assert.deepEqual(await countsOf(other), heldOfOther);
    const entries = await entriesAbout(leaver);
    assert.deepEqual(
      entries.map(({ action, actor, category, success, object, input }) => ({
        action,
        actor,
        category,
        success,
        object,
        input,
      })),
      [
        {
          action: 'person.forget',
          actor: { type: 'service', id: service },
          category: 'data-change',
          success: true,
          object: { type: 'user', id: leaver.userId },
          input: Object.fromEntries(Object.keys(counted).map((name) => [name, held[name]])),
        },
      ],
    );
  });

  test('the deletion of an account takes effect once, however often it is delivered (KAFKA-4)', async () => {
    const leaver = await holder().newPerson();
    const deletion = deletionOf(leaver);
    await fill(leaver);
    assert.deepEqual((await holder().deliver(deletion)).body, { status: 'SUCCESS' });
    const heldSince = await fill(leaver);
    assert.deepEqual((await holder().deliver(deletion)).body, { status: 'SUCCESS' });
    assert.deepEqual(await countsOf(leaver), heldSince, 'the repeat has no effect');
    assert.equal((await entriesAbout(leaver)).length, 1);
  });

  test('a deletion that cannot be audited deletes nothing and is tried again (KAFKA-4, PRIN-6)', async () => {
    const { ownerPool } = holder();
    const leaver = await holder().newPerson();
    const deletion = deletionOf(leaver);
    const held = await fill(leaver);
    const role = databaseNameOf(service);
    await ownerPool.query(`REVOKE INSERT ON outbox FROM ${role}`);
    const refused = await holder().deliver(deletion);
    await ownerPool.query(`GRANT INSERT ON outbox TO ${role}`);
    assert.deepEqual(refused.body, { status: 'RETRY' });
    assert.deepEqual(await countsOf(leaver), held);

    assert.deepEqual((await holder().deliver(deletion)).body, { status: 'SUCCESS' });
    assert.ok(isEmpty(await countsOf(leaver)));
  });
}
