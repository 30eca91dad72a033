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
import { expiringTasks } from './adapters/expiringTasks.ts';
import { createPostgresTaskStore } from './adapters/postgresTaskStore.ts';
import { deleteRowsOfPerson } from './events/deleteRowsOfPerson.ts';
import { createCollectPersonalData } from './queries/collectPersonalData.ts';
import { deleteTaskRoute } from './routes/deleteTask/route.ts';
import { getTasks } from './routes/getTasks/route.ts';
import { patchTask } from './routes/patchTask/route.ts';
import { postTask } from './routes/postTask/route.ts';

const databaseSecretSchema = z.object({ password: z.string().min(1) });

/** Composition root of the service. */
export async function build(context: ServiceContext): Promise<BuiltService> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('task-database'));
  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  const dataKeys = remoteDataKeys({ dapr });
  const newsBoxes = createPersonBoxes({ dataKeys, scope: 'task.events' });
  const boxes = createPersonBoxes({ dataKeys, scope: config.APP_ID });
  const store = createPostgresTaskStore({ prisma, boxes, clock });
  const denySet = createDenySet({ dapr, clock, logger, onUserDenied: dataKeys.forget });
  const relay = createOutboxRelay({ pool, dapr, logger, heartbeatOf: config.APP_ID });
  const retention = createRetentionJob({
    service: config.APP_ID,
    pool,
    dapr,
    clock,
    logger,
    expiring: expiringTables(pool, expiringTasks),
  });

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
  const app = createInternalApp({
    context,
    routes: [
      postTask({ store, clock, newsBoxes }),
      getTasks({ store }),
      patchTask({ store, clock, newsBoxes }),
      deleteTaskRoute({ store }),
      ...retention.routes,
    ],
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
