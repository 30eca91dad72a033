import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Logger } from '../logging/logger.ts';
import { kitMigrationsDirectory } from './kitMigrations.ts';

/** A migration of a large table takes minutes. Whoever still waits then is started again, and is seen to be. */
const schemaTimeoutMs = 10 * 60_000;
/** A migration job that has just been made takes seconds. */
const schemaPollMs = 500;
/** A wait tells of itself so often. */
const reminderMs = 30_000;

const rowsSchema = z.array(z.object({ name: z.string() }));

/** Where the names of applied migrations stand, and the folder with the files of all. */
interface MigrationSet {
  readonly table: 'kit_migrations' | 'migrations';
  readonly names: readonly string[];
}

/**
 * Waits until every migration that this version knows has been applied to the service's database. There may be later ones, because they
 * only ever expand. Whatever the server says meanwhile is waited out: in a new cluster role, database and tables come one by one.
 * @param options `migrations`: folder of the service's own; the kit's are always looked for. `timeoutMs`: ten minutes when unset.
 * @throws Error when the time is over, with what the server said last as its cause.
 */
export async function waitForSchema(options: {
  readonly pool: Pick<Pool, 'query'>;
  readonly migrations: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly timeoutMs?: number;
}): Promise<void> {
  const { pool, migrations, logger, timeoutMs = schemaTimeoutMs } = options;
  const sets: readonly MigrationSet[] = [
    { table: 'kit_migrations', names: await namesIn(kitMigrationsDirectory) },
    { table: 'migrations', names: await namesIn(migrations) },
  ];
  const beganAt = performance.now();
  let toldAt: number | undefined;
  for (;;) {
    const state = await look(pool, sets);
    if (state.missing === 0) break;
    const now = performance.now();
    if (now - beganAt > timeoutMs) {
      const text = `the database lacked ${state.missing} migrations for ${timeoutMs} ms`;
      throw new Error(text, { cause: state.cause });
    }
    if (toldAt === undefined || now - toldAt > reminderMs) {
      logger.warn({ missing: state.missing, err: state.cause }, 'waiting for the migrations of the database');
      toldAt = now;
    }
    await delay(schemaPollMs);
  }
  if (toldAt !== undefined) logger.info('the migrations of the database are there');
}

async function look(
  pool: Pick<Pool, 'query'>,
  sets: readonly MigrationSet[],
): Promise<{ readonly missing: number; readonly cause?: unknown }> {
  let missing = 0;
  let cause: unknown;
  for (const { table, names } of sets) {
    try {
      const { rows } = await pool.query(`SELECT name FROM ${table}`);
      const applied = new Set(rowsSchema.parse(rows).map(({ name }) => name));
      missing += names.filter((name) => !applied.has(name)).length;
    } catch (error) {
      missing += names.length;
      cause = error;
    }
  }
  return { missing, cause };
}

/** The runner remembers a file by its name without the ending. */
async function namesIn(directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory)).flatMap((file) => (file.endsWith('.sql') ? [file.slice(0, -4)] : []));
  // A folder that was forgotten in an image would look like a database that has everything.
  if (names.length === 0) throw new Error(`there are no migrations in ${directory}`);
  return names;
}
