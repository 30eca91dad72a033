import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { BaseConfig } from '../config.ts';
import type { Logger } from '../logging/logger.ts';

/** Enough for one process on its own database; six services stay far below PostgreSQL's default of 100. */
const maxConnections = 10;
/** Whoever waits longer for a connection fails fast instead of queueing. */
const connectionTimeoutMs = 3_000;
/** No statement of ours takes seconds; one that does holds others up. */
const statementTimeoutMs = 5_000;
/** On top of the server's own limit: only a connection that has gone silent gets here. */
const answerGraceMs = 3_000;
/** A transaction that its process forgot must not keep its locks. */
const idleInTransactionTimeoutMs = 5_000;
/** Waiting for a lock is shorter than a statement, so that the cause shows in the error. */
const lockTimeoutMs = 2_000;
/** Bounds a whole transaction, retries inside included. */
const transactionTimeoutMs = 10_000;
/**
 * Prisma's adapter writes moments without a zone, as UTC, and reads them as UTC whatever zone they carry. On a server that was set up in
 * another zone they would lie hours apart from those of `pg` and of `now()`, and twice a year two of them would be one.
 */
const timeZone = 'UTC';
/**
 * Our tables and nothing before them: by default a schema with the name of our role comes first, and the owner of the database may make
 * one, with tables of our names in it.
 */
const searchPath = 'public';

/** Pool to the service's own database: verified TLS, time-outs on everything, bounded size. */
export function createDatabasePool(options: {
  readonly config: Pick<
    BaseConfig,
    'APP_ID' | 'DATABASE_HOST' | 'DATABASE_PORT' | 'DATABASE_NAME' | 'DATABASE_USER' | 'DATABASE_CA_FILE'
  >;
  readonly password: string;
  readonly logger: Logger;
  /** For jobs beside the service's requests: how many connections they need and how long a statement of theirs may take. */
  readonly jobs?: { readonly connections: number; readonly statementTimeoutMs: number };
}): pg.Pool {
  const { config, password, logger, jobs } = options;
  const longestStatementMs = jobs?.statementTimeoutMs ?? statementTimeoutMs;
  const pool = new pg.Pool({
    host: config.DATABASE_HOST,
    port: config.DATABASE_PORT,
    database: config.DATABASE_NAME,
    user: config.DATABASE_USER,
    password,
    ssl: { ca: readFileSync(config.DATABASE_CA_FILE, 'utf8'), rejectUnauthorized: true },
    application_name: config.APP_ID,
    max: jobs?.connections ?? maxConnections,
    keepAlive: true,
    connectionTimeoutMillis: connectionTimeoutMs,
    statement_timeout: longestStatementMs,
    query_timeout: longestStatementMs + answerGraceMs,
    idle_in_transaction_session_timeout: idleInTransactionTimeoutMs,
    lock_timeout: lockTimeoutMs,
    options: `-c transaction_timeout=${transactionTimeoutMs} -c TimeZone=${timeZone} -c search_path=${searchPath}`,
  });
  // An idle connection that breaks raises an event; without a listener it would end the process.
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle database connection broke'));
  return pool;
}
