import { z } from 'zod';
import { alertSchema } from '../api/alerts.ts';
import { accessVersionSchema, keyIdSchema } from '../api/denials.ts';
import { appIds } from '../apps.ts';
import { idSchema, sessionIdSchema } from '../ids.ts';
import { instantSchema, oneOf } from '../leaves.ts';
import { consentPurposeSchema, consentPurposes } from '../privacyNotice.ts';
import { roleSchema } from '../roles.ts';
import { sealedSchema } from '../sealed.ts';
import { auditEventDataSchema } from './auditEvent.ts';
import { exportEventTypes } from './exportEvents.ts';
import { privacyEventTypes } from './privacyEvents.ts';

/** Every event type with the schema of its `data`. Past tense, versioned; a changed meaning gets a new version (KAFKA-3). */
export const eventTypes = {
  'auth.user_registered.v1': z.strictObject({ userId: idSchema('user'), roles: z.array(roleSchema).max(5) }),
  'auth.session_revoked.v1': z.strictObject({
    userId: idSchema('user'),
    /** A session, or an API key. */
    sessionId: sessionIdSchema,
    /** When the last access token of the session expires: the deny-set may forget it after this. */
    accessTokensExpireAt: instantSchema,
  }),
  /** Roles changed, suspended, deleted, or signed out everywhere: tokens with a lower `ver` are refused (AUTH-11). */
  'auth.access_changed.v1': z.strictObject({
    userId: idSchema('user'),
    minimumVersion: accessVersionSchema,
    accessTokensExpireAt: instantSchema,
  }),
  /**
   * A person withdrew consents: what is kept for these purposes alone goes. `minimumVersion` is that of `auth.access_changed.v1` of the same
   * moment: whatever is done for a token of before comes too late.
   */
  'auth.consent_withdrawn.v1': z.strictObject({
    userId: idSchema('user'),
    purposes: z.array(consentPurposeSchema).min(1).max(consentPurposes.length),
    minimumVersion: accessVersionSchema,
  }),
  /** A signing key is trusted no more, at once (AUTH-2). */
  'auth.signing_key_revoked.v1': z.strictObject({ keyId: keyIdSchema, accessTokensExpireAt: instantSchema }),
  /** `sealed` holds the task as JSON. */
  'task.created.v2': z.strictObject({ userId: idSchema('user'), taskId: idSchema('task'), sealed: sealedSchema }),
  'task.changed.v2': z.strictObject({ userId: idSchema('user'), taskId: idSchema('task'), sealed: sealedSchema }),
  'task.deleted.v1': z.strictObject({ userId: idSchema('user'), taskId: idSchema('task') }),
  /** `sealed` holds the booking as JSON. */
  'booking.created.v2': z.strictObject({
    userId: idSchema('user'),
    bookingId: idSchema('booking'),
    sealed: sealedSchema,
  }),
  ...exportEventTypes,
  ...privacyEventTypes,
  'audit.recorded.v1': auditEventDataSchema,
  /** The way of a service's audit events to the log is open; its silence is an alert (OBS-3). No entry of the log. */
  'audit.heartbeat.v1': z.strictObject({ service: oneOf(appIds) }),
  /** A rule of the security monitoring was met, or was met again after its open alert had been quiet (OBS-3). */
  'alert.raised.v1': alertSchema.pick({
    id: true,
    ruleId: true,
    title: true,
    severity: true,
    group: true,
    count: true,
    firstAt: true,
  }),
} as const;
export type EventType = keyof typeof eventTypes;
export type EventData<T extends EventType> = z.infer<(typeof eventTypes)[T]>;

/** True for a type of the table above. */
export function isEventType(value: string): value is EventType {
  return Object.hasOwn(eventTypes, value);
}
