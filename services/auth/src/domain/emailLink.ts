/** What a mailed link is good for, and for nothing else (AUTH-13). */
export const linkPurposes = ['verify-email', 'change-email', 'reset-password'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

const minuteMs = 60_000;

/**
 * How long a link works. The first mail may wait for its reader until the next day; a change of address is opened while one is at it;
 * a link that is worth a password lies in a mailbox no longer than it takes to go there.
 */
const lifetimeMs: Readonly<Record<LinkPurpose, number>> = {
  'verify-email': 24 * 60 * minuteMs,
  'change-email': 60 * minuteMs,
  'reset-password': 30 * minuteMs,
};

/** The web app's page that redeems a link of the purpose. */
const pages: Readonly<Record<LinkPurpose, string>> = {
  'verify-email': '/account/confirm-email',
  'change-email': '/account/confirm-email',
  'reset-password': '/account/reset-password',
};

/** When a link made at `now` stops to work. */
export function linkExpiresAt(purpose: LinkPurpose, now: Date): Date {
  return new Date(now.getTime() + lifetimeMs[purpose]);
}

/**
 * The link itself. Its origin is configuration, and nothing of it comes from a request; the token is in the fragment, which browsers send
 * to no server and in no Referer.
 */
export function linkUrl(options: {
  readonly origin: string;
  readonly purpose: LinkPurpose;
  readonly token: string;
}): string {
  return `${options.origin}${pages[options.purpose]}#token=${options.token}`;
}
