export { generateX25519Identity as generateIdentity, identityToRecipient } from 'age-encryption';
export { BackupBroken } from './backupBroken.ts';
export { checkBackup } from './checkBackup.ts';
export { encrypterFor, readCopyFile } from './copyFiles.ts';
export { type BackupKind, backupKinds, readManifest, type TableDump } from './manifest.ts';
export { type BackupManifests, type BackupSets, openBackups, restoreDatabase } from './restoreBackup.ts';
export { listBackups, rotateBackups } from './rotateBackups.ts';
export { type BackedUpDatabase, takeBackup } from './takeBackup.ts';
