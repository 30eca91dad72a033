import { z } from 'zod';
import { annotated } from '../annotation.ts';
import { consentPurposeSchema, consentPurposes, noticeVersionSchema } from '../privacyNotice.ts';

/** Latest entries of the ledger that its owner is shown; an export holds all of them. */
export const shownConsentsLimit = 100;

/** What stands in the ledger of consents: given, or withdrawn. */
export const consentActSchema = annotated(z.enum(['given', 'withdrawn']), 'account.privacy');
export type ConsentAct = z.infer<typeof consentActSchema>;

const consentInstantSchema = annotated(z.iso.datetime(), 'account.privacy');

/** An entry of the ledger; `noticeVersion` is the notice that was in force. */
export const consentEntrySchema = z.strictObject({
  purpose: consentPurposeSchema,
  act: consentActSchema,
  noticeVersion: noticeVersionSchema,
  at: consentInstantSchema,
});
export type ConsentEntry = z.infer<typeof consentEntrySchema>;

/**
 * Where a purpose stands. `outdated`: given to a notice that has changed since in what it says of the data, so it does not count until it
 * is given again.
 */
export const consentStateSchema = annotated(z.enum(['never', 'given', 'withdrawn', 'outdated']), 'account.privacy');
export type ConsentState = z.infer<typeof consentStateSchema>;

/** A person's consents: each purpose, and how that came to be, newest first (PRIV-2). */
export const consentsSchema = z.strictObject({
  purposes: z
    .array(z.strictObject({ purpose: consentPurposeSchema, state: consentStateSchema }))
    .length(consentPurposes.length),
  history: z.array(consentEntrySchema).max(shownConsentsLimit),
});
export type Consents = z.infer<typeof consentsSchema>;

const agreesSchema = annotated(z.boolean().optional(), 'account.privacy');

/** What the person agrees to (`true`) or withdraws (`false`); purposes that are not named stay as they are. */
export const changeConsentsRequestSchema = z.strictObject({
  /** Version of the notice that the person was shown. */
  noticeVersion: noticeVersionSchema,
  agrees: z
    .strictObject({ assistant: agreesSchema, appointments: agreesSchema, improvement: agreesSchema })
    .refine((agrees) => consentPurposes.some((purpose) => agrees[purpose] !== undefined), 'must name a purpose'),
});
export type ChangeConsentsRequest = z.infer<typeof changeConsentsRequestSchema>;
