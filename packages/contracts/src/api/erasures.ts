import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { appIds } from '../apps.ts';
import { erasedRowsSchema } from '../events/privacyEvents.ts';
import { idSchema } from '../ids.ts';
import { flagSchema, instantSchema, oneOf, pageSizeSchema } from '../leaves.ts';
import { cursorSchema } from './common.ts';

/** Where an erasure stands (PRIV-4). `held`: the account is closed, and a legal hold keeps the data. */
export const erasureStateSchema = oneOf(['held', 'under-way', 'complete']);

/** Secret of the link to an erasure's progress: 32 random bytes in base64url. */
export const erasureTokenSchema = annotated(z.string().regex(/^[A-Za-z0-9_-]{43}$/), 'account.credential');

/** An erasure that has begun. `token` is told once, to the person alone. */
export const begunErasureSchema = z.strictObject({
  id: idSchema('erasure'),
  state: oneOf(['held', 'under-way']),
  token: erasureTokenSchema,
  /** Null while it is held. */
  deadlineAt: instantSchema.nullable(),
});

export type BegunErasure = z.infer<typeof begunErasureSchema>;

/** Names an erasure in a path. */
export const erasureParamsSchema = z.strictObject({ id: idSchema('erasure') });
/** The secret of its link; a header, because addresses are logged. */
export const erasureHeadersSchema = z.object({ 'x-erasure-token': erasureTokenSchema });

/** What one service said: null in all members but the name until it has. */
const erasureServiceSchema = z.strictObject({
  service: oneOf(appIds),
  erasedAt: instantSchema.nullable(),
  rows: erasedRowsSchema.nullable(),
  receiptId: idSchema('event').nullable(),
});

/** How far an erasure is. */
export const erasureStatusSchema = z.strictObject({
  id: idSchema('erasure'),
  state: erasureStateSchema,
  requestedAt: instantSchema,
  deadlineAt: instantSchema.nullable(),
  completedAt: instantSchema.nullable(),
  services: z.array(erasureServiceSchema).max(appIds.length),
  /** The audit event that certifies it; null until it is complete. */
  certificateId: idSchema('event').nullable(),
});
export type ErasureStatus = z.infer<typeof erasureStatusSchema>;

/** An erasure as administrators see it. */
export const erasureSchema = z.strictObject({
  id: idSchema('erasure'),
  userId: idSchema('user'),
  state: erasureStateSchema,
  requestedBy: oneOf(['person', 'administrator']),
  requestedAt: instantSchema,
  deadlineAt: instantSchema.nullable(),
  isOverdue: flagSchema,
  completedAt: instantSchema.nullable(),
  /** Services whose receipt is missing. */
  waitingFor: z.array(oneOf(appIds)).max(appIds.length),
});
export type ErasureSummary = z.infer<typeof erasureSchema>;

/** Query of a page of erasures. */
export const erasuresQuerySchema = z.strictObject({
  limit: pageSizeSchema(100, 50),
  cursor: cursorSchema.optional(),
});

/** Newest first. */
export const erasuresSchema = z.strictObject({
  items: z.array(erasureSchema).max(100),
  nextCursor: cursorSchema.nullable(),
});

/** Why somebody's data must not be erased: words of an administrator about a person. */
export const legalHoldRequestSchema = z.strictObject({
  reason: annotated(z.string().trim().min(1).max(500), 'account.hold'),
});

/** A legal hold. */
export const legalHoldSchema = z.strictObject({
  userId: idSchema('user'),
  reason: legalHoldRequestSchema.shape.reason,
  placedBy: idSchema('user'),
  placedAt: instantSchema,
});
export type LegalHold = z.infer<typeof legalHoldSchema>;
