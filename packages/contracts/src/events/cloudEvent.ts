import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { instantSchema } from '../leaves.ts';

const shortTextSchema = annotated(z.string().min(1).max(200), 'protocol.internal');

/** CloudEvents 1.0 envelope in structured JSON mode (KAFKA-3). `subject` is the aggregate id and the partition key. */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: annotated(z.string().min(1).max(64), 'protocol.internal'),
  source: shortTextSchema,
  type: shortTextSchema,
  subject: shortTextSchema,
  time: instantSchema,
  datacontenttype: z.literal('application/json'),
  traceparent: annotated(z.string().max(100), 'protocol.internal').optional(),
  tracestate: annotated(z.string().max(512), 'protocol.internal').optional(),
  /** Its fields have their categories in the schema of `type`. */
  data: annotated(z.unknown(), 'protocol.internal'),
});
export type CloudEvent = z.infer<typeof cloudEventSchema>;
