import { z } from 'zod';
import { annotated } from './annotation.ts';
import { countSchema } from './leaves.ts';

/**
 * Every error code that leaves a service, with its HTTP status and title (RFC 9457). Text for people apart from the code:
 * clients switch on `code`, never on words. `docs/errors.md` is generated from this table.
 */
export const errorCodes = {
  'request.invalid': { status: 400, title: 'The request does not match its schema' },
  'request.malformed-json': { status: 400, title: 'The body is not valid JSON' },
  'request.idempotency-conflict': { status: 409, title: 'The idempotency key was used for another request' },
  'request.too-large': { status: 413, title: 'The body is too large' },
  'request.unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  'request.not-acceptable': { status: 406, title: 'No acceptable representation' },
  'request.rate-limited': { status: 429, title: 'Too many requests' },
  'resource.not-found': { status: 404, title: 'Not found' },
  'request.method-not-allowed': { status: 405, title: 'Method not allowed' },
  'auth.token-missing': { status: 401, title: 'Sign in first' },
  'auth.token-invalid': { status: 401, title: 'The access token is not valid' },
  'auth.invalid-credentials': { status: 401, title: 'E-mail or password is wrong' },
  'auth.refresh-invalid': { status: 401, title: 'The session has ended' },
  'auth.email-taken': { status: 409, title: 'This e-mail address is already registered' },
  'auth.password-rejected': { status: 400, title: 'The password does not meet the rules' },
  'auth.second-factor-invalid': { status: 401, title: 'The second factor was not accepted' },
  'auth.step-up-required': { status: 401, title: 'Prove once more that it is you' },
  'auth.password-wrong': { status: 403, title: 'The current password is wrong' },
  'auth.link-invalid': { status: 400, title: 'The link is not valid any more' },
  'auth.passkey-rejected': { status: 400, title: 'The passkey was not accepted' },
  'auth.factor-not-found': { status: 404, title: 'No such second factor' },
  'auth.factor-exists': { status: 409, title: 'This second factor exists already' },
  'auth.session-not-found': { status: 404, title: 'No such session' },
  'auth.api-key-not-found': { status: 404, title: 'No such API key' },
  'auth.api-key-limit': { status: 409, title: 'There are too many API keys' },
  'auth.factor-limit': { status: 409, title: 'There are too many passkeys' },
  'user.not-found': { status: 404, title: 'No such person' },
  'user.own-account': { status: 409, title: 'Not on your own account' },
  'user.last-admin': { status: 409, title: 'This is the last administrator' },
  'person.not-found': { status: 404, title: 'No such person' },
  'person.erased': { status: 410, title: 'This person was erased' },
  'export.not-found': { status: 404, title: 'No such export' },
  'export.under-way': { status: 409, title: 'An export is under way already' },
  'export.not-ready': { status: 409, title: 'There is no archive of this export' },
  'export.limit': { status: 429, title: 'That were enough exports for today' },
  'export.link-invalid': { status: 410, title: 'This link has been used or has expired' },
  'erasure.under-way': { status: 409, title: 'The erasure of this person is under way' },
  'hold.not-found': { status: 404, title: 'There is no legal hold' },
  'erasure.not-found': { status: 404, title: 'No such erasure' },
  'signing-key.not-found': { status: 404, title: 'No such signing key, or it is revoked already' },
  'signing-key.too-young': { status: 409, title: 'The next signing key is not known everywhere yet' },
  'master-key.retiring': { status: 409, title: 'The last rotation of the master key is not over yet' },
  'master-key.not-renewed': { status: 409, title: 'There is no next master key: renew the secret first' },
  'auth.busy': { status: 503, title: 'Sign-in is busy' },
  'auth.csrf': { status: 403, title: 'The request did not come from this site' },
  'access.caller-denied': { status: 403, title: 'This caller may not do this' },
  'access.permission-denied': { status: 403, title: 'Not permitted' },
  'consent.required': { status: 403, title: 'This needs your consent' },
  'consent.notice-outdated': { status: 409, title: 'The privacy notice has changed' },
  'task.not-found': { status: 404, title: 'No such task' },
  'booking.service-not-found': { status: 404, title: 'No such service' },
  'booking.slot-taken': { status: 409, title: 'This time is no longer free' },
  'booking.slot-not-offered': { status: 422, title: 'This time is not offered' },
  'guardrail.blocked': { status: 422, title: 'The message was refused' },
  'guardrail.unavailable': { status: 503, title: 'The message could not be checked' },
  'guardrail.changed-meanwhile': { status: 409, title: 'Somebody else changed the settings meanwhile' },
  'guardrail.settings-invalid': { status: 422, title: 'These settings cannot be used' },
  'guardrail.decision-not-found': { status: 404, title: 'No such decision' },
  'audit.entry-not-found': { status: 404, title: 'No such audit entry' },
  'audit.export-too-large': { status: 400, title: 'The export would hold too many entries' },
  'audit.tile-not-found': { status: 404, title: 'The log has no such tile' },
  'alert.not-found': { status: 404, title: 'No such alert' },
  'alert.already-acknowledged': { status: 409, title: 'The alert is acknowledged already' },
  'alert-rule.not-found': { status: 404, title: 'No such alert rule' },
  'alert-rule.changed-meanwhile': { status: 409, title: 'Somebody else changed the rule meanwhile' },
  'retention.out-of-bounds': { status: 422, title: 'The period is outside of its bounds' },
  'retention.changed-meanwhile': { status: 409, title: 'Somebody else changed the period meanwhile' },
  'audit.range-invalid': { status: 400, title: 'The tree size or index is out of range' },
  'upstream.unavailable': { status: 503, title: 'A part of the service does not answer' },
  'service.shutting-down': { status: 503, title: 'The service is shutting down' },
  'internal.error': { status: 500, title: 'Something went wrong' },
} as const;
export type ErrorCode = keyof typeof errorCodes;

/** One fault in a request: `path` is where (`body.email`), `message` is for people. Never repeats the value. */
export const fieldErrorSchema = z.strictObject({
  path: annotated(z.string().max(200), 'protocol.internal'),
  message: annotated(z.string().max(500), 'protocol.internal'),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** Problem details (RFC 9457) with our `code`, `traceId` and `errors`. */
export const problemSchema = z.object({
  type: annotated(z.string().max(300), 'protocol.public'),
  title: annotated(z.string().max(200), 'protocol.public'),
  status: annotated(z.int().min(400).max(599), 'protocol.public'),
  detail: annotated(z.string().max(2000), 'protocol.internal').optional(),
  instance: annotated(z.string().max(300), 'protocol.internal').optional(),
  code: annotated(z.string().max(100), 'protocol.public'),
  traceId: annotated(z.string().max(64), 'protocol.internal').optional(),
  retryAfterSeconds: countSchema.optional(),
  errors: z.array(fieldErrorSchema).max(100).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** True for a code of the table above. */
export function isErrorCode(value: string): value is ErrorCode {
  return Object.hasOwn(errorCodes, value);
}
