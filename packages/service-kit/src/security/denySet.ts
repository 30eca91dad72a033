import type { Pool } from 'pg';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { executeRawOf, type RawSql } from '../database/rawSql.ts';
import { inTransaction } from '../database/transaction.ts';
import { takeFromInbox } from '../events/inbox.ts';
import { defineSubscription, type Subscription } from '../events/subscription.ts';
import type { Logger } from '../logging/logger.ts';
import { ProblemError } from '../problem.ts';

/** A revoked session; it may be forgotten once its last access token has expired. */
export interface DeniedSession {
  readonly sessionId: string;
  readonly userId: string;
  readonly expiresAt: Date;
}

/** Sessions whose access tokens are refused before they expire. */
export interface DenySet {
  /** Loads the table, and keeps loading it: another replica may have taken the event. */
  start(): Promise<void>;
  /** Remembers a session, by default through the set's own pool. */
  add(session: DeniedSession, tx?: RawSql): Promise<void>;
  /** @throws ProblemError `upstream.unavailable` when the table has not been read for too long (PRIN-6). */
  has(sessionId: string): boolean;
  close(): Promise<void>;
}

/** How late a replica may learn of a revocation that another one took. */
const reloadIntervalMs = 2_000;
/** Without news for this long nobody can say who is revoked. */
const maxAgeMs = 30_000;
/** Access tokens live minutes; more revoked sessions than this at once is not a normal day. The newest are kept. */
const maxSessions = 100_000;

const rowsSchema = z.array(z.object({ session_id: z.string(), expires_at: z.date() }));

/** Deny-set in memory over the kit's table `denied_session`. */
export function createDenySet(options: {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly logger?: Logger;
}): DenySet {
  const { pool, clock, logger } = options;
  const denied = new Map<string, number>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function load(): Promise<void> {
    const now = clock.now();
    const result = await pool.query(
      'SELECT session_id, expires_at FROM denied_session WHERE expires_at > $1 ORDER BY expires_at DESC LIMIT $2',
      [now, maxSessions],
    );
    for (const row of rowsSchema.parse(result.rows)) denied.set(row.session_id, row.expires_at.getTime());
    for (const [sessionId, expiresAt] of denied) {
      if (expiresAt <= now.getTime()) denied.delete(sessionId);
    }
    loadedAt = now.getTime();
  }

  function scheduleLoad(): void {
    timer = setTimeout(() => {
      running = load()
        .catch((error: unknown) => logger?.warn({ err: error }, 'revoked sessions could not be read'))
        .then(() => {
          if (timer) scheduleLoad();
        });
    }, reloadIntervalMs);
    timer.unref();
  }

  return {
    async start() {
      await load();
      scheduleLoad();
    },
    async add(session, tx = executeRawOf(pool)) {
      await tx.$executeRaw`
        INSERT INTO denied_session (session_id, user_id, expires_at)
        VALUES (${session.sessionId}, ${session.userId}, ${session.expiresAt}) ON CONFLICT DO NOTHING`;
      denied.set(session.sessionId, session.expiresAt.getTime());
    },
    has(sessionId) {
      if (clock.now().getTime() - loadedAt > maxAgeMs) throw new ProblemError('upstream.unavailable');
      return denied.has(sessionId);
    },
    async close() {
      clearTimeout(timer);
      timer = undefined;
      await running;
    },
  };
}

/** The subscription to `auth.events` that feeds the deny-set. */
export function sessionRevokedSubscription(denySet: DenySet, pool: Pool): Subscription {
  const consumer = 'deny-set';
  return defineSubscription({
    topic: 'auth.events',
    consumer,
    handlers: {
      'auth.session_revoked.v1': async (event) => {
        const { sessionId, userId, accessTokensExpireAt } = event.data;
        await inTransaction(pool, async (client) => {
          const tx = executeRawOf(client);
          if (!(await takeFromInbox(tx, consumer, event.id))) return;
          await denySet.add({ sessionId, userId, expiresAt: new Date(accessTokensExpireAt) }, tx);
        });
        return 'success';
      },
    },
  });
}
