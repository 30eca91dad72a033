/** The sidecar has to get its certificate and load its components first. */
const sidecarTimeoutMs = 120_000;
const sidecarPollMs = 100;
/** One look at the sidecar's health. */
const sidecarProbeTimeoutMs = 1_000;

/** Waits until the sidecar can serve secrets and publish. @throws Error after `timeoutMs`, two minutes when unset. */
export async function waitForSidecar(httpPort: number, timeoutMs = sidecarTimeoutMs): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`http://127.0.0.1:${httpPort}/v1.0/healthz/outbound`, {
        signal: AbortSignal.timeout(sidecarProbeTimeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return;
    } catch {
      // Not up yet.
    }
    await new Promise((resolve) => setTimeout(resolve, sidecarPollMs));
  }
  throw new Error(`the sidecar on port ${httpPort} was not ready in ${timeoutMs} ms`);
}
