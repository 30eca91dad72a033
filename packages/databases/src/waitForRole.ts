import { type PostgresConnection, waitForDatabase } from './connection.ts';

/** Faults that pass when the server has started, or when the roles and databases have been provisioned. */
const passing = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  // Starting, stopping, full.
  '57P03',
  '57P01',
  '53300',
  // No such role or password yet, no such database, no right to connect to it.
  '28P01',
  '28000',
  '3D000',
  '42501',
]);

/** What `pg` says, without a code, when a connection is not made in time, or is closed while it is made. */
const passingText = /timeout expired|Connection terminated/;

/** Resolves when the role can work in its database. @throws Error at once for what waiting does not heal, such as another certificate */
export function waitForRole(connection: PostgresConnection, seconds: number): Promise<void> {
  return waitForDatabase(connection, { deadlineMs: seconds * 1000, isHopeless: (fault) => !isPassing(fault) });
}

function isPassing(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  if ('code' in fault && typeof fault.code === 'string') return passing.has(fault.code);
  // Several addresses of one name that all failed.
  if (fault instanceof AggregateError) return fault.errors.every(isPassing);
  return passingText.test(fault.message);
}
