export { startTestDatabase, type TestDatabase } from './testDatabase.ts';
