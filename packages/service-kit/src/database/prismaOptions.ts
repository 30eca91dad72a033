/** Options of every Prisma client; the adapter over the service's own pool comes besides. Closing the client leaves the pool open. */
export const prismaOptions = {
  /** The longer messages repeat the arguments of a call, which have no place in a log (PRIV-6). */
  errorFormat: 'minimal',
  /**
   * The pool's connections end a transaction after 10 s in PostgreSQL itself. Prisma waits longer: were it the first to give up, its
   * time-out could fall into a COMMIT and release the connection twice, which ends the process (prisma/orm#29952).
   */
  transactionOptions: { maxWait: 5_000, timeout: 15_000 },
} as const;
