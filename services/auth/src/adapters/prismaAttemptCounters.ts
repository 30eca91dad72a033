import type { Clock } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import {
  type AttemptPool,
  firstLockSeconds,
  forgetFailuresAfterSeconds,
  type LockoutPolicy,
  longestLockSeconds,
} from '../domain/lockout.ts';
import type { AttemptCounters } from '../ports/attemptCounters.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';

const takenRowsSchema = z.array(z.strictObject({ is_counted: z.boolean(), locked_until: z.date().nullable() })).max(1);
/** Doublings that exceed the longest lock by far; the power of more would leave the range of numbers. */
const maximumDoublings = 30;

/** Attempt counters in PostgreSQL. */
export function createPrismaAttemptCounters(options: {
  readonly prisma: PrismaClient;
  readonly keyedHash: KeyedHash;
  readonly policies: Readonly<Record<AttemptPool, LockoutPolicy>>;
  readonly clock: Clock;
}): AttemptCounters {
  const { prisma, keyedHash, policies, clock } = options;
  const hashOf = (key: string) => keyedHash('attempts', key);

  return {
    async take(pool, key) {
      const { attempts, forgivenPerHour } = policies[pool];
      const keyHash = hashOf(key);
      const now = clock.now();
      const forgottenBefore = new Date(now.getTime() - forgetFailuresAfterSeconds * 1000);
      // ON CONFLICT locks the row and looks at its newest version, so that attempts at the same moment go one after another. The pool
      // locks when there is no room for one more, which is said so because a part of a failure may have been forgiven.
      const rows = await prisma.$queryRaw`
        WITH counted AS (
          INSERT INTO attempt_counters AS known (pool, key_hash, failures, last_attempt_at)
          VALUES (${pool}, ${keyHash}, 1, ${now})
          ON CONFLICT (pool, key_hash) DO UPDATE SET (failures, last_attempt_at, locked_until) = (
            SELECT failures, ${now}::timestamptz, CASE WHEN failures > ${attempts - 1}::float8 THEN
              ${now}::timestamptz + make_interval(secs => least(${longestLockSeconds}::float8, ${firstLockSeconds}::float8
                * power(2, least(greatest(0, floor(failures - ${attempts}::float8)), ${maximumDoublings}::float8))))
            END
            FROM (
              SELECT 1 + CASE WHEN known.last_attempt_at <= ${forgottenBefore} THEN 0 ELSE greatest(0, known.failures
                - ${forgivenPerHour}::float8 * greatest(0, extract(epoch FROM ${now}::timestamptz - known.last_attempt_at)) / 3600)
              END AS failures
            ) AS next
          )
          WHERE known.locked_until IS NULL OR known.locked_until <= ${now}
          RETURNING locked_until
        )
        SELECT true AS is_counted, locked_until FROM counted
        UNION ALL
        SELECT false, locked_until FROM attempt_counters
        WHERE pool = ${pool} AND key_hash = ${keyHash} AND NOT EXISTS (SELECT FROM counted)`;
      const [row] = takenRowsSchema.parse(rows);
      // No row, or one without a lock: the lock is younger than this statement's view of the table.
      if (row?.is_counted) return { kind: 'allowed', locksOnFailure: row.locked_until !== null };
      const lockedForMs = row?.locked_until ? row.locked_until.getTime() - now.getTime() : firstLockSeconds * 1000;
      return { kind: 'locked', retryAfterSeconds: Math.max(1, Math.ceil(lockedForMs / 1000)) };
    },
    async clear(pool, key) {
      await prisma.attemptCounter.deleteMany({ where: { pool, keyHash: hashOf(key) } });
    },
    async giveBack(pool, key) {
      // A lock that is in force was started by an attempt that was still under way, as this one is.
      await prisma.$executeRaw`
        UPDATE attempt_counters SET failures = greatest(0, failures - 1), locked_until = NULL
        WHERE pool = ${pool} AND key_hash = ${hashOf(key)}`;
    },
  };
}
