/** The Dapr app ids: one folder under services/, one process, one database, one Kafka user each. */
export const appIds = ['auth', 'chat-gateway', 'task', 'booking', 'guardrail', 'audit'] as const;
export type AppId = (typeof appIds)[number];

/** True for the app id of one of our services. */
export function isAppId(value: unknown): value is AppId {
  return appIds.some((appId) => appId === value);
}

/** The name of a service's database; its owner role (migrations only) is `<name>_owner`, its run-time role is `<name>`. */
export function databaseNameOf(appId: AppId): string {
  return appId.replaceAll('-', '_');
}
