import type { RawSql } from '../database/rawSql.ts';

/** `true` the first time a consumer takes the event, `false` for a repeat. Call it in the transaction of the event's effect. */
export async function takeFromInbox(tx: RawSql, consumer: string, eventId: string): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO inbox (consumer, event_id) VALUES (${consumer}, ${eventId}) ON CONFLICT DO NOTHING`;
  return inserted === 1;
}
