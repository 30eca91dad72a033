import type { CloudEvent } from '@todo-chatbot/contracts';
import type { Clock } from '@todo-chatbot/service-kit';
import { createOpaqueToken } from '../domain/opaqueToken.ts';
import type { AccountRecord } from '../ports/accountStore.ts';
import type { KeyedHash } from '../ports/keyedHash.ts';
import type { CeremonyOptions } from '../ports/passkeyCeremonies.ts';
import type { TicketHolder, TicketStore } from '../ports/ticketStore.ts';

export type Tickets = ReturnType<typeof createTickets>;

/** Gives out and takes back the one-time tickets of ceremonies under way. */
export function createTickets(options: {
  readonly store: TicketStore;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
}) {
  const { store, keyedHash, clock } = options;
  const hashOf = (ticket: string) => keyedHash('ticket', ticket);
  const markOf = ({ passwordHash }: AccountRecord) => keyedHash('password-mark', passwordHash ?? '');

  async function give(
    holder: TicketHolder,
    bound: { readonly challenge: string | null; readonly passwordMark: Uint8Array<ArrayBuffer> | null },
    events: readonly CloudEvent[] = [],
  ): Promise<string> {
    const ticket = createOpaqueToken();
    await store.create({ ...holder, ...bound, tokenHash: hashOf(ticket), now: clock.now() }, events);
    return ticket;
  }

  return {
    /** A ticket for the second half of a sign-in, worth nothing once the password is another. */
    giveForSecondFactor: (record: AccountRecord, events: readonly CloudEvent[]) =>
      give(
        { purpose: 'second-factor', userId: record.account.id, sessionId: null },
        { challenge: null, passwordMark: markOf(record) },
        events,
      ),
    /** A ticket for a ceremony with a passkey, and its options. */
    async giveForCeremony(holder: TicketHolder, { challenge, options: forBrowser }: CeremonyOptions) {
      return { ticket: await give(holder, { challenge, passwordMark: null }), options: forBrowser };
    },
    /** Counts a proof against the second half of a sign-in; null when the ticket is worth nothing. */
    async countProof(ticket: string) {
      const counted = await store.countProof({ tokenHash: hashOf(ticket), now: clock.now() });
      return (
        counted && {
          userId: counted.userId,
          isStillFor: (record: AccountRecord) => Buffer.from(counted.passwordMark).equals(markOf(record)),
        }
      );
    },
    /** Uses a ticket up; null, and nothing is used up, unless it is this holder's. */
    take: (ticket: string, holder: TicketHolder) =>
      store.take({ ...holder, tokenHash: hashOf(ticket), now: clock.now() }),
  };
}
