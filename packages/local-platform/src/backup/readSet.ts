import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { checkBackup, readCopyFile, type TableDump } from '@todo-chatbot/backup';
import { readBackupIdentity } from '@todo-chatbot/databases';

/** One table of a backup, opened. */
export interface OpenedTable extends Pick<TableDump, 'database' | 'table' | 'columns'> {
  /** COPY text of PostgreSQL: a line of tab-separated columns for each row. */
  rows(): AsyncIterable<Uint8Array>;
}

/**
 * The tables of a backup set, for whoever has the key that opens it.
 * @throws BackupBroken for a set that is not as it was written; Error for a file that holds no key
 */
export async function readSet(set: string, identityFile: string): Promise<readonly OpenedTable[]> {
  const { identity, publicKey } = await readBackupIdentity(identityFile);
  const { tables } = await checkBackup({ set, publicKey });
  return tables.map(({ database, table, columns, file }) => ({
    database,
    table,
    columns,
    async *rows() {
      const sink = new PassThrough();
      const reading = readCopyFile({ path: join(set, file), identity, sink });
      // Whoever waits for rows would wait for ever.
      reading.catch((error: Error) => sink.destroy(error));
      yield* sink;
      await reading;
    },
  }));
}
