import { type AppId, backupRole, databaseNameOf, databaseOwnerOf, databaseSuperuser } from '@todo-chatbot/contracts';

/** Twenty-nine replicas at most, with those that are being replaced, each with a pool of ten and a listener; and room for tools. */
const maxConnections = 400;

/** Settings that hold in every world; the others are about where the server runs. */
export const serverParameters: Readonly<Record<string, string>> = {
  max_connections: String(maxConnections),
  password_encryption: 'scram-sha-256',
  ssl_min_protocol_version: 'TLSv1.3',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'iso, mdy',
  // Parameters of a failed statement may be personal data.
  log_parameter_max_length_on_error: '0',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** How `initdb` makes the data, besides where and with which password. */
export const initdbArguments: readonly string[] = [
  `--username=${databaseSuperuser}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--locale=C.UTF-8',
  '--no-instructions',
];

/**
 * Lines of pg_hba.conf: each role may enter its own database only, over TLS and with a password; everything else is refused.
 * `from`: addresses from which connections come, as that file writes them.
 */
export function accessRules(appIds: readonly AppId[], from: string): readonly string[] {
  const rule = (database: string, user: string) => `hostssl ${database} ${user} ${from} scram-sha-256`;
  return [
    rule('all', databaseSuperuser),
    ...appIds.flatMap((appId) => {
      const name = databaseNameOf(appId);
      return [name, databaseOwnerOf(appId), backupRole].map((role) => rule(name, role));
    }),
    // The end, also where somebody adds rules of their own behind these.
    'host all all all reject',
  ];
}
