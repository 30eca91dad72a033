import type { passkeyLoginCommandSchema, TokenGrant } from '@todo-chatbot/contracts';
import { ProblemError, prepareAuditBox } from '@todo-chatbot/service-kit';
import type { z } from 'zod';
import type { AccountStore } from '../ports/accountStore.ts';
import type { AuditTrail } from '../ports/auditTrail.ts';
import type { PasskeyCeremonies } from '../ports/passkeyCeremonies.ts';
import type { SessionClient } from '../ports/sessionStore.ts';
import { audited } from './audited.ts';
import type { OpenSession } from './openSession.ts';
import type { Tickets } from './tickets.ts';
import type { VerifyPasskey } from './verifyPasskey.ts';

export type StartPasskeyLogin = ReturnType<typeof createStartPasskeyLogin>;
export type LoginWithPasskey = ReturnType<typeof createLoginWithPasskey>;

/** Whoever it is: before the answer nobody knows. */
const anybody = { purpose: 'passkey-login', userId: null, sessionId: null } as const;

/** Asks for any passkey. The options name no account, so that they tell nothing of any (AUTH-6). */
export function createStartPasskeyLogin(options: {
  readonly tickets: Pick<Tickets, 'giveForCeremony'>;
  readonly ceremonies: Pick<PasskeyCeremonies, 'assertionOptions'>;
}) {
  return async () => options.tickets.giveForCeremony(anybody, await options.ceremonies.assertionOptions(null));
}

/** Opens a session by a passkey alone: with its owner's finger or PIN it is two factors (AUTH-8). */
export function createLoginWithPasskey(options: {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly verifyPasskey: VerifyPasskey;
  readonly openSession: OpenSession;
  readonly auditTrail: AuditTrail;
}) {
  const { accounts, verifyPasskey, openSession, auditTrail } = options;
  return (
    { deviceToken, ...answer }: z.infer<typeof passkeyLoginCommandSchema>,
    client: SessionClient,
  ): Promise<TokenGrant> =>
    audited({ auditTrail, action: 'auth.login-passkey', input: {} }, async (attempt) => {
      const owner = await verifyPasskey(anybody, answer);
      if (!owner) throw new ProblemError('auth.second-factor-invalid');
      attempt.isAbout({ type: 'user', id: owner.userId });
      await prepareAuditBox(owner.userId);
      const record = await accounts.find(owner.userId);
      if (record?.status !== 'active') throw new ProblemError('auth.second-factor-invalid');
      return openSession({ record, methods: ['passkey'], client, deviceToken, attempt });
    });
}
