import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import { classified } from '../dataClass.ts';
import { erasedRowsSchema } from '../events/privacyEvents.ts';
import { idSchema } from '../ids.ts';
import { cursorSchema } from './common.ts';

const erasureIdSchema = annotated(idSchema('erasure'), 'protocol.internal');
const eventIdSchema = annotated(idSchema('event'), 'protocol.internal');
const momentSchema = annotated(z.iso.datetime(), 'account.privacy');
const maybeMomentSchema = annotated(z.iso.datetime().nullable(), 'account.privacy');

/** Where an erasure stands (PRIV-4). `held`: the account is closed, and a legal hold keeps the data. */
export const erasureStateSchema = annotated(z.enum(['held', 'under-way', 'complete']), 'account.privacy');

/** Secret of the link to an erasure's progress: 32 random bytes in base64url. */
export const erasureTokenSchema = annotated(
  classified(z.string().regex(/^[A-Za-z0-9_-]{43}$/), 'restricted'),
  'account.credential',
);

/** An erasure that has begun. `token` is told once, to the person alone. */
export const begunErasureSchema = z.strictObject({
  id: erasureIdSchema,
  state: annotated(z.enum(['held', 'under-way']), 'account.privacy'),
  token: erasureTokenSchema,
  /** Null while it is held. */
  deadlineAt: maybeMomentSchema,
});

/** Names an erasure in a path. */
export const erasureParamsSchema = z.strictObject({ id: erasureIdSchema });
/** The secret of its link; a header, because addresses are logged. */
export const erasureHeadersSchema = z.object({ 'x-erasure-token': erasureTokenSchema });

/** What one service said: null in all members but the name until it has. */
const erasureServiceSchema = z.strictObject({
  service: annotated(z.enum(appIds), 'protocol.internal'),
  erasedAt: maybeMomentSchema,
  rows: annotated(erasedRowsSchema.nullable(), 'protocol.internal'),
  receiptId: annotated(eventIdSchema.nullable(), 'protocol.internal'),
});

/** How far an erasure is. */
export const erasureStatusSchema = z.strictObject({
  id: erasureIdSchema,
  state: erasureStateSchema,
  requestedAt: momentSchema,
  deadlineAt: maybeMomentSchema,
  completedAt: maybeMomentSchema,
  services: z.array(erasureServiceSchema).max(appIds.length),
  /** The audit event that certifies it; null until it is complete. */
  certificateId: annotated(eventIdSchema.nullable(), 'protocol.internal'),
});
export type ErasureStatus = z.infer<typeof erasureStatusSchema>;

/** An erasure as administrators see it. */
export const erasureSchema = z.strictObject({
  id: erasureIdSchema,
  userId: annotated(idSchema('user'), 'protocol.internal'),
  state: erasureStateSchema,
  requestedBy: annotated(z.enum(['person', 'administrator']), 'account.privacy'),
  requestedAt: momentSchema,
  deadlineAt: maybeMomentSchema,
  isOverdue: annotated(z.boolean(), 'account.privacy'),
  completedAt: maybeMomentSchema,
  /** Services whose receipt is missing. */
  waitingFor: annotated(z.array(z.enum(appIds)).max(appIds.length), 'protocol.internal'),
});
export type ErasureSummary = z.infer<typeof erasureSchema>;

/** Query of a page of erasures. */
export const erasuresQuerySchema = z.strictObject({
  limit: annotated(z.coerce.number().int().min(1).max(100).default(50), 'protocol.internal'),
  cursor: annotated(cursorSchema.optional(), 'protocol.internal'),
});

/** Newest first. */
export const erasuresSchema = z.strictObject({
  items: z.array(erasureSchema).max(100),
  nextCursor: annotated(cursorSchema.nullable(), 'protocol.internal'),
});

/** Why somebody's data must not be erased: words of an administrator about a person. */
export const legalHoldRequestSchema = z.strictObject({
  reason: annotated(classified(z.string().trim().min(1).max(500), 'confidential'), 'account.hold'),
});

/** A legal hold. */
export const legalHoldSchema = z.strictObject({
  userId: annotated(idSchema('user'), 'protocol.internal'),
  reason: legalHoldRequestSchema.shape.reason,
  placedBy: annotated(idSchema('user'), 'protocol.internal'),
  placedAt: momentSchema,
});
export type LegalHold = z.infer<typeof legalHoldSchema>;
