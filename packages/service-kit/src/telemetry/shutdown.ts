let shutdown: () => Promise<void> = async () => undefined;

/** Called by the telemetry bootstrap; without it there is nothing to shut down. */
export function onTelemetryShutdown(work: () => Promise<void>): void {
  shutdown = work;
}

/** Sends what spans are left and stops the metrics endpoint. */
export async function shutdownTelemetry(): Promise<void> {
  await shutdown();
}
