import type { z } from 'zod';
import { systemClock } from '../clock.ts';
import { type BaseConfig, ConfigError, loadConfig } from '../config.ts';
import { createDaprClient } from '../dapr/daprClient.ts';
import { runInRequestContext, serviceContext } from '../http/requestContext.ts';
import { createLogger } from '../logging/logger.ts';
import { ProblemError } from '../problem.ts';
import { waitForSidecar } from './sidecarHealth.ts';
import type { ServiceContext } from './types.ts';

/** A command is given by a person who waits; a running service's sidecar answers at once. */
const sidecarTimeoutMs = 10_000;

/** The command was called wrongly; the message says how to call it. Exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/**
 * Runs an operator's command in the environment of a service, beside its sidecar: `npm run exec` natively, `kubectl exec` in the
 * cluster. Prints what `run` answers; ends with 0, with 1 when it failed, with 2 when it was called wrongly. Faults and the log go to
 * standard error, without values.
 */
export async function runCommand<S extends z.ZodType<BaseConfig>>(options: {
  readonly configSchema: S;
  readonly run: (context: ServiceContext<z.output<S>>, args: readonly string[]) => Promise<string>;
}): Promise<void> {
  try {
    const config = loadConfig(options.configSchema, process.env);
    const destination = { write: (line: string) => void process.stderr.write(line) };
    const logger = createLogger({ appId: config.APP_ID, level: 'warn', destination });
    await waitForSidecar(config.DAPR_HTTP_PORT, sidecarTimeoutMs);
    const dapr = createDaprClient({
      appId: config.APP_ID,
      httpPort: config.DAPR_HTTP_PORT,
      apiToken: config.DAPR_API_TOKEN,
      logger,
    });
    const context = { config, logger, dapr, clock: systemClock };
    const text = await runInRequestContext(serviceContext(config.APP_ID), () =>
      options.run(context, process.argv.slice(2)),
    );
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ProblemError) return error.detail ?? error.message;
  if (error instanceof ConfigError || error instanceof UsageError) return error.message;
  return error instanceof Error ? `The command failed: ${error.message}` : 'The command failed.';
}
