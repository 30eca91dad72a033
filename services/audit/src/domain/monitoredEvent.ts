import { z } from 'zod';
import type { MonitoredEvent } from './evaluateRule.ts';

/** What rules need of a body, however the schema of audit events has changed since it was written. */
const bodySchema = z.object({
  time: z.iso.datetime(),
  event: z.object({
    service: z.string(),
    actor: z.object({ id: z.string().nullable() }),
    category: z.string(),
    action: z.string(),
    success: z.boolean(),
    reason: z.string().nullable(),
    object: z.object({ id: z.string() }).nullable(),
    metadata: z.object({ address: z.string().nullable(), userAgent: z.string().nullable() }),
  }),
});

/** An entry's body as rules look at it; undefined when it cannot be read, which the verifier finds as well. */
export function monitoredEventOf(index: number, body: Buffer): MonitoredEvent | undefined {
  const parsed = bodySchema.safeParse(jsonOf(body));
  if (!parsed.success) return undefined;
  const { time, event } = parsed.data;
  const { service, actor, category, action, success, reason, object, metadata } = event;
  const said = { service, actorId: actor.id, category, action, success, reason, objectId: object?.id ?? null };
  return { index, at: Date.parse(time), ...said, address: metadata.address, userAgent: metadata.userAgent };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
