/** The Dapr app ids: one folder under services/, one process, one database, one Kafka user each. */
export const appIds = ['auth', 'chat-gateway', 'task', 'booking', 'guardrail', 'audit'] as const;
export type AppId = (typeof appIds)[number];

/** True for the app id of one of our services. */
export function isAppId(value: unknown): value is AppId {
  return appIds.some((appId) => appId === value);
}

/** The name of a service's database; its owner role is {@link databaseOwnerOf}, its run-time role has the database's name. */
export function databaseNameOf(appId: AppId): string {
  return appId.replaceAll('-', '_');
}

/** Role that owns a service's database: it runs migrations, and the service never has its password. */
export function databaseOwnerOf(appId: AppId): string {
  return `${databaseNameOf(appId)}_owner`;
}

/** Role that makes the others, and that nobody works with. */
export const databaseSuperuser = 'postgres';
/** Role that reads every database for backups, and writes nothing. */
export const backupRole = 'todo_chatbot_backup';

/** What each service keeps of a person, in the words of its reader. */
export const shareTitles: Readonly<Record<AppId, string>> = {
  auth: 'Account, sessions and keys',
  'chat-gateway': 'Conversations',
  task: 'Tasks',
  booking: 'Bookings',
  guardrail: 'Refused messages',
  audit: 'Trail of what happened',
};
