import { PrismaPg } from '@prisma/adapter-pg';
import {
  type BuiltService,
  createDatabasePool,
  createInternalApp,
  createOutboxRelay,
  prismaOptions,
  recordDenialsIn,
  type ServiceContext,
} from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createBcryptPasswordHasher } from './adapters/bcryptPasswordHasher.ts';
import { createKeyedHash } from './adapters/hmacKeyedHash.ts';
import { createHmacRefreshTokens } from './adapters/hmacRefreshTokens.ts';
import { createJoseAccessTokens } from './adapters/joseAccessTokens.ts';
import { createPrismaAccountStore } from './adapters/prismaAccountStore.ts';
import { createPrismaApiKeyStore } from './adapters/prismaApiKeyStore.ts';
import { createPrismaAuditTrail } from './adapters/prismaAuditTrail.ts';
import { createPrismaDeviceStore } from './adapters/prismaDeviceStore.ts';
import { createPrismaPeopleStore } from './adapters/prismaPeopleStore.ts';
import { createPrismaSessionStore } from './adapters/prismaSessionStore.ts';
import { createSessionTokenVerifier } from './adapters/sessionTokenVerifier.ts';
import { createChangeUser } from './commands/changeUser.ts';
import { createCreateApiKey } from './commands/createApiKey.ts';
import { createExchangeApiKey } from './commands/exchangeApiKey.ts';
import { createLogin } from './commands/login.ts';
import { createLogout } from './commands/logout.ts';
import { createOpenSession } from './commands/openSession.ts';
import { createRefresh } from './commands/refresh.ts';
import { createRegister } from './commands/register.ts';
import { createRevokeApiKey } from './commands/revokeApiKey.ts';
import { createGrantTokens } from './commands/tokenGrant.ts';
import type { Config } from './config.ts';
import { createGetAccount } from './queries/getAccount.ts';
import { createListApiKeys } from './queries/listApiKeys.ts';
import { createReadPeople } from './queries/readPeople.ts';
import { accountRoute } from './routes/account/route.ts';
import { apiKeyRoutes } from './routes/apiKeys/routes.ts';
import { jwksRoute } from './routes/jwks/route.ts';
import { loginRoute } from './routes/login/route.ts';
import { logoutRoute } from './routes/logout/route.ts';
import { refreshRoute } from './routes/refresh/route.ts';
import { registerRoute } from './routes/register/route.ts';
import { userRoutes } from './routes/users/routes.ts';
import { databaseSecretSchema, pepperSecretSchema } from './secrets.ts';

const signingKeySecretSchema = z.object({ privateKey: z.string().min(1) });

/** Composition root of the service. */
export async function build(context: ServiceContext<Config>): Promise<BuiltService> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('auth-database'));
  const { privateKey } = signingKeySecretSchema.parse(await dapr.secret('auth-signing-key'));
  const { key: pepper } = pepperSecretSchema.parse(await dapr.secret('auth-pepper'));

  const accessTokens = await createJoseAccessTokens({
    privateKeyPem: privateKey,
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
  });
  const keyedHash = createKeyedHash(Buffer.from(pepper, 'base64'));
  const refreshTokens = createHmacRefreshTokens(keyedHash);
  const passwords = await createBcryptPasswordHasher();

  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  const accounts = createPrismaAccountStore(prisma);
  const sessions = createPrismaSessionStore(prisma);
  const devices = createPrismaDeviceStore(prisma);
  const people = createPrismaPeopleStore(prisma);
  const apiKeys = createPrismaApiKeyStore(prisma);
  const auditTrail = createPrismaAuditTrail(prisma);
  const grantTokens = createGrantTokens({
    accessTokens,
    isSecondFactorRequired: config.SECOND_FACTOR_FOR_ADMINISTRATORS === 'required',
  });
  const openSession = createOpenSession({ sessions, devices, grantTokens, refreshTokens, keyedHash, clock });
  const relay = createOutboxRelay({ pool, dapr, logger });

  const isReady = async () => {
    await pool.query('SELECT 1');
    return true;
  };
  const app = createInternalApp({
    context,
    routes: [
      registerRoute(createRegister({ accounts, passwords, auditTrail, clock })),
      loginRoute(createLogin({ accounts, passwords, openSession, auditTrail })),
      refreshRoute(createRefresh({ sessions, grantTokens, refreshTokens, auditTrail, clock })),
      logoutRoute(createLogout({ sessions, auditTrail, clock })),
      accountRoute(createGetAccount(accounts)),
      ...userRoutes({
        readPeople: createReadPeople({ people, auditTrail }),
        changeUser: createChangeUser({ people, auditTrail, clock }),
      }),
      ...apiKeyRoutes({
        listApiKeys: createListApiKeys({ apiKeys, clock }),
        createApiKey: createCreateApiKey({ apiKeys, keyedHash, auditTrail, clock }),
        revokeApiKey: createRevokeApiKey({ apiKeys, auditTrail, clock }),
        exchangeApiKey: createExchangeApiKey({ apiKeys, accessTokens, keyedHash, auditTrail, clock }),
      }),
      jwksRoute(accessTokens),
    ],
    tokens: createSessionTokenVerifier({ config, accessTokens, sessions, clock }),
    isReady,
    recordDenial: recordDenialsIn(prisma),
  });

  return {
    app,
    start: () => relay.start(),
    isReady,
    async close() {
      await relay.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
