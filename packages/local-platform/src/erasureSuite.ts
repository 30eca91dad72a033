import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { type AppId, type CloudEvent, databaseNameOf, newId, privacyEventTypes } from '@todo-chatbot/contracts';
import { newEvent } from '@todo-chatbot/service-kit';
import type pg from 'pg';
import { auditEntries } from './testService.ts';

/** A running service as {@link erasureSuite} meets it. */
export interface PersonHolder<P extends { readonly userId: string }> {
  readonly ownerPool: pg.Pool;
  newPerson(): Promise<P>;
  /** Makes the service hold something of the person in each of its tables. */
  fill(person: P): Promise<void>;
  /** Brings an event of `auth` as the sidecar does. */
  deliver(event: CloudEvent): Promise<{ readonly body: unknown }>;
  /** Events of the service about a subject, waiting in the outbox or already published. */
  eventsAbout(subject: string): Promise<readonly CloudEvent[]>;
}

/** The request of `auth` to erase a person. */
export function erasureRequestOf({ userId }: { readonly userId: string }, erasureId = newId('erasure')): CloudEvent {
  return newEvent({
    type: 'privacy.erasure_requested.v1',
    subject: userId,
    source: 'auth',
    data: { erasureId, userId },
  });
}

/**
 * What every service owes to a person who is erased, as tests. `tables` are its tables with rows of a person, by the name under which
 * receipt and audit entry count them; `cascaded` are those that go along uncounted.
 */
export function erasureSuite<P extends { readonly userId: string }>(options: {
  readonly service: AppId;
  readonly tables: Readonly<Record<string, string>>;
  readonly cascaded?: readonly string[];
  readonly holder: () => PersonHolder<P>;
}): void {
  const { service, tables, cascaded = [], holder } = options;
  const counted: Readonly<Record<string, string>> = {
    ...tables,
    answers: 'idempotent_requests',
    exports: 'export_jobs',
  };

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
    await holder().ownerPool.query(
      'INSERT INTO export_jobs (export_id, user_id, requested_at, due_at) VALUES ($1, $2, now(), now())',
      [newId('export'), person.userId],
    );
    const counts = await countsOf(person);
    for (const [name, count] of Object.entries(counts)) assert.ok(count > 0, name);
    return counts;
  }

  async function receiptsOf(request: CloudEvent) {
    const { erasureId } = privacyEventTypes['privacy.erasure_requested.v1'].parse(request.data);
    const replies = await holder().eventsAbout(erasureId);
    return replies.map(({ data }) => privacyEventTypes['privacy.erased.v1'].parse(data));
  }

  const deliver = async (event: CloudEvent) => (await holder().deliver(event)).body;
  const entriesAbout = async ({ userId }: P) =>
    auditEntries(await holder().eventsAbout(service)).filter(({ object }) => object?.id === userId);
  const isEmpty = (counts: Readonly<Record<string, number>>) => Object.values(counts).every((count) => count === 0);
  const countedOf = (counts: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.keys(counted).map((name) => [name, counts[name]]));

  test('an erasure takes all that the service holds of the person, and nothing of anybody else, and gives a receipt (PRIV-4, AUD-2)', async () => {
    const [leaver, other] = [await holder().newPerson(), await holder().newPerson()];
    const [held, heldOfOther] = [await fill(leaver), await fill(other)];
    const request = erasureRequestOf(leaver);
    assert.deepEqual(await deliver(request), { status: 'SUCCESS' });

    assert.ok(isEmpty(await countsOf(leaver)));
    assert.deepEqual(await countsOf(other), heldOfOther);
    const rows = countedOf(held);
    const { erasureId } = privacyEventTypes['privacy.erasure_requested.v1'].parse(request.data);
    assert.deepEqual(await receiptsOf(request), [{ erasureId, userId: leaver.userId, service, rows }]);
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
          input: rows,
        },
      ],
    );
  });

  test('a request for erasure takes effect once, however often it is delivered (KAFKA-4)', async () => {
    const leaver = await holder().newPerson();
    const request = erasureRequestOf(leaver);
    await fill(leaver);
    assert.deepEqual(await deliver(request), { status: 'SUCCESS' });
    const heldSince = await fill(leaver);
    assert.deepEqual(await deliver(request), { status: 'SUCCESS' });
    assert.deepEqual(await countsOf(leaver), heldSince, 'the repeat has no effect');
    assert.equal((await entriesAbout(leaver)).length, 1);
    assert.equal((await receiptsOf(request)).length, 1);
  });

  test('a request that is made again is done and answered again: the first receipt may be lost (PRIV-4)', async () => {
    const leaver = await holder().newPerson();
    const erasureId = newId('erasure');
    await fill(leaver);
    assert.deepEqual(await deliver(erasureRequestOf(leaver, erasureId)), { status: 'SUCCESS' });
    await fill(leaver);
    const again = erasureRequestOf(leaver, erasureId);
    assert.deepEqual(await deliver(again), { status: 'SUCCESS' });
    assert.ok(isEmpty(await countsOf(leaver)));
    assert.equal((await receiptsOf(again)).length, 2);
  });

  test('an erasure that cannot be audited deletes nothing and is tried again (KAFKA-4, PRIN-6)', async () => {
    const { ownerPool } = holder();
    const leaver = await holder().newPerson();
    const request = erasureRequestOf(leaver);
    const held = await fill(leaver);
    const role = databaseNameOf(service);
    await ownerPool.query(`REVOKE INSERT ON outbox FROM ${role}`);
    const refused = await deliver(request);
    await ownerPool.query(`GRANT INSERT ON outbox TO ${role}`);
    assert.deepEqual(refused, { status: 'RETRY' });
    assert.deepEqual(await countsOf(leaver), held);

    assert.deepEqual(await deliver(request), { status: 'SUCCESS' });
    assert.ok(isEmpty(await countsOf(leaver)));
  });

  test('what a request under way wrote after the erasure goes with the data key (PRIV-4)', async () => {
    const leaver = await holder().newPerson();
    const { userId } = leaver;
    const request = erasureRequestOf(leaver);
    assert.deepEqual(await deliver(request), { status: 'SUCCESS' });
    await fill(leaver);
    const keyDestroyed = () =>
      newEvent({ type: 'privacy.key_destroyed.v1', subject: userId, source: 'auth', data: { userId } });
    assert.deepEqual(await deliver(keyDestroyed()), { status: 'SUCCESS' });
    assert.ok(isEmpty(await countsOf(leaver)));
    assert.equal((await receiptsOf(request)).length, 1, 'nobody asked for another receipt');
    assert.equal((await entriesAbout(leaver)).length, 2);
    assert.deepEqual(await deliver(keyDestroyed()), { status: 'SUCCESS' });
    assert.equal((await entriesAbout(leaver)).length, 2, 'nothing went, so nothing is said');
  });
}
