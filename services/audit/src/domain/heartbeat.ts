import { type AppId, cloudEventSchema, eventTypes } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { EntryError } from './entry.ts';
import { jsonOrUndefined } from './jsonOrUndefined.ts';

const heartbeatType = 'audit.heartbeat.v1';
const typeSchema = z.object({ type: z.literal(heartbeatType) });
const heartbeatSchema = cloudEventSchema.extend({ data: eventTypes[heartbeatType] });

/** A service's sign of life, and who says that it published it. */
export interface Heartbeat {
  readonly source: string;
  readonly service: AppId;
}

/** Reads a heartbeat from UTF-8 JSON; undefined for anything else. Throws EntryError for one that breaks its schema. */
export function readHeartbeat(bytes: Buffer): Heartbeat | undefined {
  // Nearly everything that comes is an audit event, which need not be parsed twice.
  if (!bytes.includes(heartbeatType)) return undefined;
  const content = jsonOrUndefined(bytes.toString());
  if (!typeSchema.safeParse(content).success) return undefined;
  const heartbeat = heartbeatSchema.safeParse(content);
  if (!heartbeat.success) throw new EntryError('not-an-audit-event');
  return { source: heartbeat.data.source, service: heartbeat.data.data.service };
}
