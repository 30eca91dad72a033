export { endSignIns } from '@todo-chatbot/databases';
export { type Account, unprivilegedAccount } from './account.ts';
export { ensureGoPrograms, type GoPrograms } from './artifacts/goPrograms.ts';
export { daprVersion } from './artifacts/layout.mjs';
export { type OpenedTable, readSet } from './backup/readSet.ts';
export { consentSuite } from './consentSuite.ts';
export { erasureRequestOf, erasureSuite } from './erasureSuite.ts';
export { type KeptMail, readMails } from './mailFolder.ts';
export { plaintextIn } from './plaintextIn.ts';
export { attachPlatform, type Platform } from './platform.ts';
export { type AppState, type PlatformState, readPlatformState } from './platformState.ts';
export { findFreePort } from './ports.ts';
export { columnsOfDatabase, columnsOfModels } from './prismaSchema.ts';
export { removeDatabases } from './removeState.ts';
export { forgeriesOf, type StoredValue, whileForged } from './storedValue.ts';
export { createTestCertificates } from './testCertificates.ts';
export { prepareTestServer, startTestDatabase, type TestDatabase, type TestServer } from './testDatabase.ts';
export { createTestDataKeys } from './testDataKeys.ts';
export { createTestIssuer, type Person, testAudience, testIssuerName } from './testIssuer.ts';
export { startPlatform, testPlatform, testStateVariable } from './testPlatform.ts';
export { startTestReplica, type TestReplica } from './testReplica.ts';
export { createTestRetention } from './testRetention.ts';
export {
  type Answer,
  auditEntries,
  type Call,
  codeOf,
  createTestClock,
  listen,
  noDenials,
  startTestService,
  testEnvironment,
} from './testService.ts';
export { waitFor } from './waitFor.ts';
