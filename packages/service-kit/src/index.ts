export { type Clock, systemClock } from './clock.ts';
export { type BaseConfig, baseConfigSchema, ConfigError, loadConfig, originSchema, portSchema } from './config.ts';
export type { Dapr, InvokeAnswer, InvokeRequest } from './dapr/dapr.ts';
export { createDaprClient } from './dapr/daprClient.ts';
export { earlierAnswer, IdempotencyConflict, type IdempotentRequest, keepAnswer } from './database/idempotency.ts';
export { kitMigrationsDirectory } from './database/kitMigrations.ts';
export { migrateDatabase } from './database/migrate.ts';
export { createDatabasePool } from './database/pool.ts';
export { prismaOptions } from './database/prismaOptions.ts';
export { executeRawOf, type RawSql } from './database/rawSql.ts';
export { createRunAlone } from './database/runAlone.ts';
export { inTransaction } from './database/transaction.ts';
export { authEventsSubscription } from './events/authEventsSubscription.ts';
export { takeFromInbox } from './events/inbox.ts';
export { newAuditEvent, newEvent, type PersonalInput } from './events/newEvent.ts';
export { recordDenialsIn } from './events/recordDenials.ts';
export {
  defineSubscription,
  type EventHandlers,
  type EventOf,
  type EventOutcome,
  type Subscription,
} from './events/subscription.ts';
export { createInternalApp } from './http/internalApp.ts';
export { securityHeaders } from './http/middleware.ts';
export { bearerToken, type Denial, mountRoutes } from './http/pipeline.ts';
export { asProblemError, notFoundHandler, problemHandler, toProblem } from './http/problemHandler.ts';
export {
  type ClientInfo,
  type RequestContext,
  requestContext,
  runInRequestContext,
  serviceContext,
} from './http/requestContext.ts';
export { defineRoute, type Route } from './http/route.ts';
export { createLogger, type Logger } from './logging/logger.ts';
export { maskEmail, maskPhone, maskText, truncateAddress } from './masking.ts';
export { metrics } from './metrics.ts';
export { addToOutbox } from './outbox/addToOutbox.ts';
export { createOutboxRelay, type OutboxRelay } from './outbox/outboxRelay.ts';
export { personalDataIn } from './personalDataPlaces.ts';
export type { PersonalDataKind } from './personalDataShapes.ts';
export { countDue, type ExpiringRows, type ExpiringTable, expiringTables } from './privacy/expiringRows.ts';
export { type ExportPart, ExportTooLarge, exportPartsOf, openExportPart } from './privacy/exportParts.ts';
export {
  createExportWorker,
  type ExportWorker,
  forgetExportShares,
  requestExportShare,
} from './privacy/exportWorker.ts';
export { inPages } from './privacy/inPages.ts';
export { keptAnswers } from './privacy/keptAnswers.ts';
export type { CollectPersonalData, DeleteRowsOfPerson, PersonalData, PersonalRecord } from './privacy/personalData.ts';
export { createPrivacyParticipant, type PrivacyParticipant } from './privacy/privacyParticipant.ts';
export { type InPrivacyTransaction, privacyTransactionsIn } from './privacy/privacyTransaction.ts';
export { createRetentionJob, type RetentionJob } from './privacy/retentionJob.ts';
export { ProblemError, type ProblemOptions } from './problem.ts';
export { type Repetition, repeat } from './repeat.ts';
export { createAuditBoxes, placeOfAuditField, prepareAuditBox } from './security/auditBoxes.ts';
export { type DataKeys, remoteDataKeys, type ScopeKeys } from './security/dataKeys.ts';
export { createDenySet, type DenySet } from './security/denySet.ts';
export { type KeySource, remoteKeys } from './security/keySource.ts';
export {
  createPersonBox,
  createPersonBoxes,
  openJson,
  type PersonBox,
  type PersonBoxes,
  type SealedPlace,
  scopeKey,
  sealJson,
} from './security/personBox.ts';
export { requireRecentProof } from './security/recentProof.ts';
export { createSealer, SealBroken, type Sealer } from './security/sealer.ts';
export {
  type AccessDenials,
  createTokenVerifier,
  type SignedInUser,
  type TokenVerifier,
} from './security/tokenVerifier.ts';
export { runCommand, UsageError } from './service/runCommand.ts';
export { runService } from './service/runService.ts';
export type { BuiltService, ServiceContext } from './service/types.ts';
