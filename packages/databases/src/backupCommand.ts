import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { runBackupRound } from './backup/backupRound.ts';
import {
  parseEnvironment,
  pathSchema,
  readGiven,
  readPassword,
  serverEnvironment,
  serverOf,
} from './commandEnvironment.ts';
import { describeFault, runCommand } from './runCommand.ts';

const environmentSchema = serverEnvironment.extend({
  /** Folder with `backup/databasePassword`, `backup/signingKey` (Ed25519, PKCS #8 PEM) and `backup/recipient` (age). */
  SECRETS_FOLDER: pathSchema,
  /** Folder of the sets, one folder in it for each kind. */
  BACKUPS_FOLDER: pathSchema,
});

/** Takes the backups that are due now (DATA-3). Fails when one of them could not be taken, after having tried the others. */
await runCommand(async (env) => {
  const environment = parseEnvironment(environmentSchema, env);
  const folder = environment.SECRETS_FOLDER;
  const failed: string[] = [];
  const taken = await runBackupRound(
    {
      server: await serverOf(environment),
      databasePassword: await readPassword(folder, 'backup', 'databasePassword'),
      signingKey: createPrivateKey(await readGiven(join(folder, 'backup', 'signingKey'))),
      recipient: (await readGiven(join(folder, 'backup', 'recipient'))).trim(),
      folderOf: (kind) => join(environment.BACKUPS_FOLDER, kind),
    },
    (kind, error) => {
      failed.push(kind);
      console.error(`${kind}: ${describeFault(error)}`);
    },
  );
  for (const set of taken) console.log(set);
  if (failed.length > 0) throw new Error(`There is no new backup of ${failed.join(', ')}.`);
});
