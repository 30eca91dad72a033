import { type AppId, backupRole, databaseNameOf, databaseOwnerOf, databaseSuperuser } from '@todo-chatbot/contracts';
import pg from 'pg';

/** Where a PostgreSQL server is; `ca` is the PEM text that its certificate is checked against. */
export interface DatabaseServer {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
}

/** How to connect. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly ssl: { readonly ca: string };
  /** Settings of the session, as a command line of the server has them. */
  readonly options?: string;
}

/** A service's database with the passwords of its two roles. */
export interface ServiceDatabase {
  readonly appId: AppId;
  readonly password: string;
  readonly ownerPassword: string;
}

/** A server that does not answer in this time is not there. */
const connectTimeoutMs = 5000;
/** Often enough that nobody notices, seldom enough for a server that is starting. */
const retryPauseMs = 100;

/** Connection of the superuser, to the database `postgres` unless another is named. */
export function superuserConnection(
  server: DatabaseServer,
  { password, database = 'postgres' }: { readonly password: string; readonly database?: string },
): PostgresConnection {
  return connectionTo(server, { database, user: databaseSuperuser, password });
}

/** Connection of the run-time role of a service to its database. */
export function runtimeConnection(server: DatabaseServer, appId: AppId, password: string): PostgresConnection {
  const name = databaseNameOf(appId);
  return connectionTo(server, { database: name, user: name, password });
}

/** Connection of the role that owns a service's database. */
export function ownerConnection(server: DatabaseServer, appId: AppId, password: string): PostgresConnection {
  return connectionTo(server, { database: databaseNameOf(appId), user: databaseOwnerOf(appId), password });
}

/** Connection of the role that reads every database. */
export function backupConnection(server: DatabaseServer, appId: AppId, password: string): PostgresConnection {
  return connectionTo(server, { database: databaseNameOf(appId), user: backupRole, password });
}

function connectionTo(
  { host, port, ca }: DatabaseServer,
  login: { readonly database: string; readonly user: string; readonly password: string },
): PostgresConnection {
  return { host, port, ssl: { ca }, ...login };
}

/** Runs `work` on one connection, which is closed afterwards. */
export async function withClient<T>(
  connection: PostgresConnection,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: connectTimeoutMs });
  // A connection that breaks while idle says so by this event; the next query fails as well, which is where it is handled.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** True when the server answers a query. */
export async function answersQuery(connection: PostgresConnection): Promise<boolean> {
  return (await faultOf(connection)) === undefined;
}

/**
 * Resolves when the server answers a query. `isHopeless` tells of the last fault that waiting will not heal it.
 * @throws Error with the last fault as its cause
 */
export async function waitForDatabase(
  connection: PostgresConnection,
  { deadlineMs, isHopeless }: { readonly deadlineMs: number; readonly isHopeless: (fault: unknown) => boolean },
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const fault = await faultOf(connection);
    if (fault === undefined) return;
    if (isHopeless(fault)) throw new Error('PostgreSQL cannot be reached.', { cause: fault });
    if (Date.now() > deadline) throw new Error(`PostgreSQL did not answer in ${deadlineMs} ms.`, { cause: fault });
    await new Promise((resolve) => setTimeout(resolve, retryPauseMs));
  }
}

async function faultOf(connection: PostgresConnection): Promise<unknown> {
  try {
    await withClient(connection, (client) => client.query('SELECT 1'));
    return undefined;
  } catch (error) {
    return error;
  }
}
