import type { KeyObject } from 'node:crypto';
import type { BackupKind } from '@todo-chatbot/backup';
import type { DatabaseServer } from '../connection.ts';

/** From where, for whom and into which folders sets are taken. */
export interface BackupPlan {
  readonly server: DatabaseServer;
  /** Of the role that reads every database and writes none. */
  readonly databasePassword: string;
  /** Ed25519; signs the manifests. */
  readonly signingKey: KeyObject;
  /** Public key of age (`age1…`). */
  readonly recipient: string;
  /** Folder of the sets of a kind. */
  readonly folderOf: (kind: BackupKind) => string;
}
