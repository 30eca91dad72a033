import { z } from 'zod';
import { annotated, type Purpose } from './annotation.ts';

/** Purposes that a person agrees to or not, each by itself and each off until they do (GDPR article 7); those with basis `consent`. */
export const consentPurposes = ['assistant', 'appointments', 'improvement'] as const satisfies readonly Purpose[];
export type ConsentPurpose = (typeof consentPurposes)[number];
/** A purpose that needs consent. */
export const consentPurposeSchema = annotated(z.enum(consentPurposes), 'protocol.internal');

/** Version of the privacy notice: the date of its wording, so that versions compare as texts do. */
export const noticeVersionSchema = annotated(z.iso.date(), 'protocol.public');

const noticeTextSchema = annotated(z.string().min(1).max(600), 'protocol.public');
const noticeTitleSchema = annotated(z.string().min(1).max(80), 'protocol.public');

/** The privacy notice, as a page shows it (GDPR article 13). */
export const privacyNoticeSchema = z.strictObject({
  version: noticeVersionSchema,
  sections: z
    .array(z.strictObject({ title: noticeTitleSchema, text: noticeTextSchema }))
    .min(1)
    .max(10),
  purposes: z
    .array(z.strictObject({ purpose: consentPurposeSchema, title: noticeTitleSchema, text: noticeTextSchema }))
    .length(consentPurposes.length),
});
export type PrivacyNotice = z.infer<typeof privacyNoticeSchema>;

/** The notice in force. Whoever changes a word of it changes the version, too. */
export const privacyNotice: PrivacyNotice = {
  version: '2026-11-27',
  sections: [
    {
      title: 'What is kept, and for how long',
      text: 'Name, e-mail and sign-in as long as you have an account. Messages and replies for 90 days. Tasks and appointments for a year. A log of who did what and when, with network addresses shortened, for a year, so that misuse can be found and proven. An editor may change these times within fixed bounds.',
    },
    {
      title: 'How it is kept',
      text: 'What you write is sealed under a key that is yours alone. Each message is checked for attacks by rules first. Nothing is sold. Nobody else is given anything, but for whom you book with, if you agree to that, and the provider that carries our mail to you.',
    },
    {
      title: 'What you may do',
      text: 'See, take along and delete all of it at any time, whatever you agree to. Change your mind as often as you like: a withdrawal counts within a second, and what was done before it stays lawful. Whoever runs this service answers questions, and you may complain to your data protection authority.',
    },
  ],
  purposes: [
    {
      purpose: 'assistant',
      title: 'Assistant',
      text: 'Read my messages and keep my tasks, so that the assistant can do what I ask. Without it, nothing can be written or added.',
    },
    {
      purpose: 'appointments',
      title: 'Appointments',
      text: 'Give my name, e-mail and phone to whom I make an appointment with. Without it, nothing can be booked.',
    },
    {
      purpose: 'improvement',
      title: 'Better protection',
      text: 'Keep refused or suspect messages for 30 days, so that people review them and the protection learns. Otherwise none is kept.',
    },
  ],
};

/**
 * Consents to this version of the notice and to later ones count. A change of wording leaves it alone; a change of what is done with
 * the data raises it to the new version, and everybody is asked again.
 */
export const consentsCountFrom = '2026-11-27';
