import { createPrivateKey, createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import { type BackupKind, listBackups, openBackups } from '@todo-chatbot/backup';
import { z } from 'zod';
import { identityIn } from './backup/backupIdentity.ts';
import { restoreInPlace } from './backup/restoreInPlace.ts';
import {
  parseEnvironment,
  pathSchema,
  readGiven,
  readPassword,
  serverEnvironment,
  serverOf,
} from './commandEnvironment.ts';
import { runCommand } from './runCommand.ts';

/** Name of a set; empty: the newest one. */
const setNameSchema = z
  .string()
  .regex(/^[\dTZ.-]{0,40}$/)
  .default('');

const environmentSchema = serverEnvironment.extend({
  /** Folder with `superuser/password`, `backup/signingKey` and `backup-identity/identity`, the key that opens backups. */
  SECRETS_FOLDER: pathSchema,
  BACKUPS_FOLDER: pathSchema,
  DATA_SET: setNameSchema,
  KEYS_SET: setNameSchema,
  LOG_SET: setNameSchema,
});

/** Puts databases from a backup in the place of those that are there, while no service runs (DATA-3). */
await runCommand(async (env) => {
  const environment = parseEnvironment(environmentSchema, env);
  const { SECRETS_FOLDER: secrets, BACKUPS_FOLDER: backups } = environment;
  const superuser = await readPassword(secrets, 'superuser');
  const identity = identityIn(await readGiven(join(secrets, 'backup-identity', 'identity')));
  const publicKey = createPublicKey(createPrivateKey(await readGiven(join(secrets, 'backup', 'signingKey'))));
  const setOf = async (kind: BackupKind, name: string) => {
    const folder = join(backups, kind);
    const set = name === '' ? (await listBackups(folder))[0] : join(folder, name);
    if (set === undefined) throw new Error(`There is no backup of ${kind} in ${folder}.`);
    return set;
  };
  const sets = {
    data: await setOf('data', environment.DATA_SET),
    keys: await setOf('keys', environment.KEYS_SET),
    log: await setOf('log', environment.LOG_SET),
  };
  console.log(`Checking ${Object.values(sets).join(', ')}`);
  const manifests = await openBackups({ sets, publicKey, identity });
  const kept = await restoreInPlace({
    server: await serverOf(environment),
    superuserPassword: superuser,
    sets,
    manifests,
    identity,
    step: async (label, work) => {
      const details: string[] = [];
      await work((text) => details.push(text));
      console.log(`${label}: ${details.join(', ')}`);
    },
  });
  console.log(
    `The databases are restored. Those from before are ${kept.join(', ')}: remove them soon, because keys that are destroyed from now on stay in them.`,
  );
});
