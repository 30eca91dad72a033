import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { auditScopeOf } from '@todo-chatbot/contracts';
import {
  authEventsSubscription,
  type BuiltService,
  createDatabasePool,
  createDenySet,
  createInternalApp,
  createOutboxRelay,
  createPersonBoxes,
  createPrivacyParticipant,
  createRetentionJob,
  createTokenVerifier,
  expiringTables,
  prismaOptions,
  remoteDataKeys,
  remoteKeys,
  type ServiceContext,
} from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { PrismaClient } from '../generated/prisma/client.ts';
import { createApiKeyTokens } from './adapters/apiKeyTokens.ts';
import { createDaprGuardrail } from './adapters/daprGuardrail.ts';
import { createDaprTaskService } from './adapters/daprTaskService.ts';
import { expiringConversations } from './adapters/expiringConversations.ts';
import { createLimitStore, type LimitStore } from './adapters/limitStore.ts';
import { createLiveStreams } from './adapters/liveStreams.ts';
import { createPrismaConversationStore } from './adapters/prismaConversationStore.ts';
import { createPublicServer } from './adapters/publicServer.ts';
import { createRateLimits, memoryLimiter, type RateLimitName } from './adapters/rateLimits.ts';
import { conversationScope } from './adapters/sealedConversation.ts';
import { createChatTurn } from './commands/chatTurn.ts';
import { createImportTasks } from './commands/importTasks.ts';
import type { Config } from './config.ts';
import { doorNames } from './domain/requestOrigin.ts';
import { deleteRowsOfPerson } from './events/deleteRowsOfPerson.ts';
import { liveEventSubscriptions } from './events/liveEvents.ts';
import { openApiDocument, openApiRoute } from './openapi.ts';
import { createCollectPersonalData } from './queries/collectPersonalData.ts';
import { rememberTokens } from './routes/personTokens.ts';
import { createPublicApp } from './routes/publicApp.ts';
import { publicRoutes } from './routes/publicRoutes.ts';
import { createRequestCounter } from './routes/requestCounter.ts';
import { createSecurityTrail } from './routes/securityTrail.ts';

const databaseSecretSchema = z.object({ password: z.string().min(1) });
/** 32 bytes in base64. */
const csrfSecretSchema = z.object({ key: z.base64().length(44) });

const limitsSecretSchema = z.object({ password: z.string().min(1) });

const minuteSeconds = 60;
const hourSeconds = 3_600;

/** Composition root of the service. */
export async function build(context: ServiceContext<Config>): Promise<BuiltService> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('chat-gateway-database'));
  const csrfKey = Buffer.from(csrfSecretSchema.parse(await dapr.secret('chat-gateway-csrf-key')).key, 'base64');

  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  const dataKeys = remoteDataKeys({ dapr });
  const boxes = createPersonBoxes({ dataKeys, scope: conversationScope });
  const store = createPrismaConversationStore({ prisma, boxes });
  const denySet = createDenySet({ dapr, clock, logger, onUserDenied: dataKeys.forget });
  const relay = createOutboxRelay({ pool, dapr, logger, heartbeatOf: config.APP_ID });
  const retention = createRetentionJob({
    service: config.APP_ID,
    pool,
    dapr,
    clock,
    logger,
    expiring: expiringTables(pool, expiringConversations),
  });
  const tokens = rememberTokens(
    createTokenVerifier({
      issuer: config.TOKEN_ISSUER,
      audience: config.TOKEN_AUDIENCE,
      keys: remoteKeys(dapr, clock),
      denySet,
      clock,
    }),
  );
  const streams = createLiveStreams({ clock, logger, denySet });
  const limitStore = await openLimitStore(context, csrfKey);
  const limiter = (name: RateLimitName, points: number, durationSeconds: number) =>
    limitStore?.limiter(name, { points, durationSeconds }) ?? memoryLimiter({ points, durationSeconds });
  const perMinute = (name: RateLimitName, points: number) => limiter(name, points, minuteSeconds);
  const perHour = (name: RateLimitName, points: number) => limiter(name, points, hourSeconds);
  const limits = createRateLimits({
    messages: perMinute('messages', config.RATE_LIMIT_MESSAGES_PER_MINUTE),
    bookings: perHour('bookings', config.RATE_LIMIT_BOOKINGS_PER_HOUR),
    apiCalls: perMinute('apiCalls', config.RATE_LIMIT_API_CALLS_PER_MINUTE),
    apiKeyCalls: perMinute('apiKeyCalls', config.RATE_LIMIT_API_KEY_CALLS_PER_MINUTE),
    taskLists: perMinute('taskLists', config.RATE_LIMIT_TASK_LISTS_PER_MINUTE),
    taskImports: perHour('taskImports', config.RATE_LIMIT_TASK_IMPORTS_PER_HOUR),
    exports: perHour('exports', config.RATE_LIMIT_EXPORTS_PER_HOUR),
    anonymousCalls: perMinute('anonymousCalls', config.RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE),
    logReads: perMinute('logReads', config.RATE_LIMIT_LOG_READS_PER_MINUTE),
  });
  const guardrail = createDaprGuardrail(dapr);
  const tasks = createDaprTaskService(dapr);
  const runChatTurn = createChatTurn({ store, guardrail, tasks, clock, logger });
  const importTasks = createImportTasks({ store, guardrail, tasks, logger });

  const privacy = createPrivacyParticipant({
    pool,
    service: config.APP_ID,
    dataKeys,
    personalData: { collect: createCollectPersonalData({ prisma, boxes }), erase: deleteRowsOfPerson },
    clock,
    logger,
  });
  const isReady = async () => {
    await pool.query('SELECT 1');
    return denySet.isLoaded();
  };
  const trail = createSecurityTrail({ store, logger });
  const count = createRequestCounter({ limits, trail });
  const routes = [
    ...publicRoutes({ dapr, tokens, count, runChatTurn, importTasks, store, streams, retention, csrfKey, logger }),
    openApiRoute(() => document),
  ];
  const document = openApiDocument(routes);
  const publicApp = createPublicApp({
    routes,
    tokens,
    auditBoxes: createPersonBoxes({ dataKeys, scope: auditScopeOf(config.APP_ID) }),
    apiKeys: createApiKeyTokens({ dapr, clock }),
    clock,
    count,
    trail,
    csrfKey,
    door: doorNames({ publicOrigin: config.PUBLIC_ORIGIN, isLocal: config.RUN_MODE === 'local' }),
    allowedOrigins: config.CORS_ALLOWED_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
    webRoot: config.WEB_ROOT,
    isReady,
    logger,
  });
  const publicServer = createPublicServer(publicApp);
  const app = createInternalApp({
    context,
    routes: [],
    tokens,
    events: [
      authEventsSubscription({ denySet }),
      privacy.subscription,
      ...liveEventSubscriptions({ streams, dataKeys, logger }),
    ],
    bindings: [retention.binding],
    isReady,
  });

  return {
    app,
    async start() {
      limitStore?.start();
      await denySet.start();
      await relay.start();
      privacy.start();
      await publicServer.listen(config.PUBLIC_PORT, config.LISTEN_ADDRESS);
      logger.info({ port: config.PUBLIC_PORT }, 'the public door is open');
    },
    isReady,
    async close() {
      streams.close();
      await publicServer.close();
      await retention.close();
      await privacy.close();
      await relay.close();
      await denySet.close();
      limitStore?.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Where replicas count together, when there is such a place; its secret is read for it alone. */
async function openLimitStore(
  { config, dapr, logger }: ServiceContext<Config>,
  secret: Buffer,
): Promise<LimitStore | null> {
  const { REDIS_HOST: host, REDIS_PORT: port, REDIS_USER: user, REDIS_CA_FILE: caFile } = config;
  if (host === undefined || caFile === undefined) return null;
  const { password } = limitsSecretSchema.parse(await dapr.secret('chat-gateway-limits'));
  const ca = readFileSync(caFile, 'utf8');
  return createLimitStore({ host, port, ca, user, password, secret, logger });
}
