import { runner } from 'node-pg-migrate';
import pg, { type ClientConfig } from 'pg';

/**
 * Applies the SQL files of a folder in file-name order, each in a transaction, under the runner's advisory lock; a second
 * runner waits. Connect as the owner role. `table` remembers what ran: `kit_migrations` or `migrations`.
 * @returns the names of the files that ran now.
 */
export async function migrateDatabase(options: {
  readonly connection: ClientConfig | string;
  readonly directory: string;
  readonly table: 'kit_migrations' | 'migrations';
  /** At most so many; all when unset. */
  readonly count?: number | undefined;
}): Promise<readonly string[]> {
  // Our own client, because the runner does not wait for the end of its own: a server that goes then would end the process.
  const client = new pg.Client(options.connection);
  client.on('error', ignore);
  await client.connect();
  try {
    const applied = await runner({
      dbClient: client,
      dir: options.directory,
      migrationsTable: options.table,
      direction: 'up',
      ...(options.count === undefined ? {} : { count: options.count }),
      checkOrder: true,
      advisoryLockMode: 'wait',
      ignorePattern: '(?!.*\\.sql$).*',
      logger: { info: ignore, warn: ignore, error: ignore, debug: ignore },
    });
    await client.query(letServiceRead(options.table));
    return applied.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The run-time role, which has the database's name, may see what has been applied, and so wait for it. */
function letServiceRead(table: 'kit_migrations' | 'migrations'): string {
  return `DO $$ BEGIN EXECUTE format('GRANT SELECT ON public.${table} TO %I', current_database()); END $$`;
}

function ignore(): void {
  // Progress is the caller's to tell, from the returned names; a failure is thrown besides.
}
