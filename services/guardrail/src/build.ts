import { PrismaPg } from '@prisma/adapter-pg';
import {
  authEventsSubscription,
  type BuiltService,
  createDatabasePool,
  createDenySet,
  createInternalApp,
  createOutboxRelay,
  createPersonBoxes,
  createRetentionJob,
  createTokenVerifier,
  expiringTables,
  forgetPersonIn,
  prismaOptions,
  recordDenialsIn,
  remoteDataKeys,
  remoteKeys,
  type ServiceContext,
} from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { PrismaClient } from '../generated/prisma/client.ts';
import { expiringDecisions } from './adapters/expiringDecisions.ts';
import { createPostgresDecisionStore } from './adapters/postgresDecisionStore.ts';
import { deleteRowsOfPerson } from './events/deleteRowsOfPerson.ts';
import { postJudgement } from './routes/postJudgement/route.ts';

const databaseSecretSchema = z.object({ password: z.string().min(1) });

/** Composition root of the service. */
export async function build(context: ServiceContext): Promise<BuiltService> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('guardrail-database'));
  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  const store = createPostgresDecisionStore({ prisma });
  const dataKeys = remoteDataKeys({ dapr, clock });
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

  const isReady = async () => {
    await pool.query('SELECT 1');
    return denySet.isLoaded();
  };
  const app = createInternalApp({
    context,
    routes: [postJudgement({ store, clock, boxes }), ...retention.routes],
    tokens: createTokenVerifier({
      issuer: config.TOKEN_ISSUER,
      audience: config.TOKEN_AUDIENCE,
      keys: remoteKeys(dapr, clock),
      denySet,
      clock,
    }),
    events: [authEventsSubscription({ denySet, forgetPerson: forgetPersonIn(pool, deleteRowsOfPerson) })],
    bindings: [retention.binding],
    isReady,
    recordDenial: recordDenialsIn(prisma),
  });

  return {
    app,
    async start() {
      await denySet.start();
      await relay.start();
    },
    isReady,
    async close() {
      await retention.close();
      await relay.close();
      await denySet.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
