import { type Clock, newAuditEvent, prepareAuditBox } from '@todo-chatbot/service-kit';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PasskeyAssertion, PasskeyCeremonies } from '../ports/passkeyCeremonies.ts';
import type { PasskeyStore } from '../ports/secondFactorStores.ts';
import type { TicketHolder } from '../ports/ticketStore.ts';
import type { Tickets } from './tickets.ts';

export type VerifyPasskey = ReturnType<typeof createVerifyPasskey>;

/**
 * Checks a passkey's answer for the ceremony of a ticket, which is used up whatever comes of it: the challenge in it was given once.
 * Answers whose passkey it is, null for any fault.
 */
export function createVerifyPasskey(options: {
  readonly passkeys: Pick<PasskeyStore, 'find' | 'useCounter'>;
  readonly ceremonies: Pick<PasskeyCeremonies, 'verifyAssertion'>;
  readonly tickets: Pick<Tickets, 'take'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { passkeys, ceremonies, tickets, auditTrail, clock } = options;

  return async (
    holder: TicketHolder,
    { ticket, response }: { readonly ticket: string; readonly response: PasskeyAssertion },
  ): Promise<{ readonly userId: string } | null> => {
    const taken = await tickets.take(ticket, holder);
    const passkey = await passkeys.find(response.id);
    if (!taken?.challenge || !passkey || !isExpectedOwner(passkey.userId, { holder, response })) return null;
    const verified = await ceremonies.verifyAssertion({ response, challenge: taken.challenge, passkey });
    if (!verified) return null;
    const verdict = await passkeys.useCounter({ id: passkey.id, ...verified, now: clock.now() });
    if (verdict === 'went-back') {
      await prepareAuditBox(passkey.userId);
      await auditTrail.record([clonedPasskey(passkey.userId)]);
    }
    return verdict === 'grew' ? { userId: passkey.userId } : null;
  };
}

/** WebAuthn section 7.2 step 6: without a person known beforehand, the authenticator has to say whom it found. */
function isExpectedOwner(
  ownerId: string,
  { holder, response }: { readonly holder: TicketHolder; readonly response: PasskeyAssertion },
): boolean {
  const { userHandle } = response.response;
  if (userHandle === undefined) return holder.userId === ownerId;
  if (holder.userId !== null && holder.userId !== ownerId) return false;
  return userHandle === Buffer.from(ownerId, 'utf8').toString('base64url');
}

/** Signed rightly, yet counted backwards: the key exists twice. */
function clonedPasskey(userId: string) {
  return newAuditEvent({
    action: 'auth.refuse-passkey',
    category: 'security',
    success: true,
    object: { type: 'user', id: userId },
    reason: 'passkey-cloned',
    retentionClass: 'security',
  });
}
