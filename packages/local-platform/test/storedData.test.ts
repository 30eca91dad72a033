import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { appIds, type StoredColumn, storedData, storedTopics, topics } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { startTestDatabase, type TestDatabase } from '../src/testDatabase.ts';

const columnsSchema = z.array(z.object({ column: z.string(), type: z.string() }));

/** Type of each column by `table.column`, of every table and view that is ours. */
async function typesOfColumns({ ownerPool }: TestDatabase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await ownerPool.query(`
    SELECT table_name || '.' || column_name AS column, data_type AS type
    FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`);
  return new Map(columnsSchema.parse(rows).map(({ column, type }) => [column, type]));
}

/** What is wrong with a column that the data map and the database both have. */
function faultOf(stored: StoredColumn, type: string): string | null {
  if (typeof stored === 'string') return null;
  const mayBeText = stored.protection === 'sealed' && stored.form === 'base64';
  // The body of an audit entry is the very bytes that its leaf hashes: JSON, with seals in it.
  if (mayBeText) return ['text', 'jsonb', 'bytea'].includes(type) ? null : `holds sealed base64, and is ${type}`;
  if (['sealed', 'wrapped'].includes(stored.protection)) {
    return type === 'bytea' ? null : `says ${stored.protection}, and is ${type}`;
  }
  return stored.protection === 'plain' && type === 'bytea' ? 'says plain, and is bytea: is it sealed by now?' : null;
}

/** Every difference between what the data map says of a service and what its database has; none: they are one. */
async function differencesOf(appId: (typeof appIds)[number]): Promise<string[]> {
  const database = await startTestDatabase({ service: appId });
  try {
    const types = await typesOfColumns(database);
    const stored = new Map(
      Object.entries(storedData[appId]).flatMap(([table, { columns }]) =>
        Object.entries(columns).map(([column, said]): [string, StoredColumn] => [`${table}.${column}`, said]),
      ),
    );
    return [
      ...[...types]
        .filter(([name]) => !stored.has(name))
        .map(([name, type]) => `${name} (${type}) is not in storedData`),
      ...[...stored].flatMap(([name, said]) => {
        const type = types.get(name);
        const fault = type === undefined ? 'is not in the database' : faultOf(said, type);
        return fault === null ? [] : [`${name} ${fault}`];
      }),
    ];
  } finally {
    await database.close();
  }
}

describe('The data map (PRIV-1)', () => {
  for (const appId of appIds) {
    it(`has every column of the database of ${appId} and no other, sealed where it says so`, async () => {
      assert.deepEqual(await differencesOf(appId), []);
    });
  }

  it('attack: a table that knows people passes for one that is about nobody, so that no erasure looks at it: refused', () => {
    const overlooked = appIds.flatMap((appId) =>
      Object.entries(storedData[appId]).flatMap(([table, { erasure, columns }]) =>
        erasure === 'nobody' && ['user_id', 'person_id', 'actor_id'].some((name) => Object.hasOwn(columns, name))
          ? [`${appId} ${table}`]
          : [],
      ),
    );
    assert.deepEqual(overlooked, []);
  });

  it('has every topic and no other; what is sealed in one stands in a topic that services have keys for', () => {
    assert.deepEqual(Object.keys(storedTopics).toSorted(), topics.map(({ name }) => name).toSorted());
    for (const { name, isSealed } of topics) {
      const holds = storedTopics[name]?.holds ?? null;
      assert.ok(isSealed ? holds !== null : holds?.protection !== 'sealed', name);
      assert.notEqual(holds?.protection, 'plain', name);
    }
  });
});
