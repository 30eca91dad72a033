import type { Clock } from '@todo-chatbot/service-kit';
import { type LinkPurpose, linkExpiresAt, linkUrl } from '../domain/emailLink.ts';
import { mailText } from '../domain/mails.ts';
import { createOpaqueToken } from '../domain/opaqueToken.ts';
import type { StoredLink } from '../ports/emailLinkStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { JobSealer, SealedJob } from '../ports/mailQueue.ts';

export type MailedLink = ReturnType<typeof createMailedLink>;

/** Makes a link, and the mail that carries it. The token itself is nowhere but in that mail, which is sealed until it is sent. */
export function createMailedLink(options: {
  readonly keyedHash: KeyedHash;
  readonly jobs: JobSealer;
  /** Of every link (PUBLIC_ORIGIN). */
  readonly origin: string;
  readonly clock: Clock;
}) {
  const { keyedHash, jobs, origin, clock } = options;
  return (about: {
    readonly purpose: LinkPurpose;
    readonly userId: string;
    readonly email: string;
  }): { readonly link: StoredLink; readonly job: SealedJob } => {
    const { purpose, userId, email } = about;
    const token = createOpaqueToken();
    const createdAt = clock.now();
    const expiresAt = linkExpiresAt(purpose, createdAt);
    const text = mailText({ id: purpose, url: linkUrl({ origin, purpose, token }) });
    return {
      link: { ...about, tokenHash: keyedHash('link', token), createdAt, expiresAt },
      job: jobs.seal({ kind: 'mail', userId, to: email, ...text, usefulUntil: expiresAt }),
    };
  };
}
