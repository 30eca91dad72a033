import { z } from 'zod';

/**
 * SQLSTATEs of a database that cannot answer just now, though it might in a moment (PostgreSQL, appendix A): connections broken (08)
 * or too many, like other resources (53), deadlocks (40), a shutdown or restart (57P), and the time-outs for locks, statements, idle
 * and whole transactions.
 */
const busyStates = /^(?:08...|53...|40001|40P01|57P..|55P03|57014|25P03|25P04)$/;

/** The same by Prisma's own codes: unreachable, closed, timed out, no connection free, transaction over, deadlock, too many connections. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037']);

/** Prisma's driver names these faults without a SQLSTATE; raw queries show nothing else. */
const driverKinds = new Set([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TooManyConnections',
  'TransactionAlreadyClosed',
  'TransactionWriteConflict',
]);

const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** pg and its pool give these errors no code. */
const driverMessages = new Set([
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Connection terminated',
  'Connection terminated due to connection timeout',
  'Connection terminated unexpectedly',
  'Query read timeout',
  'timeout exceeded when trying to connect',
]);

const errorSchema = z.object({
  message: z.string().optional(),
  code: z.string().optional(),
  meta: z
    .object({
      driverAdapterError: z.object({
        cause: z.object({ kind: z.string().optional(), originalCode: z.string().optional() }),
      }),
    })
    .optional()
    .catch(undefined),
});

/** Whether an error of `pg` or Prisma says that the database cannot answer now, so that a repeat of the request may succeed. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const parsed = errorSchema.safeParse(error);
  if (!parsed.success) return false;
  const { message = '', code = '', meta } = parsed.data;
  const { kind = '', originalCode = '' } = meta?.driverAdapterError.cause ?? {};
  return (
    busyStates.test(code) ||
    busyStates.test(originalCode) ||
    prismaCodes.has(code) ||
    driverKinds.has(kind) ||
    socketCodes.has(code) ||
    driverMessages.has(message)
  );
}
