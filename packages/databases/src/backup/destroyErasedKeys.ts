import { z } from 'zod';
import { type PostgresConnection, withClient } from '../connection.ts';

const peopleSchema = z.array(z.object({ personId: z.string() }));

/**
 * Destroys again, in restored databases, the key of everybody whose erasure is certified in the log: a set of keys that somebody kept from
 * before the erasure, or that was the newest one left, would bring them back. @returns how many keys that were
 */
export async function destroyErasedKeys(databases: {
  readonly audit: PostgresConnection;
  readonly auth: PostgresConnection;
}): Promise<number> {
  const people = await withClient(databases.audit, async (client) => {
    const { rows } = await client.query(
      `SELECT DISTINCT convert_from(body, 'UTF8')::jsonb #>> '{event,input,userId}' AS "personId" FROM body
       WHERE action = 'privacy.complete-erasure' AND service = 'auth' AND success`,
    );
    return peopleSchema.parse(rows).map(({ personId }) => personId);
  });
  return withClient(databases.auth, async (client) => {
    await client.query('BEGIN');
    const { rowCount } = await client.query('DELETE FROM data_keys WHERE person_id = ANY ($1)', [people]);
    await client.query(
      'INSERT INTO destroyed_keys SELECT person_id, now() FROM unnest($1::text[]) AS erased (person_id) ON CONFLICT DO NOTHING',
      [people],
    );
    await client.query('COMMIT');
    return rowCount ?? 0;
  });
}
