import type { AppId } from '@todo-chatbot/contracts';
import { ensureArtifacts } from './artifacts/artifacts.ts';
import { defaultCacheDir } from './artifacts/layout.mjs';
import { readCredentials } from './credentials.ts';
import { sidecarLaunchSpec } from './dapr/sidecar.ts';
import { readJsonIfPresent } from './files.ts';
import { endProcess, launch } from './launch.ts';
import { stateLayout } from './layout.ts';
import { readCertificate } from './platformPki.ts';
import { type AppPorts, choosePorts } from './platformPorts.ts';
import { platformFactsSchema } from './platformState.ts';
import { answersOk } from './probes.ts';
import { serviceLaunchSpec } from './service.ts';
import { waitFor } from './waitFor.ts';
import { ensureWebApp } from './webApp.ts';
import { readWitnessFacts } from './witness.ts';

const readyDeadlineMs = 60_000;
const stopGraceMs = 20_000;

/** A second process of an app with a sidecar of its own. */
export interface TestReplica {
  readonly ports: AppPorts;
  /** The public door, of a gateway. */
  readonly url: string;
  /** Stops service and sidecar, in that order. */
  stop(): Promise<void>;
}

/** Starts one more replica of an app of a running platform, as a second pod would be: same identity, secrets and database, another name. */
export async function startTestReplica(options: {
  readonly stateDir: string;
  readonly appId: AppId;
  /** Of the pod. */
  readonly name: string;
  /** Variables of the service's own configuration. */
  readonly environment: Readonly<Record<string, string>>;
}): Promise<TestReplica> {
  const { stateDir, appId, name, environment } = options;
  const layout = stateLayout(stateDir);
  const facts = await readJsonIfPresent(layout.factsFile, platformFactsSchema);
  if (!facts) throw new Error(`There is no platform in ${stateDir}.`);
  const quiet = () => undefined;
  const cacheDir = defaultCacheDir(process.env);
  const daprBinDir = process.env.DAPR_BIN_DIR;
  const { daprd } = await ensureArtifacts({
    cacheDir,
    progress: { step: async (_name, work) => work(quiet) },
    ...(daprBinDir === undefined ? {} : { daprBinDir }),
  });
  const credentials = (await readCredentials(layout.secretsDir)).apps[appId];
  const free = await choosePorts({ mode: 'free' }, undefined, quiet);
  const own = free.apps[appId];
  const ports = { ...facts.ports, gateway: free.gateway, apps: { ...facts.ports.apps, [appId]: own } };
  const url = `http://localhost:${ports.gateway}`;
  const sidecar = await launch({
    ...sidecarLaunchSpec({
      program: daprd,
      appId,
      ports: own,
      sentryPort: ports.sentry,
      layout,
      trustAnchors: (await readCertificate(layout, 'mesh-ca')).certificate,
      credentials,
      podName: name,
    }),
    logFile: layout.logFile(`${name}-dapr`),
  });
  const service = await launch({
    ...serviceLaunchSpec({
      appId,
      ports,
      layout,
      witness: await readWitnessFacts(layout, ports.witness),
      url,
      webRoot: await ensureWebApp(cacheDir, quiet),
      credentials,
      environment,
    }),
    logFile: layout.logFile(name),
  });
  const stop = async () => {
    await endProcess(service, 'SIGTERM', stopGraceMs);
    await endProcess(sidecar, 'SIGTERM', stopGraceMs);
  };
  try {
    const isReady = async () => {
      const [app, mesh] = await Promise.all([
        answersOk(`http://127.0.0.1:${own.app}/readyz`),
        answersOk(`http://127.0.0.1:${own.http}/v1.0/healthz`),
      ]);
      return app && mesh ? true : undefined;
    };
    await waitFor(`${name} to be ready`, isReady, readyDeadlineMs);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ports: own, url, stop };
}
