import { PrismaPg } from '@prisma/adapter-pg';
import { auditScopeOf } from '@todo-chatbot/contracts';
import {
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
import { loadGuards } from './adapters/loadGuards.ts';
import { createPostgresDecisionStore } from './adapters/postgresDecisionStore.ts';
import { createPostgresReviewStore } from './adapters/postgresReviewStore.ts';
import { createPostgresScoreStore } from './adapters/postgresScoreStore.ts';
import { createPostgresSettingsStore } from './adapters/postgresSettingsStore.ts';
import { recordEventsIn } from './adapters/recordEventsIn.ts';
import { createScoreCounter } from './adapters/scoreCounter.ts';
import { createSettingsInForce } from './adapters/settingsInForce.ts';
import { createShadowJudge } from './adapters/shadowJudge.ts';
import { createChangeSettings } from './commands/changeSettings.ts';
import { createDriftWatch } from './commands/watchDrift.ts';
import type { Config } from './config.ts';
import { authEvents } from './events/authEvents.ts';
import { deleteRowsOfPerson } from './events/deleteRowsOfPerson.ts';
import { createCollectPersonalData } from './queries/collectPersonalData.ts';
import { createPreviewSettings } from './queries/previewSettings.ts';
import { createReadDrift } from './queries/readDrift.ts';
import { createReadStatus } from './queries/readStatus.ts';
import { decisionRoutes } from './routes/decisions/routes.ts';
import { postJudgement } from './routes/postJudgement/route.ts';
import { settingsRoutes } from './routes/settings/routes.ts';

const databaseSecretSchema = z.object({ password: z.string().min(1) });

/** Composition root of the service. */
export async function build(context: ServiceContext<Config>): Promise<BuiltService> {
  const { config, logger, dapr, clock } = context;
  const { password } = databaseSecretSchema.parse(await dapr.secret('guardrail-database'));
  const pool = createDatabasePool({ config, password, logger });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), ...prismaOptions });
  const store = createPostgresDecisionStore({ prisma });
  const reviews = createPostgresReviewStore({ prisma });
  const scoreStore = createPostgresScoreStore({ prisma });
  const settingsStore = createPostgresSettingsStore({ prisma });
  const record = recordEventsIn(prisma);
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

  const { guard, model, trial } = loadGuards({ trialFile: config.GUARDRAIL_SHADOW_MODEL, logger });
  const shadowVersion = trial?.model.version ?? null;
  const settings = createSettingsInForce({ store: settingsStore, logger });
  const scores = createScoreCounter({ store: scoreStore, shadowVersion, clock, logger });
  const shadow = createShadowJudge({ guard: trial?.guard ?? null, scores, logger });
  const readDrift = createReadDrift({ scores: scoreStore, reference: model.referenceScores, clock });
  const driftWatch = createDriftWatch({ readDrift, scores: scoreStore, clock, logger });

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
    return denySet.isLoaded() && settings.isLoaded();
  };
  const app = createInternalApp({
    context,
    routes: [
      postJudgement({ guard, settings, store, scores, shadow, clock, boxes }),
      ...settingsRoutes({
        guard,
        store: settingsStore,
        settings,
        changeSettings: createChangeSettings({ store: settingsStore, record, settings, clock }),
        previewSettings: createPreviewSettings({ guard, reviews, scores: scoreStore, boxes, clock }),
        readStatus: createReadStatus({ modelVersion: model.version, shadowVersion, scores: scoreStore, readDrift }),
        record,
      }),
      ...decisionRoutes({ reviews, boxes, record }),
      ...retention.routes,
    ],
    tokens: createTokenVerifier({
      issuer: config.TOKEN_ISSUER,
      audience: config.TOKEN_AUDIENCE,
      keys: remoteKeys(dapr, clock),
      denySet,
      clock,
    }),
    events: [authEvents({ denySet, store, clock }), privacy.subscription],
    bindings: [retention.binding],
    isReady,
    auditBoxes: createPersonBoxes({ dataKeys, scope: auditScopeOf(config.APP_ID) }),
    recordDenial: recordDenialsIn(prisma),
  });

  return {
    app,
    async start() {
      await denySet.start();
      await settings.start();
      await relay.start();
      privacy.start();
      scores.start();
      driftWatch.start();
    },
    isReady,
    async close() {
      await retention.close();
      await driftWatch.close();
      await scores.close();
      await privacy.close();
      await relay.close();
      await settings.close();
      await denySet.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
