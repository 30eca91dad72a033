import {
  addToOutbox,
  type Clock,
  createRunAlone,
  executeRawOf,
  inTransaction,
  type Logger,
  metrics,
  newAuditEvent,
  type Repetition,
  repeat,
  SealBroken,
  serviceContext,
} from '@todo-chatbot/service-kit';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { WrappedDataKey } from '../ports/dataKeys.ts';
import type { MasterKeys } from '../ports/masterKeys.ts';

/** Wraps anew what a retiring master key wraps, and retires it (DATA-2). */
export interface Rewrapping {
  start(): void;
  /** One round. Does nothing while another replica is at it, or when no key is retiring. */
  run(): Promise<void>;
  close(): Promise<void>;
}

/** Names the advisory lock of the one replica that does it. */
const rewrappingLockId = 7_305_814_303;
/** How late a rotation is noticed. Asking is one look at a table of a few rows. */
const intervalMs = 1_000;
/** Keys in one statement: some milliseconds of work, so that whoever waits for a row waits no longer. */
const usualBatchSize = 200;
/** A round ends after so many, so that a service which is closed does not wait for the rest. */
const maxBatches = 50;
/**
 * A key is retired so long after another took its place, at the earliest: longer than a transaction may take, so that whoever saw it
 * active has written by then, and is not refused.
 */
const retireAfterMs = 30_000;

const rotationSchema = z.array(z.object({ retiring: z.string(), active: z.string(), replaced_at: z.date() })).max(1);
const wrappedSchema = z.array(
  z
    .object({ person_id: z.string(), wrapped_key: z.instanceof(Buffer), master_key_id: z.string() })
    .transform(({ person_id: personId, wrapped_key, master_key_id: masterKeyId }) => ({
      personId,
      wrappedKey: new Uint8Array(wrapped_key),
      masterKeyId,
    })),
);

type Rotation = z.infer<typeof rotationSchema>[number];

/** Over PostgreSQL: in small batches, in one replica at a time. What a crash interrupts goes on where it was. */
export function createRewrapping(options: {
  readonly pool: Pool;
  readonly masterKeys: Pick<MasterKeys, 'rewrap'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly batchSize?: number;
}): Rewrapping {
  const { pool, masterKeys, clock, logger, batchSize = usualBatchSize } = options;
  const runAlone = createRunAlone(pool, rewrappingLockId);
  let repetition: Repetition | undefined;
  let isClosing = false;

  async function run(): Promise<void> {
    if (await rotationUnderWay(pool)) await runAlone(rewrap);
  }

  async function rewrap(): Promise<void> {
    let after = '';
    for (let batch = 0; batch < maxBatches && !isClosing; batch += 1) {
      // Read anew each time: the last holder of the lock may have gone on for a moment.
      const rotation = await rotationUnderWay(pool);
      if (!rotation) return;
      const last = await rewrapBatch(rotation, after);
      if (last === null) return retire(rotation);
      after = last;
    }
  }

  /** Answers whose key was the last one, in the order of their ids; null when there was none after the given person's. */
  async function rewrapBatch({ retiring, active }: Rotation, after: string): Promise<string | null> {
    const { rows } = await pool.query(
      `SELECT person_id, wrapped_key, master_key_id FROM data_keys WHERE master_key_id = $1 AND person_id > $2
       ORDER BY person_id LIMIT $3`,
      [retiring, after, batchSize],
    );
    const read = wrappedSchema.parse(rows);
    const [found, renewed]: [WrappedDataKey[], WrappedDataKey[]] = [[], []];
    for (const wrapped of read) {
      const again = rewrapped(wrapped, active);
      if (!again) continue;
      found.push(wrapped);
      renewed.push(again);
    }
    // Only what is still as it was read: a key that was destroyed meanwhile stays so.
    const { rowCount } = await pool.query(
      `UPDATE data_keys SET wrapped_key = renewed.wrapped_key, master_key_id = $5
       FROM unnest($1::text[], $2::bytea[], $3::bytea[]) AS renewed (person_id, earlier_key, wrapped_key)
       WHERE data_keys.person_id = renewed.person_id AND data_keys.wrapped_key = renewed.earlier_key
         AND data_keys.master_key_id = $4`,
      [
        found.map(({ personId }) => personId),
        found.map(({ wrappedKey }) => Buffer.from(wrappedKey)),
        renewed.map(({ wrappedKey }) => Buffer.from(wrappedKey)),
        retiring,
        active,
      ],
    );
    metrics.counter('data_keys_rewrapped_total').add(rowCount ?? 0);
    return read.at(-1)?.personId ?? null;
  }

  /** Null for a key that somebody changed. It keeps the old master key from being retired, and nobody else's key from the new one. */
  function rewrapped(wrapped: WrappedDataKey, active: string): WrappedDataKey | null {
    try {
      return masterKeys.rewrap(wrapped, active);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      logger.error({ personId: wrapped.personId }, 'a data key does not open and is left under the old master key');
      return null;
    }
  }

  async function retire({ retiring, active, replaced_at: replacedAt }: Rotation): Promise<void> {
    const now = clock.now();
    if (now.getTime() - replacedAt.getTime() < retireAfterMs) return;
    await inTransaction(pool, async (client) => {
      // Waits for whoever is wrapping by it, and the next statement sees what they wrote.
      await client.query('SELECT FROM master_keys WHERE id = $1 FOR UPDATE', [retiring]);
      const { rowCount } = await client.query(
        `UPDATE master_keys SET state = 'retired', retired_at = $2
         WHERE id = $1 AND state = 'retiring' AND NOT EXISTS (SELECT FROM data_keys WHERE master_key_id = $1)`,
        [retiring, now],
      );
      if (rowCount === 0) return;
      await addToOutbox(executeRawOf(client), [retired(retiring, active)]);
      logger.info({ retired: retiring, active }, 'a master key wraps nothing any more and is retired');
    });
  }

  return {
    start() {
      repetition = repeat({
        work: run,
        pauseMs: () => intervalMs,
        onError: (error) => logger.error({ err: error }, 'the data keys could not be wrapped anew'),
      });
    },
    run,
    async close() {
      isClosing = true;
      await repetition?.close();
    },
  };
}

async function rotationUnderWay(pool: Pool): Promise<Rotation | undefined> {
  const { rows } = await pool.query(
    `SELECT retiring.id AS retiring, active.id AS active, retiring.replaced_at
     FROM master_keys AS retiring CROSS JOIN master_keys AS active
     WHERE retiring.state = 'retiring' AND active.state = 'active'`,
  );
  return rotationSchema.parse(rows)[0];
}

function retired(id: string, active: string) {
  return newAuditEvent({
    context: serviceContext('auth'),
    action: 'master-key.retire',
    category: 'administration',
    success: true,
    object: { type: 'master-key', id },
    input: { active },
    retentionClass: 'administration',
  });
}
