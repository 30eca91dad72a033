import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachPlatform, type Platform, startDetached } from './platform.ts';
import { removeState } from './removeState.ts';

/** Names the state folder of the platform that a test run shares. */
export const testStateVariable = 'TODO_CHATBOT_TEST_STATE';

/** Starts a fresh platform on free ports in a temporary folder. It ends with this process, and its data with `stop()`. */
export async function startPlatform(
  options: {
    /** Variables for the services' own configuration, such as rate limits. */
    environment?: Readonly<Record<string, string>>;
    /** Keeps its data and is not removed by `stop()`. */
    stateDir?: string;
    /** Fixture that runs in place of every service. */
    serviceMain?: string;
    /** In place of every cron binding's own schedule. */
    cronSchedule?: string;
  } = {},
): Promise<Platform> {
  const stateDir = options.stateDir ?? join(tmpdir(), `todo-chatbot-test-${randomBytes(6).toString('hex')}`);
  const platform = await startDetached({
    stateDir,
    portMode: 'free',
    environment: { ...options.environment },
    stopsWithInput: true,
    ...(options.serviceMain === undefined ? {} : { serviceMain: options.serviceMain }),
    ...(options.cronSchedule === undefined ? {} : { cronSchedule: options.cronSchedule }),
  });
  if (options.stateDir !== undefined) return platform;
  return {
    ...platform,
    stop: async () => {
      await platform.stop();
      await removeState(stateDir);
    },
  };
}

/** The platform that all test files of a run share. `tests/globalSetup.ts` starts it. */
export async function testPlatform(): Promise<Platform> {
  const stateDir = process.env[testStateVariable];
  if (stateDir === undefined) {
    throw new Error(
      `${testStateVariable} is not set: run the tests with "npm test", which starts the platform for them.`,
    );
  }
  const platform = await attachPlatform(stateDir);
  if (!platform) throw new Error(`The platform of the test run in ${stateDir} is gone.`);
  return platform;
}
