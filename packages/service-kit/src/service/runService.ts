import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { z } from 'zod';
import { systemClock } from '../clock.ts';
import { type BaseConfig, loadConfig } from '../config.ts';
import { createDaprClient } from '../dapr/daprClient.ts';
import { tokenCheck } from '../http/tokenCheck.ts';
import { createLogger, type Logger } from '../logging/logger.ts';
import { shutdownTelemetry } from '../telemetry/shutdown.ts';
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
 * app port (the sidecar waits for it), sidecar, `build`, `start`, ready. SIGTERM and SIGINT undo it in the opposite order.
 */
export async function runService<S extends z.ZodType<BaseConfig>>(options: {
  readonly configSchema: S;
  readonly build: (context: ServiceContext<z.output<S>>) => Promise<BuiltService> | BuiltService;
}): Promise<void> {
  const config = loadConfigOrExit(options.configSchema);
  const logger = createLogger({ appId: config.APP_ID, level: config.LOG_LEVEL });
  exitOnFatalErrors(logger);
  const port = createAppPort(config.APP_API_TOKEN);
  const built: { service?: BuiltService } = {};
  exitOnSignals(logger, async () => {
    await port.drain();
    await built.service?.close();
    await shutdownTelemetry();
  });

  try {
    await port.listen(config.APP_PORT);
    await waitForSidecar(config.DAPR_HTTP_PORT);
    const dapr = createDaprClient({
      appId: config.APP_ID,
      httpPort: config.DAPR_HTTP_PORT,
      apiToken: config.DAPR_API_TOKEN,
      logger,
    });
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

function loadConfigOrExit<S extends z.ZodType<BaseConfig>>(schema: S): z.output<S> {
  try {
    return loadConfig(schema, process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The configuration is unreadable'}\n`);
    process.exit(1);
  }
}

/**
 * The app port is open from the first moment, because the sidecar waits for it before it is whole, and `build` waits for the
 * sidecar. Until {@link AppPort.serve}, and again once draining, it is alive but not ready.
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
