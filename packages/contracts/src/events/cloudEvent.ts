import { z } from 'zod';

/** CloudEvents 1.0 envelope in structured JSON mode (KAFKA-3). `subject` is the aggregate id and the partition key. */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(64),
  source: z.string().min(1).max(200),
  type: z.string().min(1).max(200),
  subject: z.string().min(1).max(200),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  traceparent: z.string().max(100).optional(),
  tracestate: z.string().max(512).optional(),
  data: z.unknown(),
});
export type CloudEvent = z.infer<typeof cloudEventSchema>;
