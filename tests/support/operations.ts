import { z } from 'zod';
import { type Answer, call } from './client.ts';

const parameterSchema = z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']) });
const operationSchema = z.looseObject({
  operationId: z.string(),
  parameters: z.array(parameterSchema).default([]),
  requestBody: z
    .object({
      content: z.object({
        'application/json': z.object({
          schema: z.looseObject({ properties: z.record(z.string(), z.unknown()).default({}) }),
        }),
      }),
    })
    .optional(),
});
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

/** One operation as the API's own description has it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly query: readonly string[];
  readonly headers: readonly string[];
  /** Members of the body at the first level; undefined: it takes none. */
  readonly members: readonly string[] | undefined;
}

/** Every operation that the platform's description of itself has. */
export async function readOperations(url: string): Promise<ReadonlyMap<string, Operation>> {
  const { paths } = documentSchema.parse((await call(url, 'GET', '/api/v1/openapi.json')).body);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters, requestBody }]): Operation => {
      const namesIn = (place: string) => parameters.filter((one) => one.in === place).map(({ name }) => name);
      return {
        id: operationId,
        method: method.toUpperCase(),
        path,
        query: namesIn('query'),
        headers: namesIn('header'),
        members: requestBody && Object.keys(requestBody.content['application/json'].schema.properties),
      };
    }),
  );
  return new Map(operations.map((operation) => [operation.id, operation]));
}

/** What a request is made of, besides its operation. */
export interface Request {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  readonly body?: unknown;
  /** In place of `body`: as it is, though it may be no JSON. */
  readonly rawBody?: string;
}

/** Sends a request to an operation. */
export function send(url: string, { method, path }: Operation, request: Request = {}): Promise<Answer> {
  const { params = {}, query = {}, headers = {}, token, body, rawBody } = request;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? name));
  const asked = Object.keys(query).length === 0 ? filled : `${filled}?${new URLSearchParams(query)}`;
  return call(url, method, asked, {
    headers: { ...headers },
    ...(token === undefined ? {} : { token }),
    ...(body === undefined ? {} : { body }),
    ...(rawBody === undefined ? {} : { rawBody }),
  });
}
