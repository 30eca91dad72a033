import type { CloudEvent, Denial } from '@todo-chatbot/contracts';
import { eventTypes } from '@todo-chatbot/contracts';
import { addToOutbox } from '@todo-chatbot/service-kit';
import type { Prisma, PrismaClient } from '../../generated/prisma/client.ts';

/** A client or a transaction, whose statements can also stand in a list. */
type Sql = Pick<PrismaClient, '$executeRaw'>;

/**
 * The statements that put events into the outbox and, for those that take access away, the denial beside them: in the caller's
 * transaction, so that a service that asks learns exactly what one that listens does (AUTH-11). For `$transaction([...])`.
 */
export function recordEvents(sql: Sql, events: readonly CloudEvent[]): Prisma.PrismaPromise<number>[] {
  const denials = events.flatMap((event) => denialOf(event) ?? []);
  return [...denials.map((denial) => upsertDenial(sql, denial)), addToOutbox(sql, events)];
}

/** As {@link recordEvents}, inside of an interactive transaction. */
export async function recordEventsIn(tx: Prisma.TransactionClient, events: readonly CloudEvent[]): Promise<void> {
  for (const event of events) {
    const denial = denialOf(event);
    if (denial) await upsertDenial(tx, denial);
  }
  await addToOutbox(tx, events);
}

function denialOf(event: CloudEvent): Denial | null {
  switch (event.type) {
    case 'auth.session_revoked.v1': {
      const { sessionId, accessTokensExpireAt } = eventTypes[event.type].parse(event.data);
      return { kind: 'session', id: sessionId, expiresAt: accessTokensExpireAt };
    }
    case 'auth.access_changed.v1': {
      const { userId, minimumVersion, accessTokensExpireAt } = eventTypes[event.type].parse(event.data);
      return { kind: 'user', id: userId, minimumVersion, expiresAt: accessTokensExpireAt };
    }
    case 'auth.signing_key_revoked.v1': {
      const { keyId, accessTokensExpireAt } = eventTypes[event.type].parse(event.data);
      return { kind: 'key', id: keyId, expiresAt: accessTokensExpireAt };
    }
    default:
      return null;
  }
}

/** A later denial never weakens an earlier one. */
function upsertDenial(sql: Sql, denial: Denial): Prisma.PrismaPromise<number> {
  const minimumVersion = denial.kind === 'user' ? denial.minimumVersion : null;
  return sql.$executeRaw`
    INSERT INTO access_denials AS known (kind, id, minimum_version, expires_at)
    VALUES (${denial.kind}, ${denial.id}, ${minimumVersion}::integer, ${new Date(denial.expiresAt)})
    ON CONFLICT (kind, id) DO UPDATE SET
      minimum_version = greatest(known.minimum_version, excluded.minimum_version),
      expires_at = greatest(known.expires_at, excluded.expires_at),
      changed_in = excluded.changed_in`;
}
