import { z } from 'zod';
import { appIds } from '../apps.ts';
import { retentionClassSchema } from '../retention.ts';

/** Who acted: a person, one of our services, or somebody not signed in. */
export const auditActorSchema = z.strictObject({
  type: z.enum(['user', 'service', 'anonymous']),
  id: z.string().min(1).max(64).nullable(),
});

/** Kinds of action (AUD-1). */
export const auditCategories = [
  'authentication',
  'authorisation',
  'data-access',
  'data-change',
  'conversation',
  'administration',
  'security',
] as const;

/** Dotted name of an act, imperative: `task.create`, `auth.login`. */
export const auditActionSchema = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/);

/** What every service says of a sensitive act (AUD-2). `input` is masked before it gets here: no personal data, no secret. */
export const auditEventDataSchema = z.strictObject({
  service: z.enum(appIds),
  actor: auditActorSchema,
  sessionId: z.string().max(64).nullable(),
  category: z.enum(auditCategories),
  action: auditActionSchema,
  success: z.boolean(),
  /** Error code or other closed reason when it failed. */
  reason: z.string().max(200).nullable(),
  object: z.strictObject({ type: z.string().max(50), id: z.string().max(100) }).nullable(),
  input: z.record(
    z.string().max(100),
    z.union([z.string().max(2000), z.number(), z.boolean(), z.null(), z.array(z.string().max(200)).max(50)]),
  ),
  metadata: z.strictObject({
    /** IP address with its last part zeroed (IPv4 /24, IPv6 /48). */
    address: z.string().max(64).nullable(),
    userAgent: z.string().max(300).nullable(),
  }),
  /** W3C trace id, 32 hex digits. */
  traceId: z.string().max(32).nullable(),
  retentionClass: retentionClassSchema,
});
export type AuditEventData = z.infer<typeof auditEventDataSchema>;
