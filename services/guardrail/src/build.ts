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
  recordDenialsIn,
  remoteDataKeys,
  remoteKeys,
  type ServiceContext,
} from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { PrismaClient } from '../generated/prisma/client.ts';
import { expiringDecisions } from './adapters/expiringDecisions.ts';
import { loadGuard } from './adapters/loadGuard.ts';
import { createPostgresDecisionStore } from './adapters/postgresDecisionStore.ts';
import { deleteRowsOfPerson } from './events/deleteRowsOfPerson.ts';
import { createCollectPersonalData } from './queries/collectPersonalData.ts';
import { postJudgement } from './routes/postJudgement/route.ts';

const databaseSecretSchema = z.object({ password: z.string().min(1) });

/** Composition root of the service. */
export async function build(context: ServiceContext): Promise<BuiltService> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('guardrail-database'));
  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  const store = createPostgresDecisionStore({ prisma });
  const dataKeys = remoteDataKeys({ dapr });
  const boxes = createPersonBoxes({ dataKeys, scope: config.APP_ID });
  const denySet = createDenySet({ dapr, clock, logger, onUserDenied: dataKeys.forget });
  const relay = createOutboxRelay({ pool, dapr, logger, heartbeatOf: config.APP_ID });
  const retention = createRetentionJob({
    service: config.APP_ID,
    pool,
    dapr,
    clock,
    logger,
    expiring: expiringTables(pool, expiringDecisions),
  });

  const privacy = createPrivacyParticipant({
    pool,
    service: config.APP_ID,
    dataKeys,
    personalData: { collect: createCollectPersonalData({ prisma }), erase: deleteRowsOfPerson },
    clock,
    logger,
  });
  const isReady = async () => {
    await pool.query('SELECT 1');
    return denySet.isLoaded();
  };
  const app = createInternalApp({
    context,
    routes: [postJudgement({ guard: loadGuard(), store, clock, boxes }), ...retention.routes],
    tokens: createTokenVerifier({
      issuer: config.TOKEN_ISSUER,
      audience: config.TOKEN_AUDIENCE,
      keys: remoteKeys(dapr, clock),
      denySet,
      clock,
    }),
    events: [authEventsSubscription({ denySet }), privacy.subscription],
    bindings: [retention.binding],
    isReady,
    auditBoxes: createPersonBoxes({ dataKeys, scope: auditScopeOf(config.APP_ID) }),
    recordDenial: recordDenialsIn(prisma),
  });

  return {
    app,
    async start() {
      await denySet.start();
      await relay.start();
      privacy.start();
    },
    isReady,
    async close() {
      await retention.close();
      await privacy.close();
      await relay.close();
      await denySet.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
