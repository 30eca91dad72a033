import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { type BaseConfig, loadConfig } from '../config.ts';
import type { Dapr } from '../dapr/dapr.ts';
import { createDaprClient } from '../dapr/daprClient.ts';
import { createDatabasePool } from '../database/pool.ts';
import { waitForSchema } from '../database/waitForSchema.ts';
import { tokenCheck } from '../http/tokenCheck.ts';
import { createLogger, type Logger } from '../logging/logger.ts';
import { shutdownTelemetry } from '../telemetry/shutdown.ts';
import { createProbeServer } from './probeServer.ts';
import { waitForSidecar } from './sidecarHealth.ts';
import type { BuiltService, ServiceContext } from './types.ts';

/** Requests under way may take this long after the signal. */
const drainMs = 10_000;
/** The whole shutdown; the platform kills soon after. */
const shutdownMs = 25_000;
/** A whole request, body included, has to arrive in this time. */
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/**
 * Runs a service from start to exit; the only place that reads the environment and ends the process. Order: configuration, logger,
 * probes, sidecar, schema, app port, `build`, `start`, ready. SIGTERM and SIGINT undo it in the opposite order.
 *
 * The sidecar serves secrets before the app port is open, and delivers nothing until it is: while the schema is waited for, events stay in
 * Kafka. Behind an open port they would be refused, and go to the dead letters.
 */
export async function runService<S extends z.ZodType<BaseConfig>>(options: {
  readonly configSchema: S;
  readonly build: (context: ServiceContext<z.output<S>>) => Promise<BuiltService> | BuiltService;
  /** Folder with the service's migrations; it starts once all have been applied. */
  readonly migrations: string;
}): Promise<void> {
  const config = loadConfigOrExit(options.configSchema);
  const logger = createLogger({ appId: config.APP_ID, level: config.LOG_LEVEL });
  exitOnFatalErrors(logger);
  const port = createAppPort(config.APP_API_TOKEN);
  const built: { service?: BuiltService } = {};
  const probes = createProbeServer(async () => port.isServing() && (await built.service?.isReady()) === true);
  exitOnSignals(logger, async () => {
    await port.drain();
    await built.service?.close();
    await shutdownTelemetry();
    probes.close();
  });

  try {
    if (config.PROBE_PORT !== undefined) await probes.listen(config.PROBE_PORT, config.LISTEN_ADDRESS);
    await waitForSidecar(config.DAPR_HTTP_PORT);
    const dapr = createDaprClient({
      appId: config.APP_ID,
      httpPort: config.DAPR_HTTP_PORT,
      apiToken: config.DAPR_API_TOKEN,
      logger,
    });
    await untilSchemaIsThere({ config, dapr, logger, migrations: options.migrations });
    await port.listen(config.APP_PORT);
    const service = await options.build({ config, logger, dapr, clock: systemClock });
    built.service = service;
    await service.start();
    port.serve(service.app);
    const isReady = await service.isReady().catch(() => false);
    logger.info({ port: config.APP_PORT, isReady }, 'started');
  } catch (error) {
    logger.fatal({ err: error }, 'the service could not start');
    process.exit(1);
  }
}

const databaseSecretSchema = z.object({ password: z.string().min(1) });

async function untilSchemaIsThere(options: {
  readonly config: BaseConfig;
  readonly dapr: Dapr;
  readonly logger: Logger;
  readonly migrations: string;
}): Promise<void> {
  const { config, dapr, logger, migrations } = options;
  const { password } = databaseSecretSchema.parse(await dapr.secret(`${config.APP_ID}-database`));
  const pool = createDatabasePool({ config, password, logger });
  try {
    await waitForSchema({ pool, migrations, logger });
  } finally {
    await pool.end();
  }
}

function loadConfigOrExit<S extends z.ZodType<BaseConfig>>(schema: S): z.output<S> {
  try {
    return loadConfig(schema, process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The configuration is unreadable'}\n`);
    process.exit(1);
  }
}

/**
 * The app port is open before `build`, because the sidecar waits for it before it is whole, and the start of a service asks other
 * services. Until `serve`, and again once draining, it is alive but not ready.
 */
function createAppPort(appApiToken: string) {
  const isSidecar = tokenCheck(appApiToken);
  let handler: Handler = answerStarting;
  let draining = false;
  const server: Server = createServer((req, res) => {
    if (draining) res.setHeader('connection', 'close');
    if (req.url === '/dapr/subscribe' && isSidecar(req.headers['dapr-api-token'])) answerSubscriptions(res);
    else if (draining && req.url === '/readyz') answerStarting(req, res);
    else handler(req, res);
  });
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = headersTimeoutMs;
  // The only client is the own sidecar, which keeps its connections; closing one that it is about to use would fail a call.
  server.keepAliveTimeout = 0;

  return {
    listen: (port: number) =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', resolve);
      }),
    serve(app: Handler) {
      handler = app;
    },
    /** Between `serve` and `drain`. */
    isServing: () => handler !== answerStarting && !draining,
    /** Takes no new connections and waits, bounded, for the requests under way. */
    async drain() {
      draining = true;
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearInterval(idle);
      clearTimeout(deadline);
    },
  };
}

/** daprd asks for subscriptions as soon as the port is open, and logs an error for anything but a list; ours are declarative. */
function answerSubscriptions(res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'application/json' });
  res.end('[]');
}

/** A delivery that comes too early gets a 503 and comes again. */
function answerStarting(req: IncomingMessage, res: ServerResponse): void {
  const alive = req.url === '/healthz';
  res.writeHead(alive ? 200 : 503, { 'content-type': 'application/json', ...(alive ? {} : { 'retry-after': '1' }) });
  res.end(JSON.stringify({ status: alive ? 'ok' : 'not ready' }));
}

function exitOnFatalErrors(logger: Logger): void {
  const fail = (error: unknown) => {
    logger.fatal({ err: error }, 'a fault that nobody caught ends the process');
    process.exit(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}

function exitOnSignals(logger: Logger, close: () => Promise<void>): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) {
      logger.warn({ signal }, 'a second signal ends the process at once');
      process.exit(1);
    }
    stopping = true;
    logger.info({ signal }, 'shutting down');
    setTimeout(() => {
      logger.error({ deadlineMs: shutdownMs }, 'the shutdown took too long');
      process.exit(1);
    }, shutdownMs).unref();
    close().then(
      () => {
        logger.info('shut down');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the shutdown failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
