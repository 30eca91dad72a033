import { fileURLToPath } from 'node:url';
import type { AppId } from '@todo-chatbot/contracts';
import { migrateDatabase } from '@todo-chatbot/service-kit/migrate';
import type { PostgresConnection } from './connection.ts';

const migrationTables = [
  { table: 'kit_migrations', directory: () => fileURLToPath(new URL('../../service-kit/migrations', import.meta.url)) },
  {
    table: 'migrations',
    directory: (appId: AppId) =>
      fileURLToPath(new URL(`../../../services/${appId}/prisma/migrations`, import.meta.url)),
  },
] as const;

/**
 * Applies the kit's and then the service's migrations as the owner of the database; `counts`: only so many of each, for an empty database
 * that is to have the tables of a backup.
 * @returns the names of the files that ran now
 * @throws Error when there are fewer
 */
export async function migrateServiceDatabase(
  appId: AppId,
  owner: PostgresConnection,
  counts: Readonly<Record<string, number>> = {},
): Promise<readonly string[]> {
  const ran: string[] = [];
  for (const { table, directory } of migrationTables) {
    const count = counts[table];
    const applied = await migrateDatabase({ connection: owner, directory: directory(appId), table, count });
    if (count !== undefined && applied.length !== count) {
      throw new Error(
        `The backup of ${appId} is of a newer version: it has ${count} ${table}, and here are ${applied.length}.`,
      );
    }
    ran.push(...applied);
  }
  return ran;
}
