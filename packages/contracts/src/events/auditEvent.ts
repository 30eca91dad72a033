import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import { idSchema } from '../ids.ts';
import { flagSchema, oneOf, retentionClassSchema } from '../leaves.ts';
import { sealedSchema } from '../sealed.ts';

/** Who acted: a person, one of our services, or somebody not signed in. */
export const auditActorSchema = z.strictObject({
  type: oneOf(['user', 'service', 'anonymous']),
  id: annotated(z.string().min(1).max(64), 'protocol.internal').nullable(),
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
export const auditActionSchema = annotated(
  z
    .string()
    .max(100)
    .regex(/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/),
  'protocol.internal',
);

/** A personal field of an audit event, by its path: it is sealed under a person's key, or left out (AUD-4). */
export const auditPersonalFieldSchema = annotated(
  z.string().regex(/^(metadata\.userAgent|input\.[a-z][A-Za-z0-9]{0,99})$/),
  'protocol.internal',
);
/** Most sealed fields of an event. An act has one client and hardly more than a few personal inputs. */
export const maxSealedAuditFields = 10;
/** Base64 of the longest input, 2,000 characters of three bytes, with what sealing adds. */
const maxSealedFieldLength = 8_100;

/** What every service says of a sensitive act (AUD-2). `input` is masked before it gets here: no personal data, no secret. */
export const auditEventDataSchema = z.strictObject({
  service: oneOf(appIds),
  actor: auditActorSchema,
  sessionId: annotated(z.string().max(64), 'protocol.internal').nullable(),
  category: oneOf(auditCategories),
  action: auditActionSchema,
  success: flagSchema,
  /** Error code or other closed reason when it failed. */
  reason: annotated(z.string().max(200), 'protocol.internal').nullable(),
  object: z
    .strictObject({
      type: annotated(z.string().max(50), 'protocol.internal'),
      id: annotated(z.string().max(100), 'protocol.internal'),
    })
    .nullable(),
  input: annotated(
    z.record(
      z.string().max(100),
      z.union([z.string().max(2000), z.number(), z.boolean(), z.null(), z.array(z.string().max(200)).max(50)]),
    ),
    'audit.trail',
  ),
  metadata: z.strictObject({
    /** IP address with its last part zeroed (IPv4 /24, IPv6 /48). */
    address: annotated(z.string().max(64), 'audit.trail').nullable(),
    userAgent: annotated(z.string().max(300), 'audit.trail').nullable(),
  }),
  /** W3C trace id, 32 hex digits. */
  traceId: annotated(z.string().max(32), 'protocol.internal').nullable(),
  retentionClass: retentionClassSchema,
  /** Personal fields, each sealed as text under the key of {@link personOfAuditEvent}; in their own places they are null. */
  sealed: z
    .record(auditPersonalFieldSchema, sealedSchema.max(maxSealedFieldLength))
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
