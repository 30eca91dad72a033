import type { AuthenticationMethod, SecondFactorRequired, TokenGrant } from '@todo-chatbot/contracts';
import { secondFactorMethodsOf } from '../domain/secondFactors.ts';
import { ticketLifeSeconds } from '../domain/ticket.ts';
import type { AccountRecord } from '../ports/accountStore.ts';
import type { PasskeyCeremonies } from '../ports/passkeyCeremonies.ts';
import type { SecondFactorReader } from '../ports/secondFactorStores.ts';
import type { SessionClient } from '../ports/sessionStore.ts';
import type { Attempt } from './audited.ts';
import type { OpenSession } from './openSession.ts';
import type { Tickets } from './tickets.ts';

/** What a right password leads to. */
export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly grant: TokenGrant }
  | { readonly kind: 'second-factor-required'; readonly required: SecondFactorRequired };

export type SignIn = ReturnType<typeof createSignIn>;

const provedByPassword: readonly AuthenticationMethod[] = ['password'];

/** What follows a right password: a session, or, for an account with a second factor, a ticket for the second half (AUTH-8). */
export function createSignIn(options: {
  readonly secondFactors: Pick<SecondFactorReader, 'find'>;
  readonly openSession: OpenSession;
  readonly tickets: Pick<Tickets, 'giveForSecondFactor' | 'giveForCeremony'>;
  readonly ceremonies: Pick<PasskeyCeremonies, 'assertionOptions'>;
}) {
  const { secondFactors, openSession, tickets, ceremonies } = options;
  return async (signingIn: {
    readonly record: AccountRecord;
    readonly client: SessionClient;
    readonly deviceToken: string | undefined;
    readonly attempt: Attempt;
  }): Promise<SignInOutcome> => {
    const { record, attempt } = signingIn;
    const userId = record.account.id;
    const factors = await secondFactors.find(userId);
    const methods = secondFactorMethodsOf(factors);
    if (methods.length === 0) {
      return { kind: 'signed-in', grant: await openSession({ ...signingIn, methods: provedByPassword }) };
    }
    attempt.notes({ secondFactor: 'required' });
    const passed = attempt.succeeded({ userId, sessionId: null });
    const ticket = await tickets.giveForSecondFactor(record, [passed]);
    const passkey = methods.includes('passkey')
      ? await tickets.giveForCeremony(
          { purpose: 'passkey-second-factor', userId, sessionId: null },
          await ceremonies.assertionOptions(factors.passkeys),
        )
      : null;
    return { kind: 'second-factor-required', required: { ticket, expiresIn: ticketLifeSeconds, methods, passkey } };
  };
}
