import { get } from 'node:http';

/** Less than the time that the health check of an image has. */
const timeoutMs = 3_000;

/**
 * Health check of a service's container: exit code 0 when it is ready. An image has no shell and no curl. Kubernetes asks by itself and
 * does not use this.
 */
const request = get(
  { host: '127.0.0.1', port: process.env.PROBE_PORT ?? process.env.APP_PORT, path: '/readyz', timeout: timeoutMs },
  (response) => {
    response.resume();
    process.exitCode = response.statusCode === 200 ? 0 : 1;
  },
);
request.on('timeout', () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)));
request.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
