import type { Pool } from 'pg';
import { z } from 'zod';

/** Runs a job only while no other replica is at it; false when another one is. */
export type RunAlone = (work: () => Promise<void>) => Promise<boolean>;

const lockedSchema = z.tuple([z.object({ locked: z.boolean() })]);

/**
 * Takes the job's advisory lock for the session of a connection, which is the work's for as long as it takes. When the connection breaks
 * the lock is gone, and another replica may begin while the work ends: each job bears that.
 * @param lockId a number that nothing else in this database uses.
 */
export function createRunAlone(pool: Pool, lockId: number): RunAlone {
  return async (work) => {
    const client = await pool.connect();
    let broken = false;
    // Without a listener, a connection that breaks during the work would end the process.
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    try {
      const { rows } = await client.query('SELECT pg_try_advisory_lock($1) AS locked', [lockId]);
      const [{ locked }] = lockedSchema.parse(rows);
      if (!locked) return false;
      try {
        await work();
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [lockId]).catch(onError);
      }
      return true;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  };
}
