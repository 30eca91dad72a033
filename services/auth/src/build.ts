import { PrismaPg } from '@prisma/adapter-pg';
import { auditScopeOf, consentsCountFrom } from '@todo-chatbot/contracts';
import {
  type BuiltService,
  createDatabasePool,
  createInternalApp,
  createOutboxRelay,
  createPersonBoxes,
  prismaOptions,
  recordDenialsIn,
  repeat,
  runInRequestContext,
  type ServiceContext,
  serviceContext,
} from '@todo-chatbot/service-kit';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createBcryptPasswordHasher } from './adapters/bcryptPasswordHasher.ts';
import { createMailer } from './adapters/createMailer.ts';
import { createKeyedHash } from './adapters/hmacKeyedHash.ts';
import { createHmacRefreshTokens } from './adapters/hmacRefreshTokens.ts';
import { createHousekeeping } from './adapters/housekeeping.ts';
import { createJoseAccessTokens } from './adapters/joseAccessTokens.ts';
import { createMailWorker } from './adapters/mailWorker.ts';
import { createNoticesIn } from './adapters/noticesIn.ts';
import { createPrismaAccountStore } from './adapters/prismaAccountStore.ts';
import { createPrismaAlertMails } from './adapters/prismaAlertMails.ts';
import { createPrismaApiKeyStore } from './adapters/prismaApiKeyStore.ts';
import { createPrismaAttemptCounters } from './adapters/prismaAttemptCounters.ts';
import { createPrismaAuditTrail } from './adapters/prismaAuditTrail.ts';
import { createPrismaConsentLedger } from './adapters/prismaConsentLedger.ts';
import { createPrismaDenialReader } from './adapters/prismaDenialReader.ts';
import { createPrismaDeviceStore } from './adapters/prismaDeviceStore.ts';
import { createPrismaEmailLinkStore } from './adapters/prismaEmailLinkStore.ts';
import { createPrismaMailAllowances } from './adapters/prismaMailAllowances.ts';
import { createPrismaMailQueue } from './adapters/prismaMailQueue.ts';
import { createPrismaPeopleStore } from './adapters/prismaPeopleStore.ts';
import { createPrismaSessionStore } from './adapters/prismaSessionStore.ts';
import { createPrismaSigningKeyStore } from './adapters/prismaSigningKeyStore.ts';
import { createRewrapping } from './adapters/rewrapping.ts';
import { createJobSealer } from './adapters/sealedJobs.ts';
import { createSealedSigningKeys } from './adapters/sealedSigningKeys.ts';
import { createSessionTokenVerifier } from './adapters/sessionTokenVerifier.ts';
import { createSigningKeyRing } from './adapters/signingKeyRing.ts';
import { createZxcvbnCommonPasswords } from './adapters/zxcvbnCommonPasswords.ts';
import { buildErasing } from './buildErasing.ts';
import { buildExports } from './buildExports.ts';
import { buildFactors } from './buildFactors.ts';
import { buildKeys } from './buildKeys.ts';
import { buildRetention } from './buildRetention.ts';
import { createGrantAccess } from './commands/accessGrant.ts';
import { createChangeConsents } from './commands/changeConsents.ts';
import { createChangeEmail } from './commands/changeEmail.ts';
import { createChangePassword } from './commands/changePassword.ts';
import { createChangeUser } from './commands/changeUser.ts';
import { createCheckOwnPassword } from './commands/checkOwnPassword.ts';
import { createCheckPassword } from './commands/checkPassword.ts';
import { createChoosePassword } from './commands/choosePassword.ts';
import { createConfirmEmail } from './commands/confirmEmail.ts';
import { createCountAttempt } from './commands/countAttempt.ts';
import { createCreateApiKey } from './commands/createApiKey.ts';
import { createDeliverMail } from './commands/deliverMail.ts';
import { createEndSessions } from './commands/endSessions.ts';
import { createExchangeApiKey } from './commands/exchangeApiKey.ts';
import { createLogin } from './commands/login.ts';
import { createLogout } from './commands/logout.ts';
import { createMailAlert } from './commands/mailAlert.ts';
import { createMailedLink } from './commands/mailedLink.ts';
import { createManageSigningKeys } from './commands/manageSigningKeys.ts';
import { createNotice } from './commands/notice.ts';
import { createOpenSession } from './commands/openSession.ts';
import { createRefresh } from './commands/refresh.ts';
import { createRegister } from './commands/register.ts';
import { createRequestPasswordReset } from './commands/requestPasswordReset.ts';
import { createResetPassword } from './commands/resetPassword.ts';
import { createRevokeApiKey } from './commands/revokeApiKey.ts';
import { createSendVerification } from './commands/sendVerification.ts';
import { createGrantTokens } from './commands/tokenGrant.ts';
import type { Config } from './config.ts';
import { lockoutPolicies } from './domain/lockout.ts';
import { alertEventsSubscription } from './events/alertEvents.ts';
import { mailTransportOf } from './mailConfig.ts';
import { createGetAccount } from './queries/getAccount.ts';
import { createListApiKeys } from './queries/listApiKeys.ts';
import { createListSessions } from './queries/listSessions.ts';
import { createReadConsents, createReadPurposesAgreedTo } from './queries/readConsents.ts';
import { createReadPeople } from './queries/readPeople.ts';
import { accountRoute } from './routes/account/route.ts';
import { apiKeyRoutes } from './routes/apiKeys/routes.ts';
import { changeEmailRoute } from './routes/changeEmail/route.ts';
import { changePasswordRoute } from './routes/changePassword/route.ts';
import { confirmEmailRoute } from './routes/confirmEmail/route.ts';
import { consentRoutes } from './routes/consents/routes.ts';
import { dataKeysRoute } from './routes/dataKeys/route.ts';
import { denialsRoute } from './routes/denials/route.ts';
import { endSessionRoute } from './routes/endSession/route.ts';
import { endSessionsRoute } from './routes/endSessions/route.ts';
import { jwksRoute } from './routes/jwks/route.ts';
import { listSessionsRoute } from './routes/listSessions/route.ts';
import { loginRoute } from './routes/login/route.ts';
import { logoutRoute } from './routes/logout/route.ts';
import { refreshRoute } from './routes/refresh/route.ts';
import { registerRoute } from './routes/register/route.ts';
import { requestPasswordResetRoute } from './routes/requestPasswordReset/route.ts';
import { resetPasswordRoute } from './routes/resetPassword/route.ts';
import { sendVerificationRoute } from './routes/sendVerification/route.ts';
import { userRoutes } from './routes/users/routes.ts';
import { databaseSecretSchema, keySecretSchema, smtpSecretSchema } from './secrets.ts';

/** Rotation is a matter of days. */
const rotationCheckMs = 60_000;

/** Composition root of the service. */
export async function build(context: ServiceContext<Config>): Promise<BuiltService> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('auth-database'));
  const { key: pepper } = keySecretSchema.parse(await dapr.secret('auth-pepper'));
  const smtpLogin = smtpSecretSchema.parse(await dapr.secret('auth-smtp'));

  const keyedHash = createKeyedHash(Buffer.from(pepper, 'base64'));
  const refreshTokens = createHmacRefreshTokens(keyedHash);
  const passwords = await createBcryptPasswordHasher();

  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  const auditTrail = createPrismaAuditTrail(prisma);
  const onOwnAccount = <T>(work: () => Promise<T>) => runInRequestContext(serviceContext('auth'), work);
  const keys = await onOwnAccount(() => buildKeys({ prisma, dapr, auditTrail, clock }));
  const { boxes, emailIndex, dataKeys, decoyKey, serviceSealer } = keys;
  const rewrapping = createRewrapping({ pool, masterKeys: keys.masterKeys, clock, logger });
  const accounts = createPrismaAccountStore({ prisma, boxes, emailIndex, decoyKey });
  const jobs = createJobSealer({ sealer: serviceSealer, clock });
  const notice = createNotice({ jobs, clock });
  const noticeIn = createNoticesIn({ notice, boxes });
  const sessions = createPrismaSessionStore({ prisma, boxes, noticeIn });
  const devices = createPrismaDeviceStore(prisma);
  const people = createPrismaPeopleStore({ prisma, boxes, emailIndex });
  const apiKeys = createPrismaApiKeyStore({ prisma, boxes, noticeIn });
  const consents = createPrismaConsentLedger(prisma);
  const mailQueue = createPrismaMailQueue(prisma);
  const emailLinks = createPrismaEmailLinkStore({ prisma, boxes, emailIndex, keyedHash });
  const allowances = createPrismaMailAllowances({ prisma, keyedHash, clock });
  const mailedLink = createMailedLink({ keyedHash, jobs, origin: config.PUBLIC_ORIGIN, clock });
  const mailer = createMailer({ transport: mailTransportOf(config), from: config.MAIL_FROM, login: smtpLogin });
  const mailWorker = createMailWorker({
    deliver: createDeliverMail({ mailQueue, jobs, mailer, accounts, emailLinks, mailedLink, notice, clock, logger }),
    logger,
  });
  const { wake: wakeMail } = mailWorker;
  const signingKeyStore = createPrismaSigningKeyStore(prisma);
  const signingKeyMaker = createSealedSigningKeys(serviceSealer);
  const keyRing = createSigningKeyRing({ store: signingKeyStore, maker: signingKeyMaker, clock, logger });
  const signingKeys = createManageSigningKeys({
    store: signingKeyStore,
    maker: signingKeyMaker,
    keyRing,
    auditTrail,
    clock,
  });
  const accessTokens = createJoseAccessTokens({
    keyRing,
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    purposesAgreedTo: createReadPurposesAgreedTo({ consents, countFrom: consentsCountFrom }),
  });
  const attempts = createPrismaAttemptCounters({
    prisma,
    keyedHash,
    policies: lockoutPolicies({ addressAttempts: config.LOCKOUT_ADDRESS_ATTEMPTS }),
    clock,
  });
  const grantAccess = createGrantAccess({
    accessTokens,
    isSecondFactorRequired: config.SECOND_FACTOR_FOR_ADMINISTRATORS === 'required',
  });
  const grantTokens = createGrantTokens(grantAccess);
  const openSession = createOpenSession({ sessions, devices, grantTokens, refreshTokens, keyedHash, clock });
  const countAttempt = createCountAttempt(attempts);
  const checkPassword = createCheckPassword({ accounts, devices, passwords, countAttempt, keyedHash });
  const checkOwnPassword = createCheckOwnPassword({ accounts, passwords, countAttempt });
  const endSessions = createEndSessions({ sessions, auditTrail, clock });
  const choosePassword = createChoosePassword({ passwords, commonPasswords: createZxcvbnCommonPasswords() });
  const factors = buildFactors({
    prisma,
    boxes,
    noticeIn,
    accounts,
    devices,
    checkOwnPassword,
    countAttempt,
    openSession,
    grantAccess,
    auditTrail,
    keyedHash,
    clock,
    publicOrigin: config.PUBLIC_ORIGIN,
  });
  const exports = buildExports({
    prisma,
    noticeIn,
    accounts,
    dataKeys: keys.ownDataKeys,
    boxes,
    keyedHash,
    auditTrail,
    wakeMail,
    clock,
    logger,
  });
  const mailAlert = createMailAlert({
    alertMails: createPrismaAlertMails({ prisma, boxes, keyedHash, clock }),
    jobs,
    origin: config.PUBLIC_ORIGIN,
    wakeMail,
    clock,
  });
  const erasing = buildErasing({
    prisma,
    accounts,
    boxes,
    keyedHash,
    jobs,
    allowances,
    wakeMail,
    auditTrail,
    clock,
    logger,
    config,
    exportReplies: exports.replyHandlers,
  });
  const relay = createOutboxRelay({ pool, dapr, logger, heartbeatOf: config.APP_ID });

  const housekeeping = createHousekeeping({ pool, clock, logger });
  await onOwnAccount(() => signingKeys.ensure());

  const isReady = async () => {
    await pool.query('SELECT 1');
    await keyRing.signer();
    return true;
  };
  const app = createInternalApp({
    context,
    routes: [
      registerRoute(
        createRegister({ accounts, dataKeys, choosePassword, mailedLink, allowances, wakeMail, auditTrail, clock }),
      ),
      loginRoute(createLogin({ checkPassword, signIn: factors.signIn, auditTrail })),
      refreshRoute(createRefresh({ sessions, grantTokens, refreshTokens, auditTrail, clock })),
      logoutRoute(createLogout({ sessions, auditTrail, clock })),
      accountRoute(createGetAccount(accounts)),
      jwksRoute(keyRing),
      denialsRoute(createPrismaDenialReader(prisma), clock),
      dataKeysRoute(keys.readDataKeys),
      changePasswordRoute(createChangePassword({ sessions, checkOwnPassword, choosePassword, auditTrail, clock })),
      listSessionsRoute(createListSessions({ sessions, clock })),
      endSessionRoute(endSessions),
      endSessionsRoute(endSessions),
      ...factors.routes,
      ...exports.routes,
      sendVerificationRoute(
        createSendVerification({ accounts, emailLinks, allowances, mailedLink, wakeMail, auditTrail }),
      ),
      confirmEmailRoute(createConfirmEmail({ emailLinks, keyedHash, notice, wakeMail, auditTrail, clock })),
      changeEmailRoute(createChangeEmail({ accounts, mailQueue, jobs, allowances, notice, wakeMail, auditTrail })),
      requestPasswordResetRoute(createRequestPasswordReset({ mailQueue, jobs, allowances, wakeMail, auditTrail })),
      resetPasswordRoute(
        createResetPassword({ emailLinks, choosePassword, keyedHash, notice, wakeMail, auditTrail, clock }),
      ),
      ...userRoutes({
        readPeople: createReadPeople({ people, auditTrail }),
        changeUser: createChangeUser({ people, auditTrail, clock }),
        beginErasure: erasing.beginErasure,
      }),
      ...buildRetention({ prisma, auditTrail, clock }),
      ...apiKeyRoutes({
        listApiKeys: createListApiKeys({ apiKeys, clock }),
        createApiKey: createCreateApiKey({ apiKeys, keyedHash, auditTrail, clock }),
        revokeApiKey: createRevokeApiKey({ apiKeys, auditTrail, clock }),
        exchangeApiKey: createExchangeApiKey({ apiKeys, accessTokens, keyedHash, auditTrail, clock }),
      }),
      ...erasing.routes,
      ...consentRoutes({
        readConsents: createReadConsents(consents),
        changeConsents: createChangeConsents({ consents, auditTrail, clock }),
      }),
    ],
    events: [alertEventsSubscription({ mailAlert }), ...erasing.subscriptions],
    tokens: createSessionTokenVerifier({ config, keys: keyRing, sessions, clock }),
    isReady,
    auditBoxes: createPersonBoxes({ dataKeys: keys.ownDataKeys, scope: auditScopeOf(config.APP_ID) }),
    recordDenial: recordDenialsIn(prisma),
  });

  const rotation = () =>
    repeat({
      work: () => onOwnAccount(async () => void (await signingKeys.rotateIfDue(config.SIGNING_KEY_ROTATION_DAYS))),
      pauseMs: () => rotationCheckMs,
      onError: (error) => logger.error({ err: error }, 'the signing key could not be rotated'),
    });
  let rotating: ReturnType<typeof rotation> | undefined;

  return {
    app,
    async start() {
      await relay.start();
      mailWorker.start();
      rotating = rotation();
      exports.start();
      rewrapping.start();
      housekeeping.start();
      erasing.worker.start();
    },
    isReady,
    async close() {
      await erasing.worker.close();
      await housekeeping.close();
      await exports.close();
      await rewrapping.close();
      await rotating?.close();
      await mailWorker.close();
      await relay.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
