import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { type AppId, isAppId } from '@todo-chatbot/contracts';
import { readCredentials } from './credentials.ts';
import { readJsonIfPresent } from './files.ts';
import { type StateLayout, stateLayout } from './layout.ts';
import { platformFactsSchema } from './platformState.ts';
import { serviceLaunchSpec } from './service.ts';
import { readWitnessFacts } from './witness.ts';

/** A script of a service, such as `src/keysCommand.ts`; never a path out of its folder. */
const scriptPattern = /^src\/[\w/]+\.ts$/;

/**
 * Runs a script of a service in that service's environment, with this terminal as its input and output: what `kubectl exec` is in
 * the cluster. Resolves to its exit code.
 */
export async function execInService(options: {
  readonly stateDir: string;
  readonly app: string;
  readonly script: string;
  readonly args: readonly string[];
}): Promise<number> {
  const { app, script, args } = options;
  if (!isAppId(app)) throw new Error(`There is no service ${app}.`);
  if (!scriptPattern.test(script)) throw new Error(`${script} is no script of a service: src/….ts is.`);
  const { command, cwd, env } = await launchSpecOf(stateLayout(options.stateDir), app);
  const child = spawn(command, [script, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

async function launchSpecOf(layout: StateLayout, appId: AppId) {
  const facts = await readJsonIfPresent(layout.factsFile, platformFactsSchema);
  if (!facts) throw new Error(`There is no platform in ${layout.stateDir}: start it first.`);
  const credentials = (await readCredentials(layout.secretsDir)).apps[appId];
  // A command of the gateway's would serve no pages.
  const webRoot = layout.stateDir;
  return serviceLaunchSpec({
    appId,
    ports: facts.ports,
    layout,
    witness: await readWitnessFacts(layout, facts.ports.witness),
    url: facts.url,
    webRoot,
    credentials,
    environment: {},
  });
}
