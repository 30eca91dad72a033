import { type Platform, startPlatform, testStateVariable } from '@todo-chatbot/local-platform/testing';
import { shareAdministrator } from './support/administrator.ts';
import { edgeAddress } from './support/edge.ts';
import { unlimited } from './support/limits.ts';

let platform: Platform | undefined;

/** Starts the one platform that the system, attack and browser tests of a run share; `tools/run.mjs` says whether one is needed. */
export async function globalSetup(): Promise<void> {
  if (process.env.TODO_CHATBOT_TEST_PLATFORM === undefined) return;
  console.log('Starting the platform for the tests …');
  platform = await startPlatform({
    environment: { ...unlimited, TRUSTED_PROXIES: edgeAddress },
    cronSchedule: '@every 10s',
  });
  process.env[testStateVariable] = platform.stateDir;
  // Commands that a test runs as a person would (`npm run audit:verify`) mean this platform.
  process.env.TODO_CHATBOT_STATE = platform.stateDir;
  await shareAdministrator(platform);
  console.log(`The platform is ready: ${platform.url}`);
}

export async function globalTeardown(): Promise<void> {
  await platform?.stop();
}
