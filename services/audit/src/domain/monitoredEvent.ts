import { auditActorSchema } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { type SealedValue, sealedFieldSchema, sealedValuesOf, userAgentField } from './entry.ts';
import type { MonitoredEvent } from './evaluateRule.ts';
import { jsonOrUndefined } from './jsonOrUndefined.ts';

/** What rules need of a body, however the schema of audit events has changed since it was written. */
const bodySchema = z.object({
  id: z.string(),
  time: z.iso.datetime(),
  event: z.object({
    service: z.string(),
    actor: auditActorSchema,
    category: z.string(),
    action: z.string(),
    success: z.boolean(),
    reason: z.string().nullable(),
    object: z.object({ type: z.string(), id: z.string() }).nullable(),
    metadata: z.object({ address: z.string().nullable(), userAgent: z.string().nullable() }),
  }),
  sealed: z.array(sealedFieldSchema),
});

/** An entry's body as rules look at it; undefined when it cannot be read, which the verifier finds as well. */
export function monitoredEventOf(index: number, body: Buffer): MonitoredEvent | undefined {
  const parsed = bodySchema.safeParse(jsonOrUndefined(body.toString('utf8')));
  if (!parsed.success) return undefined;
  const { time, event } = parsed.data;
  const { service, actor, category, action, success, reason, object, metadata } = event;
  const said = { service, actorId: actor.id, category, action, success, reason, objectId: object?.id ?? null };
  const sealedUserAgent = sealedUserAgentOf(parsed.data);
  return {
    index,
    at: Date.parse(time),
    ...said,
    address: metadata.address,
    userAgent: metadata.userAgent,
    ...(sealedUserAgent && { sealedUserAgent }),
  };
}

function sealedUserAgentOf(body: z.infer<typeof bodySchema>): SealedValue | undefined {
  return sealedValuesOf(body).find(({ field }) => field === userAgentField);
}
