import type { Clock, Route } from '@todo-chatbot/service-kit';
import type { PrismaClient } from '../generated/prisma/client.ts';
import type { NoticeIn } from './adapters/noticesIn.ts';
import { createPrismaPasskeyStore } from './adapters/prismaPasskeyStore.ts';
import { createPrismaRecoveryCodeStore } from './adapters/prismaRecoveryCodeStore.ts';
import { createPrismaSecondFactorReader } from './adapters/prismaSecondFactorReader.ts';
import { createPrismaSessionProofStore } from './adapters/prismaSessionProofStore.ts';
import { createPrismaTicketStore } from './adapters/prismaTicketStore.ts';
import { createPrismaTotpStore } from './adapters/prismaTotpStore.ts';
import { createWebAuthnCeremonies } from './adapters/webAuthnCeremonies.ts';
import type { GrantAccess } from './commands/accessGrant.ts';
import { createAddPasskey, createStartPasskeyRegistration } from './commands/addPasskey.ts';
import type { CheckOwnPassword } from './commands/checkOwnPassword.ts';
import { createConfirmTotp } from './commands/confirmTotp.ts';
import type { CountAttempt } from './commands/countAttempt.ts';
import { createEnrolTotp } from './commands/enrolTotp.ts';
import { createLoginWithPasskey, createStartPasskeyLogin } from './commands/loginWithPasskey.ts';
import { createLoginWithSecondFactor } from './commands/loginWithSecondFactor.ts';
import type { OpenSession } from './commands/openSession.ts';
import { createProveSecondFactor } from './commands/proveSecondFactor.ts';
import { createRemovePasskey } from './commands/removePasskey.ts';
import { createRemoveTotp } from './commands/removeTotp.ts';
import { createRenewRecoveryCodes } from './commands/renewRecoveryCodes.ts';
import { createSignIn, type SignIn } from './commands/signIn.ts';
import { createOfferStepUp, createStepUp } from './commands/stepUp.ts';
import { createTickets } from './commands/tickets.ts';
import { createVerifyPasskey } from './commands/verifyPasskey.ts';
import type { AccountStore } from './ports/accountStore.ts';
import type { AuditTrail } from './ports/auditTrail.ts';
import type { OwnBoxes } from './ports/dataKeys.ts';
import type { DeviceStore } from './ports/deviceStore.ts';
import type { KeyedHash } from './ports/keyedHash.ts';
import { createGetFactors } from './queries/getFactors.ts';
import { addPasskeyRoute } from './routes/addPasskey/route.ts';
import { confirmTotpRoute } from './routes/confirmTotp/route.ts';
import { enrolTotpRoute } from './routes/enrolTotp/route.ts';
import { getFactorsRoute } from './routes/getFactors/route.ts';
import { loginWithPasskeyRoute } from './routes/loginWithPasskey/route.ts';
import { loginWithSecondFactorRoute } from './routes/loginWithSecondFactor/route.ts';
import { offerStepUpRoute } from './routes/offerStepUp/route.ts';
import { removePasskeyRoute } from './routes/removePasskey/route.ts';
import { removeTotpRoute } from './routes/removeTotp/route.ts';
import { renewRecoveryCodesRoute } from './routes/renewRecoveryCodes/route.ts';
import { startPasskeyLoginRoute } from './routes/startPasskeyLogin/route.ts';
import { startPasskeyRegistrationRoute } from './routes/startPasskeyRegistration/route.ts';
import { stepUpRoute } from './routes/stepUp/route.ts';

/** The composition root's part for second factors and step-up. */
export function buildFactors(parts: {
  readonly prisma: PrismaClient;
  readonly boxes: OwnBoxes;
  readonly noticeIn: NoticeIn;
  readonly accounts: AccountStore;
  readonly devices: DeviceStore;
  readonly checkOwnPassword: CheckOwnPassword;
  readonly countAttempt: CountAttempt;
  readonly openSession: OpenSession;
  readonly grantAccess: GrantAccess;
  readonly auditTrail: AuditTrail;
  readonly keyedHash: KeyedHash;
  readonly clock: Clock;
  /** Origin that passkeys are bound to. */
  readonly publicOrigin: string;
}): { readonly signIn: SignIn; readonly routes: readonly Route[] } {
  const { prisma, keyedHash, clock } = parts;
  const stores = {
    secondFactors: createPrismaSecondFactorReader(parts),
    totp: createPrismaTotpStore(parts),
    recoveryCodes: createPrismaRecoveryCodeStore(prisma),
    passkeys: createPrismaPasskeyStore(parts),
    sessionProofs: createPrismaSessionProofStore(parts),
  };
  const ceremonies = createWebAuthnCeremonies({ origin: parts.publicOrigin });
  const tickets = createTickets({ store: createPrismaTicketStore(prisma), keyedHash, clock });
  const all = { ...parts, ...stores, ceremonies, tickets };
  const verifyPasskey = createVerifyPasskey(all);
  const proveSecondFactor = createProveSecondFactor({ ...all, verifyPasskey });
  return {
    signIn: createSignIn(all),
    routes: [
      loginWithSecondFactorRoute(createLoginWithSecondFactor({ ...all, proveSecondFactor })),
      startPasskeyLoginRoute(createStartPasskeyLogin(all)),
      loginWithPasskeyRoute(createLoginWithPasskey({ ...all, verifyPasskey })),
      getFactorsRoute(createGetFactors(stores.secondFactors)),
      enrolTotpRoute(createEnrolTotp(all)),
      confirmTotpRoute(createConfirmTotp(all)),
      removeTotpRoute(createRemoveTotp(all)),
      renewRecoveryCodesRoute(createRenewRecoveryCodes(all)),
      startPasskeyRegistrationRoute(createStartPasskeyRegistration(all)),
      addPasskeyRoute(createAddPasskey(all)),
      removePasskeyRoute(createRemovePasskey(all)),
      offerStepUpRoute(createOfferStepUp(all)),
      stepUpRoute(createStepUp({ ...all, proveSecondFactor })),
    ],
  };
}
