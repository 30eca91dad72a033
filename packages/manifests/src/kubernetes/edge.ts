import {
  type ErrorCode,
  errorCodes,
  permissions,
  permissionsOfRole,
  type RoutePermission,
} from '@todo-chatbot/contracts';
import { z } from 'zod';
import { generatedMark } from '../generatedFile.ts';

/** Of the API's OpenAPI document: who may use what. */
const openApiSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ 'x-permission': z.enum(permissions).nullable() }))),
});

/** An operation of the public API, as the edge has to know it. */
interface EdgeOperation {
  /** With its parameters in braces, as OpenAPI writes them. */
  readonly path: string;
  readonly permission: RoutePermission;
}

const folder = 'k8s/base/edge';
/** A value in a path: ids, names and dates of ours are made of these, and nothing that has to be decoded or resolved. */
const segment = String.raw`(?!\.+(?:/|$))[\w.~-]+`;
/** The one parameter that takes several segments: the log's tiles. */
const severalSegments = 'path';

/**
 * What NGINX includes and what follows from the tables: path and text of each file. `openApi` is the document of the public API, with the
 * permission of each operation.
 * @throws ZodError for another document; Error for a path that is of the console and is not
 */
export function edgeFiles(openApi: unknown): Readonly<Record<string, string>> {
  const operations = Object.entries(openApiSchema.parse(openApi).paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, permission: operation['x-permission'] })),
  );
  return {
    [`${folder}/operations.conf`]: operationsText(operations),
    [`${folder}/problems.conf`]: problemsText(),
  };
}

function heading(comment: string): string {
  return `# ${comment}\n# ${generatedMark}: change the tables, not this file.\n`;
}

/**
 * Patterns of paths for a `map`: `console` for what nobody may do who is only a user, `api` for the rest. What matches none is no operation,
 * so that one which is missing here is closed. The edge tells operations
 * apart by path alone.
 */
function operationsText(operations: readonly EdgeOperation[]): string {
  const kinds = [...Map.groupBy(operations, ({ path }) => path)].map(([path, sharing]) => {
    const [kind, ...others] = new Set(sharing.map(({ permission }) => (isForUsers(permission) ? 'api' : 'console')));
    if (kind === undefined || others.length > 0) throw new Error(`${path} is of the console and is not: split it`);
    return { path, kind };
  });
  const lines = (wanted: string) =>
    kinds.flatMap(({ path, kind }) => (kind === wanted ? [`"~^${patternOf(path)}$" "${kind} ${path}";\n`] : []));
  const comment =
    'Operations of the API by path: of the console, which is for internal addresses alone, and of everybody.';
  // The first pattern that matches counts, and a parameter of another path may match a word: the console's come first.
  return [heading(comment), ...lines('console'), ...lines('api')].join('');
}

function isForUsers(permission: RoutePermission): boolean {
  return permission === null || permissionsOfRole.user.includes(permission);
}

function patternOf(path: string): string {
  const literal = path.replaceAll('.', String.raw`\.`);
  return literal.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    name === severalSegments ? `${segment}(?:/${segment})*` : segment,
  );
}

/** An answer that the edge gives by itself. */
interface EdgeProblem {
  readonly location: string;
  /** What NGINX calls these faults. */
  readonly statuses: readonly number[];
  readonly code: ErrorCode;
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const problems: readonly EdgeProblem[] = [
  {
    // A path and no name: a request that is not read as far as its path cannot be sent to a name.
    location: '/.unreadable',
    statuses: [400, 414, 501, 505],
    code: 'request.invalid',
    detail: 'The request cannot be read.',
  },
  { location: '@headers', statuses: [494], code: 'request.invalid', detail: 'The header fields are too large.' },
  { location: '@plain', statuses: [497], code: 'request.invalid', detail: 'This service speaks HTTPS alone.' },
  { location: '@unknown-host', statuses: [421], code: 'request.invalid', detail: 'This host name is not served here.' },
  { location: '@not-found', statuses: [404], code: 'resource.not-found' },
  {
    location: '@method',
    statuses: [405],
    code: 'request.method-not-allowed',
    headers: { Allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' },
  },
  { location: '@too-large', statuses: [413], code: 'request.too-large' },
  // The next request of an address is free within a thirtieth of a second; whole seconds are the least that can be said.
  { location: '@rate-limited', statuses: [429], code: 'request.rate-limited', retryAfterSeconds: 1 },
  // A new replica takes a few seconds to start.
  { location: '@unavailable', statuses: [502, 503, 504], code: 'upstream.unavailable', retryAfterSeconds: 5 },
  { location: '@broken', statuses: [500], code: 'internal.error' },
];

/** `error_page` and its locations, for inclusion in a server: problem details as the services give them. */
function problemsText(): string {
  const comment = 'Answers that the edge gives by itself, as problem details (RFC 9457).';
  return [heading(comment), ...problems.map(problemText)].join('');
}

function problemText({ location, statuses, code, detail, retryAfterSeconds, headers = {} }: EdgeProblem): string {
  const { status, title } = errorCodes[code];
  const body = { type: `urn:todo-chatbot:error:${code}`, title, status, code, detail, retryAfterSeconds };
  // A location with headers of its own takes none from around it.
  const sent = {
    'Strict-Transport-Security': '$strict_transport_security',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    ...(retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) }),
    ...headers,
  };
  return `
error_page ${statuses.join(' ')} =${status} ${location};
location ${location.startsWith('/') ? `= ${location} {\n    internal;` : `${location} {`}
    default_type application/problem+json;
${Object.entries(sent)
  .map(([name, value]) => `    add_header ${name} "${value}" always;\n`)
  .join('')}    return ${status} '${JSON.stringify(body)}';
}
`;
}
