import { type Platform, startPlatform, testStateVariable } from '@todo-chatbot/local-platform/testing';

let platform: Platform | undefined;

/** Starts the one platform that the system, attack and browser tests of a run share; `tools/run.mjs` says whether one is needed. */
export async function globalSetup(): Promise<void> {
  if (process.env.TODO_CHATBOT_TEST_PLATFORM === undefined) return;
  console.log('Starting the platform for the tests …');
  platform = await startPlatform({ environment: testLimits });
  process.env[testStateVariable] = platform.stateDir;
  // Commands that a test runs as a person would (`npm run audit:verify`) mean this platform.
  process.env.TODO_CHATBOT_STATE = platform.stateDir;
  console.log(`The platform is ready: ${platform.url}`);
}

export async function globalTeardown(): Promise<void> {
  await platform?.stop();
}

/** All tests come from one address and talk fast; the limits themselves are tested where they are made. */
const testLimits = {
  RATE_LIMIT_MESSAGES_PER_MINUTE: '100000',
  RATE_LIMIT_BOOKINGS_PER_HOUR: '100000',
  RATE_LIMIT_API_CALLS_PER_MINUTE: '100000',
  RATE_LIMIT_TASK_LISTS_PER_MINUTE: '100000',
  RATE_LIMIT_ANONYMOUS_CALLS_PER_MINUTE: '100000',
  LOCKOUT_ADDRESS_ATTEMPTS: '100000',
};
