/** A request with something personal in each of its places, made and answered by a process that service-kit's telemetry traces. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Spans leave a process once a second. */
const exportedAfterMs = 2_000;

const server = createServer((_, response) => response.end('answered')).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('the server has no port');
const url = `http://127.0.0.1:${address.port}/people/canary.path@example.com?canary-query=1`;
await (await fetch(url, { headers: { 'user-agent': 'canary-agent' } })).text();
server.close();
await delay(exportedAfterMs);
