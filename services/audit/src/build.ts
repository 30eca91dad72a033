import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  auditedApps,
  auditScopeOf,
  auditTopicOf,
  consumerGroup,
  deadLetterTopic,
  deadLetterTopics,
} from '@todo-chatbot/contracts';
import {
  authEventsSubscription,
  type BuiltService,
  createDatabasePool,
  createDenySet,
  createInternalApp,
  createPersonBoxes,
  createPrivacyParticipant,
  createTokenVerifier,
  remoteDataKeys,
  remoteKeys,
  type ServiceContext,
} from '@todo-chatbot/service-kit';
import { createNoteSigner, verifierKeyOf } from '@todo-chatbot/transparency-log';
import { z } from 'zod';
import { traceAppended } from './adapters/ingestionSpans.ts';
import { createKafkaDeadLetterRanges } from './adapters/kafkaDeadLetterRanges.ts';
import { createKafka, createKafkaDeadLetters, createKafkaEventSource } from './adapters/kafkaEventSource.ts';
import { createPostgresLogReader } from './adapters/postgresLogReader.ts';
import { createPostgresLogStore } from './adapters/postgresLogStore.ts';
import { createPostgresTrailReader } from './adapters/postgresTrailReader.ts';
import { buildMonitoring } from './buildMonitoring.ts';
import { buildPublication } from './buildPublication.ts';
import { buildRetention } from './buildRetention.ts';
import { buildWatches } from './buildWatches.ts';
import { createLogWriter } from './commands/logWriter.ts';
import { recordAccess } from './commands/recordAccess.ts';
import type { Config } from './config.ts';
import { deleteRowsOfPerson } from './events/deleteRowsOfPerson.ts';
import { createAuditIngestion } from './events/ingestAuditEvents.ts';
import { createCollectPersonalData } from './queries/collectPersonalData.ts';
import { createOpenEntries } from './queries/openEntries.ts';
import { createOpenSealed } from './queries/openSealed.ts';
import { getEntries } from './routes/getEntries/route.ts';
import { getErasureProof } from './routes/getErasureProof/route.ts';
import { getExport } from './routes/getExport/route.ts';
import { getInclusionProof } from './routes/getInclusionProof/route.ts';
import { logRoutes } from './routes/logRoutes.ts';

const passwordSchema = z.object({ password: z.string().min(1) });
const signingKeySchema = z.object({ privateKey: z.string().min(1) });

/** Composition root of the service. */
export async function build(context: ServiceContext<Config>): Promise<BuiltService> {
  const { config, logger, dapr, clock } = context;
  const database = passwordSchema.parse(await dapr.secret('audit-database'));
  const broker = passwordSchema.parse(await dapr.secret('audit-kafka'));
  const { privateKey } = signingKeySchema.parse(await dapr.secret('audit-checkpoint-key'));

  const pool = createDatabasePool({ config, password: database.password, logger });
  const dataKeys = remoteDataKeys({ dapr });
  const newOpener = createOpenSealed(dataKeys);
  const openEntries = createOpenEntries(newOpener);
  const denySet = createDenySet({ dapr, clock, logger, onUserDenied: dataKeys.forget });
  const signer = createNoteSigner(config.LOG_ORIGIN, createPrivateKey(privateKey));
  const reader = createPostgresLogReader(pool);
  const trail = createPostgresTrailReader(pool);
  const logWriter = createLogWriter({ store: createPostgresLogStore(pool), signer, clock });
  const monitoring = buildMonitoring({ pool, writer: logWriter, newOpener, dapr, clock, logger });
  const { writer } = monitoring;
  const retention = buildRetention({ pool, writer, dapr, clock, logger });
  const kafka = createKafka(
    {
      brokers: config.KAFKA_BROKERS,
      ca: readFileSync(config.KAFKA_CA_FILE, 'utf8'),
      username: config.APP_ID,
      password: broker.password,
    },
    logger,
  );
  const source = createKafkaEventSource({
    kafka,
    topics: auditedApps.map(auditTopicOf),
    groupId: consumerGroup('kafka', config.APP_ID),
    logger,
  });
  const deadLetters = createKafkaDeadLetters({ kafka, topicOf: (topic) => deadLetterTopic(topic, config.APP_ID) });
  const publication = buildPublication({ config, pool, kafka, signals: monitoring.signals, clock, logger });
  const watches = buildWatches({
    config,
    databasePassword: database.password,
    pool,
    deadLetterRanges: createKafkaDeadLetterRanges({ kafka, topics: deadLetterTopics }),
    verifier: signer,
    signals: monitoring.signals,
    isListening: () => !ingestion.isBlocked(),
    clock,
    logger,
  });
  const ingestion = createAuditIngestion({
    writer,
    deadLetters,
    logger,
    clock,
    onAppended: traceAppended,
    onHeard: watches.hear,
  });

  const privacy = createPrivacyParticipant({
    pool,
    service: config.APP_ID,
    dataKeys,
    personalData: { collect: createCollectPersonalData({ trail, openEntries }), erase: deleteRowsOfPerson },
    clock,
    logger,
    inTransaction: monitoring.inPrivacyTransaction,
  });
  const isReady = async () => {
    await pool.query('SELECT 1');
    return denySet.isLoaded();
  };
  const app = createInternalApp({
    context,
    routes: [
      ...logRoutes({ reader, keys: { log: verifierKeyOf(signer), witness: config.WITNESS_VERIFIER_KEY } }),
      getEntries({ trail, openEntries, writer }),
      getErasureProof({ reader }),
      getExport({ trail, openEntries, writer, clock }),
      getInclusionProof({ reader, openEntries, writer }),
      ...monitoring.routes,
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
    recordDenial: ({ code, operation, context: denied }) =>
      recordAccess(writer, {
        context: denied,
        action: 'access.refuse',
        category: 'authorisation',
        reason: code,
        input: { operation, caller: denied.caller },
      }),
  });

  return {
    app,
    async start() {
      await denySet.start();
      await writer.start();
      await monitoring.start();
      source.start(ingestion.handle);
      publication.start();
      watches.start();
      privacy.start();
      logger.info({ verifierKey: verifierKeyOf(signer) }, 'the log is open');
    },
    isReady,
    async close() {
      await privacy.close();
      await watches.close();
      await source.close();
      ingestion.close();
      await deadLetters.close();
      await retention.close();
      await writer.close();
      await publication.close();
      await monitoring.close();
      await denySet.close();
      await pool.end();
    },
  };
}
