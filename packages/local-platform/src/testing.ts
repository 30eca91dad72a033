export { attachPlatform, type Platform } from './platform.ts';
export { type AppState, type PlatformState, readPlatformState } from './platformState.ts';
export { startTestDatabase, type TestDatabase } from './testDatabase.ts';
export { startPlatform, testPlatform, testStateVariable } from './testPlatform.ts';
