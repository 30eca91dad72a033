import type { AppId } from '@todo-chatbot/contracts';
import { appIds } from '@todo-chatbot/contracts';
import { z } from 'zod';
import { findFreePort, isPortFree } from './ports.ts';

const portSchema = z.int().min(1).max(65_535);

/** Names of the ports outside the apps, with the port that each takes when it is free. */
const sharedPorts = {
  gateway: 8080,
  mail: 8025,
  postgres: 18_001,
  kafka: 18_002,
  kafkaAdmin: 18_003,
  kafkaController: 18_004,
  sentry: 18_005,
  sentryHealth: 18_006,
  zipkin: 18_007,
  witness: 18_008,
} as const;
/** Ports of each app, counted from {@link firstAppPort} on in steps of ten. */
const appPorts = ['app', 'http', 'grpc', 'internal', 'metrics', 'appMetrics'] as const;
const firstAppPort = 18_100;

const appPortsSchema = z.strictObject({
  app: portSchema,
  http: portSchema,
  grpc: portSchema,
  internal: portSchema,
  metrics: portSchema,
  /** Of the app's own Prometheus text. */
  appMetrics: portSchema,
});
export type AppPorts = z.infer<typeof appPortsSchema>;

/** Every port of a platform, all on 127.0.0.1. */
export const platformPortsSchema = z.strictObject({
  gateway: portSchema,
  /** Of the page that shows mail; a state folder from before it was there remembers none. */
  mail: portSchema.default(sharedPorts.mail),
  postgres: portSchema,
  kafka: portSchema,
  kafkaAdmin: portSchema,
  kafkaController: portSchema,
  sentry: portSchema,
  sentryHealth: portSchema,
  zipkin: portSchema,
  /** Of the audit log's witness; a state folder from before it was there remembers none. */
  witness: portSchema.default(sharedPorts.witness),
  apps: z.strictObject({
    auth: appPortsSchema,
    'chat-gateway': appPortsSchema,
    task: appPortsSchema,
    booking: appPortsSchema,
    guardrail: appPortsSchema,
    audit: appPortsSchema,
  }),
});
export type PlatformPorts = z.infer<typeof platformPortsSchema>;

/** Which ports to take. `gatewayPort`: this one or none. `free`: any, so that platforms run side by side. */
export interface PortWish {
  readonly mode: 'usual' | 'free';
  readonly gatewayPort?: number | undefined;
}

/** Finds a port for everything: those of the last start, else the usual ones, else free ones, which `notice` is told of. */
export async function choosePorts(
  wish: PortWish,
  last: PlatformPorts | undefined,
  notice: (text: string) => void,
): Promise<PlatformPorts> {
  const taken = new Set<number>();
  const moved = new Map<string, { usual: number; port: number }>();
  const choose = async (name: string, usual: number): Promise<number> => {
    const candidates = wish.mode === 'free' ? [] : [usual];
    for (const port of candidates) {
      if (!taken.has(port) && (await isPortFree(port))) return take(port);
    }
    const port = take(await findFreePort(taken));
    if (candidates.length > 0) moved.set(name, { usual, port });
    return port;
  };
  const take = (port: number): number => {
    taken.add(port);
    return port;
  };

  const gateway = take(await chooseGateway(wish, last, choose));
  const shared = async (name: Exclude<keyof typeof sharedPorts, 'gateway'>) =>
    choose(name, last?.[name] ?? sharedPorts[name]);
  const ofApp = async (appId: AppId): Promise<AppPorts> => {
    const first = firstAppPort + 10 * appIds.indexOf(appId);
    const one = async (name: (typeof appPorts)[number]) =>
      choose(`${appId} (${name})`, last?.apps[appId][name] ?? first + appPorts.indexOf(name));
    return {
      app: await one('app'),
      http: await one('http'),
      grpc: await one('grpc'),
      internal: await one('internal'),
      metrics: await one('metrics'),
      appMetrics: await one('appMetrics'),
    };
  };
  const ports: PlatformPorts = {
    gateway,
    mail: await shared('mail'),
    postgres: await shared('postgres'),
    kafka: await shared('kafka'),
    kafkaAdmin: await shared('kafkaAdmin'),
    kafkaController: await shared('kafkaController'),
    sentry: await shared('sentry'),
    sentryHealth: await shared('sentryHealth'),
    zipkin: await shared('zipkin'),
    witness: await shared('witness'),
    apps: {
      auth: await ofApp('auth'),
      'chat-gateway': await ofApp('chat-gateway'),
      task: await ofApp('task'),
      booking: await ofApp('booking'),
      guardrail: await ofApp('guardrail'),
      audit: await ofApp('audit'),
    },
  };
  tellOfMoved(moved, notice);
  return ports;
}

const webAddress = 'the web address';

/** A person minds the web address; of all others the number is enough, `npm run status` lists them. */
function tellOfMoved(
  moved: ReadonlyMap<string, { usual: number; port: number }>,
  notice: (text: string) => void,
): void {
  const door = moved.get(webAddress);
  if (door) notice(`Port ${door.usual} is taken: the web address uses ${door.port}.`);
  const others = moved.size - (door ? 1 : 0);
  if (others > 0) notice(`${others} of the ports behind it were taken: free ones are used.`);
}

async function chooseGateway(
  { gatewayPort }: PortWish,
  last: PlatformPorts | undefined,
  choose: (name: string, usual: number) => Promise<number>,
): Promise<number> {
  if (gatewayPort === undefined) return choose(webAddress, last?.gateway ?? sharedPorts.gateway);
  if (await isPortFree(gatewayPort)) return gatewayPort;
  throw new Error(`Port ${gatewayPort} is taken. Name another with --port, or leave it away to have one chosen.`);
}
