import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import { idSchema } from '../ids.ts';
import { retentionClassSchema } from '../retention.ts';
import { sealedSchema } from '../sealed.ts';

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

/** A personal field of an audit event, by its path: it is sealed under a person's key, or left out (AUD-4). */
export const auditPersonalFieldSchema = annotated(
  z.string().regex(/^(metadata\.userAgent|input\.[a-z][A-Za-z0-9]{0,99})$/),
  'protocol.internal',
);
/** Most sealed fields of an event. An act has one client and hardly more than a few personal inputs. */
export const maxSealedAuditFields = 10;
/** Base64 of the longest input, 2,000 characters of three bytes, with what sealing adds. */
const maxSealedFieldLength = 8_100;
const sealedAuditFieldSchema = annotated(sealedSchema.max(maxSealedFieldLength), 'audit.trail');

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
  /** Personal fields, each sealed as text under the key of {@link personOfAuditEvent}; in their own places they are null. */
  sealed: z
    .record(auditPersonalFieldSchema, sealedAuditFieldSchema)
    .refine((fields) => Object.keys(fields).length <= maxSealedAuditFields, 'has too many fields')
    .optional(),
});
export type AuditEventData = z.infer<typeof auditEventDataSchema>;

/** What an audit event says, apart from what it has sealed. */
export const auditedActSchema = auditEventDataSchema.omit({ sealed: true });
export type AuditedAct = z.infer<typeof auditedActSchema>;

/** Whose key the personal fields of an audit event are sealed under: who acted, or else whom it is about. Null: nobody's. */
export function personOfAuditEvent({ actor, object }: Pick<AuditedAct, 'actor' | 'object'>): string | null {
  if (actor.type === 'user') return personIdOf(actor.id);
  return object?.type === 'user' ? personIdOf(object.id) : null;
}

function personIdOf(id: string | null): string | null {
  return idSchema('user').safeParse(id).data ?? null;
}
