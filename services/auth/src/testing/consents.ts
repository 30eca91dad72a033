import { type ChangeConsentsRequest, type ConsentState, consentsSchema, privacyNotice } from '@todo-chatbot/contracts';
import { z } from 'zod';
import type { startAuth } from './harness.ts';

type Auth = Awaited<ReturnType<typeof startAuth>>;

const claimsSchema = z.object({ con: z.array(z.string()), ver: z.int() });

/** What an access token says of its person's consents, unverified. */
export function consentClaimsOf(token: string) {
  return claimsSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
}

/** Gives and withdraws, as somebody does who was shown the notice in force unless told otherwise. */
export function changeConsents(
  auth: Auth,
  token: string,
  agrees: ChangeConsentsRequest['agrees'],
  noticeVersion = privacyNotice.version,
) {
  return auth.call('PUT', '/v1/consents', { token, body: { noticeVersion, agrees } });
}

/** Where the purposes stand, and the ledger's entries as `purpose act`, newest first. */
export function consentsOf(answer: { readonly body: unknown }) {
  const { purposes, history } = consentsSchema.parse(answer.body);
  const states: Readonly<Record<string, ConsentState>> = Object.fromEntries(
    purposes.map(({ purpose, state }) => [purpose, state]),
  );
  return { states, entries: history.map(({ purpose, act }) => `${purpose} ${act}`), history };
}
