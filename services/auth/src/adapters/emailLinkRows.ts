import type { PersonBox } from '@todo-chatbot/service-kit';
import type { StoredLink } from '../ports/emailLinkStore.ts';
import type { EmailIndex } from '../ports/keyedHash.ts';

/** A mailed link as its row holds it: the address sealed, and the index by which it is compared with that of the account. */
export function linkRow(
  { email, ...link }: StoredLink,
  { box, emailIndex }: { readonly box: PersonBox; readonly emailIndex: EmailIndex },
) {
  return { ...link, email: box.seal(placeOf(link), email), emailIndex: emailIndex(email) };
}

/** The address that {@link linkRow} sealed. @throws SealBroken */
export function openLinkEmail(
  box: PersonBox,
  link: Pick<StoredLink, 'tokenHash'> & { readonly email: Uint8Array },
): string {
  return box.open(placeOf(link), link.email);
}

function placeOf({ tokenHash }: Pick<StoredLink, 'tokenHash'>) {
  return { field: 'email_links.email', row: Buffer.from(tokenHash).toString('hex') };
}
