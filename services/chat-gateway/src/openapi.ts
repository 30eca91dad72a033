import { type MeshVerb, problemSchema } from '@todo-chatbot/contracts';
import { defineRoute, type Route } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type PublicRouteOptions, publicRoutes } from './routes/publicRoutes.ts';

/** What answers of raw routes are made of; the others are JSON. */
const contentTypes: Readonly<Record<string, readonly string[]>> = {
  postMessage: ['application/json', 'text/event-stream'],
  streamEvents: ['text/event-stream'],
  getCheckpoint: ['text/plain'],
  getProofFile: ['text/plain'],
  getErasureProof: ['text/plain'],
  getLogTile: ['application/octet-stream'],
  getLogKey: ['text/plain'],
  getWitnessKey: ['text/plain'],
  exportAuditEntries: ['application/jsonl', 'text/csv'],
};

/** Headers that security schemes describe, and the one that the edge alone sends. */
const describedElsewhere = ['cookie', 'authorization', 'x-console'];

const stepUpNote =
  'Wants a proof of the last ten minutes: otherwise 401 `auth.step-up-required` (RFC 9470), and `stepUp` comes first.';

const purposeNote = (purpose: string) =>
  `Wants the person's consent to the purpose \`${purpose}\` (\`getConsents\`): otherwise 403 \`consent.required\`.`;

const problem = problemSchema.meta({ id: 'Problem' });

/** The OpenAPI 3.1 document of the routes, from the schemas that guard them (API-1). */
export function openApiDocument(routes: readonly Route[]) {
  const paths: ZodOpenApiPathsObject = {};
  for (const [path, sharing] of Map.groupBy(routes, (route) => route.path)) {
    paths[path.replaceAll(/[:*](\w+)/g, '{$1}')] = Object.fromEntries(
      sharing.map((route) => [methodKey(route.method), operationOf(route)]),
    );
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Todo chatbot',
      version: '1',
      description: 'A secure chat assistant for tasks and appointments. Errors are problem details (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-access',
          description:
            'For our own pages. Unsafe methods need the value of the cookie `__Host-csrf` in `x-csrf-token`.',
        },
      },
    },
    paths,
  });
}

/** The document of the whole public API, without a running service. */
export function publicOpenApiDocument() {
  return openApiDocument([...publicRoutes(undocumentedParts), openApiRoute(() => ({}))]);
}

/** GET openapi.json: the document itself. */
export function openApiRoute(document: () => object): Route {
  return defineRoute({
    operation: 'getOpenApi',
    method: 'GET',
    path: '/api/v1/openapi.json',
    permission: null,
    raw: true,
    responses: { 200: z.record(z.string(), z.unknown()) },
    handler: async ({ res }) => {
      res.setHeader('cache-control', 'no-cache').json(document());
    },
  });
}

const neverCalled = (): never => {
  throw new TypeError('only the shape of the routes is used here');
};

/** A document needs the routes' schemas and none of their handlers. */
const undocumentedParts: PublicRouteOptions = {
  dapr: { invoke: neverCalled, invokeText: neverCalled, invokeBytes: neverCalled },
  tokens: { verify: neverCalled, tokenOf: neverCalled },
  count: neverCalled,
  runChatTurn: neverCalled,
  importTasks: neverCalled,
  store: { latest: neverCalled },
  streams: { open: neverCalled },
  retention: { due: neverCalled, runs: neverCalled },
  csrfKey: Buffer.alloc(0),
  logger: { error: neverCalled },
};

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { params, query, headers, body } = route.request ?? {};
  const types = contentTypes[route.operation] ?? ['application/json'];
  const answers = Object.entries(route.responses ?? {}).map(([status, schema]): [string, object] => [
    status,
    schema instanceof z.ZodUndefined
      ? { description: 'Done' }
      : { description: 'Success', content: Object.fromEntries(types.map((type) => [type, contentOf(type, schema)])) },
  ]);
  return {
    operationId: route.operation,
    ...descriptionOf(route),
    security: route.permission === null ? [] : [{ bearer: [] }, { cookie: [] }],
    // What the edge's list of the console's operations is made from.
    'x-permission': route.permission,
    requestParams: {
      ...(params instanceof z.ZodObject ? { path: params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...headerParams(headers),
    },
    ...(body === undefined ? {} : { requestBody: { content: { 'application/json': { schema: body } } } }),
    responses: {
      ...Object.fromEntries(answers),
      default: { description: 'Problem details', content: { 'application/problem+json': { schema: problem } } },
    },
  };
}

function descriptionOf({ stepUp, purpose }: Route): { description?: string } {
  const notes = [...(stepUp ? [stepUpNote] : []), ...(purpose ? [purposeNote(purpose)] : [])];
  return notes.length === 0 ? {} : { description: notes.join(' ') };
}

function contentOf(type: string, schema: z.ZodType) {
  return { schema: type === 'application/json' ? schema : z.string() };
}

function headerParams(headers: z.ZodType | undefined): { header?: z.ZodObject } {
  if (!(headers instanceof z.ZodObject)) return {};
  const shape = Object.entries(headers.shape).filter(([name]) => !describedElsewhere.includes(name));
  return shape.length === 0 ? {} : { header: z.object(Object.fromEntries(shape)) };
}

function methodKey(method: MeshVerb): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  switch (method) {
    case 'GET':
      return 'get';
    case 'POST':
      return 'post';
    case 'PUT':
      return 'put';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return 'delete';
  }
}

if (import.meta.main) console.log(JSON.stringify(publicOpenApiDocument(), null, 2));
