import type { MeshVerb, RoutePermission } from '@todo-chatbot/contracts';
import type { Dapr, Route, SignedInUser } from '@todo-chatbot/service-kit';
import { z } from 'zod';
import type { PersonTokens } from '../personTokens.ts';

/** A call of `auth`; `user`: with that person's own token. */
interface AuthCall<S extends z.ZodType> {
  readonly method: MeshVerb;
  readonly path: string;
  readonly answer: S;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly user?: SignedInUser | null;
  readonly userToken?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An operation that `auth` carries out under the same tail of the path, with the same schemas. */
interface ForwardedOperation {
  readonly operation: string;
  readonly method: MeshVerb;
  /** Public path under `/api/v1/auth` or `/api/v1/admin`. */
  readonly path: string;
  /** Where `auth` has it, when that is not the same tail. */
  readonly pathAtAuth?: string;
  readonly permission: RoutePermission;
  readonly stepUp?: boolean;
  readonly request?: NonNullable<Route['request']>;
  readonly status: 200 | 201 | 202 | 204;
  readonly answer: z.ZodType;
}

/** The `auth` service as the public routes use it. */
export interface AuthService {
  call<S extends z.ZodType>(request: AuthCall<S>): Promise<z.output<S>>;
  /** A public route that only passes on: `auth` decides. */
  forward(operation: ForwardedOperation): Route;
}

/**
 * A password waits for bcrypt behind a queue, twice where it is changed; the sidecar gives up after 10 s, and its word comes before ours.
 * Whoever gives up sooner tells a person that nothing was done, and then it is.
 */
const callTimeoutMs = 12_000;

const querySchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).optional()).optional();
const paramsSchema = z.record(z.string(), z.string()).default({});

/** Calls `auth` through the sidecar. */
export function createAuthService(options: {
  readonly dapr: Pick<Dapr, 'invoke'>;
  readonly tokens: PersonTokens;
}): AuthService {
  const { dapr, tokens } = options;

  async function call<S extends z.ZodType>({ user, answer, ...request }: AuthCall<S>): Promise<z.output<S>> {
    const identity = user ? { userToken: tokens.tokenOf(user) } : {};
    return (
      await dapr.invoke({ appId: 'auth', timeoutMs: callTimeoutMs, ...request, ...identity, responseSchema: answer })
    ).body;
  }

  return {
    call,
    forward({ status, answer, pathAtAuth, ...route }) {
      return {
        ...route,
        responses: { [status]: answer },
        async handler({ body, params, query, user }) {
          const request = {
            method: route.method,
            path: internalPath(pathAtAuth ?? route.path, paramsSchema.parse(params)),
            body,
            query: querySchema.parse(query),
          };
          return { status, body: await call({ ...request, user, answer }) };
        },
      };
    },
  };
}

/** `/api/v1/admin/users/:id` is `/v1/users/usr_…` at `auth`. The route's schema has admitted the parameters: none holds a slash. */
function internalPath(path: string, params: Readonly<Record<string, string>>): string {
  return path
    .replace(/^\/api\/v1\/(?:auth|admin)\//, '/v1/')
    .replaceAll(/:(\w+)/g, (_match, name: string) => params[name] ?? '');
}
