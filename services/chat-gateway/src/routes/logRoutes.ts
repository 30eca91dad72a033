import {
  consistencyProofQuerySchema,
  consistencyProofSchema,
  type LogKeys,
  logKeysSchema,
} from '@todo-chatbot/contracts';
import { type Dapr, defineRoute, ProblemError, type Route } from '@todo-chatbot/service-kit';
import { parseTilePath } from '@todo-chatbot/transparency-log';
import { z } from 'zod';

interface LogRouteOptions {
  readonly dapr: Pick<Dapr, 'invoke' | 'invokeText' | 'invokeBytes'>;
}

/** Where the log is served, as C2SP tlog-tiles lays it out. */
const logPath = '/api/v1/audit/log/';
/** Of what will never be other bytes. One year, the longest that means anything. */
const immutable = 'public, max-age=31536000, immutable';
/** Of keys: they change hardly ever, and whoever waits for a new one should not wait for long. */
const anHour = 'public, max-age=3600';

/** The path's segments after `tile`; what they have to be is for {@link parseTilePath} to say. */
const tilePathSchema = z.array(z.string()).meta({
  description: 'Of a tile or bundle, with its slashes, as C2SP tlog-tiles lays down: `0/x001/234.p/8`',
  // OpenAPI knows no parameter of several segments.
  override: ({ jsonSchema }) => {
    jsonSchema.type = 'string';
    delete jsonSchema.items;
  },
});

/** The log for everybody, without signing in: standard clients check it, and any may keep a checkpoint as a witness (AUD-3). */
export function logRoutes({ dapr }: LogRouteOptions): Route[] {
  const keys = async (): Promise<LogKeys> => {
    const request = { appId: 'audit', method: 'GET', path: '/v1/log/keys', responseSchema: logKeysSchema } as const;
    return (await dapr.invoke(request)).body;
  };
  return [
    defineRoute({
      operation: 'getCheckpoint',
      method: 'GET',
      path: `${logPath}checkpoint`,
      permission: null,
      raw: true,
      responses: { 200: z.string() },
      handler: async ({ res }) => {
        const { body } = await dapr.invokeText({ appId: 'audit', method: 'GET', path: '/v1/log/checkpoint' });
        res.setHeader('cache-control', 'no-store');
        res.status(200).type('text/plain').send(body);
      },
    }),
    defineRoute({
      operation: 'getLogTile',
      method: 'GET',
      path: `${logPath}tile/*path`,
      permission: null,
      raw: true,
      request: { params: z.strictObject({ path: tilePathSchema }) },
      responses: { 200: z.string() },
      handler: async ({ req, res }) => {
        // Not from the parameter: that one is decoded, and a tile has one spelling.
        const path = internalPathOf(req.path.slice(logPath.length));
        const { body } = await dapr.invokeBytes({ appId: 'audit', method: 'GET', path });
        res.setHeader('cache-control', immutable);
        res.status(200).type('application/octet-stream').send(body);
      },
    }),
    defineRoute({
      operation: 'getConsistencyProof',
      method: 'GET',
      path: `${logPath}consistency`,
      permission: null,
      request: { query: consistencyProofQuerySchema },
      responses: { 200: consistencyProofSchema },
      handler: async ({ query }) => {
        const request = { appId: 'audit', method: 'GET', path: '/v1/log/consistency', query } as const;
        const { body } = await dapr.invoke({ ...request, responseSchema: consistencyProofSchema });
        return { status: 200, body };
      },
    }),
    defineRoute({
      operation: 'getLogKey',
      method: 'GET',
      path: `${logPath}log.vkey`,
      permission: null,
      raw: true,
      responses: { 200: z.string() },
      handler: async ({ res }) => {
        const { log } = await keys();
        res.status(200).set('cache-control', anHour).type('text/plain').send(`${log}\n`);
      },
    }),
    defineRoute({
      operation: 'getWitnessKey',
      method: 'GET',
      path: `${logPath}witness.vkey`,
      permission: null,
      raw: true,
      responses: { 200: z.string() },
      handler: async ({ res }) => {
        const { witness } = await keys();
        if (witness === null) throw new ProblemError('resource.not-found');
        res.status(200).set('cache-control', anHour).type('text/plain').send(`${witness}\n`);
      },
    }),
  ];
}

/** The path by which `audit` knows a tile or bundle. @throws ProblemError `audit.tile-not-found` for what is no path of one. */
function internalPathOf(path: string): string {
  const asked = parseTilePath(path);
  if (!asked) throw new ProblemError('audit.tile-not-found');
  if (asked.bundle) return `/v1/log/bundles/${asked.bundle.index}_${asked.bundle.width}`;
  const { level, index, width } = asked.tile;
  return `/v1/log/tiles/${level}_${index}_${width}`;
}
