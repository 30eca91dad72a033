import type { BackupKind } from '@todo-chatbot/backup';
import { z } from 'zod';
import { backupConnection, withClient } from '../connection.ts';
import type { BackupPlan } from './backupPlan.ts';

/** What a set of the kind has to be of: changes whenever another set is wanted. */
export type KeyState = Readonly<Record<Exclude<BackupKind, 'data'>, string>>;

const keyStateRowsSchema = z.tuple([z.object({ keys: z.string(), log: z.string() })]);

/** Of the keys: changes whenever one is made, wrapped anew or destroyed. Of the log: whenever one is destroyed. */
export function readKeyState({
  server,
  databasePassword,
}: Pick<BackupPlan, 'server' | 'databasePassword'>): Promise<KeyState> {
  return withClient(backupConnection(server, 'auth', databasePassword), async (client) => {
    const { rows } = await client.query(
      `SELECT concat_ws(' ', count(*), max(created_at), max(xmin::text::bigint)) AS keys,
         (SELECT count(*)::text FROM destroyed_keys) AS log
       FROM data_keys`,
    );
    return keyStateRowsSchema.parse(rows)[0];
  });
}
