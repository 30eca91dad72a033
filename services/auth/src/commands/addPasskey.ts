import { type addPasskeyRequestSchema, passkeyLimit, type passkeySchema } from '@todo-chatbot/contracts';
import { type Clock, ProblemError, type SignedInUser } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PasskeyCeremonies } from '../ports/passkeyCeremonies.ts';
import type { PasskeyStore, SecondFactorReader } from '../ports/secondFactorStores.ts';
import type { TicketHolder } from '../ports/ticketStore.ts';
import { audited } from './audited.ts';
import { passkeyObject } from './passkeyObject.ts';
import type { Tickets } from './tickets.ts';

export type StartPasskeyRegistration = ReturnType<typeof createStartPasskeyRegistration>;
export type AddPasskey = ReturnType<typeof createAddPasskey>;

/** The ceremony belongs to the session in which the person has just stepped up. */
function holderOf({ userId, sessionId }: SignedInUser): TicketHolder {
  return { purpose: 'passkey-registration', userId, sessionId };
}

/** Asks the browser for a new passkey. */
export function createStartPasskeyRegistration(options: {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly secondFactors: Pick<SecondFactorReader, 'find'>;
  readonly tickets: Pick<Tickets, 'giveForCeremony'>;
  readonly ceremonies: Pick<PasskeyCeremonies, 'registrationOptions'>;
}) {
  const { accounts, secondFactors, tickets, ceremonies } = options;
  return async (user: SignedInUser) => {
    const record = await accounts.find(user.userId);
    if (!record) throw new ProblemError('auth.token-invalid');
    const { passkeys } = await secondFactors.find(user.userId);
    if (passkeys.length >= passkeyLimit) throw new ProblemError('auth.factor-limit');
    const ceremony = await ceremonies.registrationOptions({ account: record.account, existing: passkeys });
    return tickets.giveForCeremony(holderOf(user), ceremony);
  };
}

/** Adds the passkey that a browser made. */
export function createAddPasskey(options: {
  readonly tickets: Pick<Tickets, 'take'>;
  readonly passkeys: Pick<PasskeyStore, 'add'>;
  readonly ceremonies: Pick<PasskeyCeremonies, 'verifyRegistration'>;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
}) {
  const { tickets, passkeys, ceremonies, auditTrail, clock } = options;
  return (
    { ticket, name, response }: z.infer<typeof addPasskeyRequestSchema>,
    user: SignedInUser,
  ): Promise<z.infer<typeof passkeySchema>> =>
    audited({ auditTrail, action: 'auth.add-passkey', category: 'security', input: {} }, async (attempt) => {
      attempt.isAbout(passkeyObject(response.id));
      const taken = await tickets.take(ticket, holderOf(user));
      const made = taken?.challenge && (await ceremonies.verifyRegistration({ response, challenge: taken.challenge }));
      if (!made) throw new ProblemError('auth.passkey-rejected');
      const now = clock.now();
      const outcome = await passkeys.add({
        session: { userId: user.userId, sessionId: user.sessionId },
        passkey: { ...made, name },
        now,
        events: [attempt.succeeded(user)],
      });
      if (outcome === 'exists') throw new ProblemError('auth.factor-exists');
      if (outcome === 'too-many') throw new ProblemError('auth.factor-limit');
      return { id: made.id, name, createdAt: now.toISOString(), lastUsedAt: null, isBackedUp: made.isBackedUp };
    });
}
