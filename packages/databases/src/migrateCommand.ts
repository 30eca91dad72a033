import { appIds } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { parseEnvironment, pathSchema, readPassword, serverEnvironment, serverOf } from './commandEnvironment.ts';
import { ownerConnection } from './connection.ts';
import { migrateServiceDatabase } from './migrate.ts';
import { runCommand } from './runCommand.ts';
import { waitForRole } from './waitForRole.ts';

const environmentSchema = serverEnvironment.extend({
  APP_ID: z.enum(appIds),
  /** Folder with `<app>-database-owner/password`. */
  SECRETS_FOLDER: pathSchema,
});

/** Brings the database of one service to the newest schema, as its owner. Says which files ran. */
await runCommand(async (env) => {
  const environment = parseEnvironment(environmentSchema, env);
  const { APP_ID: appId, SECRETS_FOLDER: folder } = environment;
  const password = await readPassword(folder, `${appId}-database-owner`);
  const owner = ownerConnection(await serverOf(environment), appId, password);
  await waitForRole(owner, environment.WAIT_SECONDS);
  const ran = await migrateServiceDatabase(appId, owner);
  for (const name of ran) console.log(`${appId}: ${name}`);
  console.log(`${appId}: ${ran.length === 0 ? 'nothing to do' : `${ran.length} migration(s) ran`}.`);
});
