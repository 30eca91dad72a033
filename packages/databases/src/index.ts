export { type BackupIdentity, makeIdentity, readBackupIdentity } from './backup/backupIdentity.ts';
export type { BackupPlan } from './backup/backupPlan.ts';
export { runBackupRound } from './backup/backupRound.ts';
export { endSignIns } from './backup/endSignIns.ts';
export { restoreDatabases } from './backup/restoreDatabases.ts';
export { takeSet } from './backup/takeSet.ts';
export {
  answersQuery,
  type DatabaseServer,
  ownerConnection,
  type PostgresConnection,
  runtimeConnection,
  superuserConnection,
  waitForDatabase,
  withClient,
} from './connection.ts';
export { migrateServiceDatabase } from './migrate.ts';
export { provisionDatabases } from './provision.ts';
