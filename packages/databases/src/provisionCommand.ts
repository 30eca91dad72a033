import { appIds } from '@todo-chatbot/contracts';
import { parseEnvironment, pathSchema, readPassword, serverEnvironment, serverOf } from './commandEnvironment.ts';
import { superuserConnection } from './connection.ts';
import { provisionDatabases } from './provision.ts';
import { runCommand } from './runCommand.ts';
import { waitForRole } from './waitForRole.ts';

const environmentSchema = serverEnvironment.extend({
  /**
   * Folder with a folder for each secret, and in it a file for each key, as Kubernetes mounts them: `superuser/password`,
   * `<app>-database/password`, `<app>-database-owner/password`, `backup/databasePassword`.
   */
  SECRETS_FOLDER: pathSchema,
});

/** Makes or updates all roles and databases (DATA-4). Repeat it after a password has changed. */
await runCommand(async (env) => {
  const environment = parseEnvironment(environmentSchema, env);
  const folder = environment.SECRETS_FOLDER;
  const superuser = superuserConnection(await serverOf(environment), {
    password: await readPassword(folder, 'superuser'),
  });
  const databases = await Promise.all(
    appIds.map(async (appId) => ({
      appId,
      password: await readPassword(folder, `${appId}-database`),
      ownerPassword: await readPassword(folder, `${appId}-database-owner`),
    })),
  );
  const backupPassword = await readPassword(folder, 'backup', 'databasePassword');
  await waitForRole(superuser, environment.WAIT_SECONDS);
  await provisionDatabases(superuser, { databases, backupPassword });
  console.log(`Roles and databases are as they should be: ${appIds.join(', ')}.`);
});
