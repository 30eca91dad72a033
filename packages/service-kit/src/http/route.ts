import type { AppId, ConsentPurpose, MeshVerb, Permission, RoutePermission } from '@todo-chatbot/contracts';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { SignedInUser } from '../security/tokenVerifier.ts';
import type { RequestContext } from './requestContext.ts';

/** Schemas of the parts of a request. A part without a schema must be empty; of the headers only the named ones are read. */
export interface RequestSchemas {
  readonly body?: z.ZodType;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly headers?: z.ZodType;
}

/** Schema of the body by status; `z.undefined()` for a status without a body such as 204. */
export type ResponseSchemas = Readonly<Record<number, z.ZodType>>;

/** Headers of an answer, for example `set-cookie` with several values. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;

type Part<R, K extends keyof RequestSchemas> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

/** Handlers may answer with what they may not change. */
type Immutable<T> = T extends readonly (infer E)[]
  ? readonly Immutable<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

type Answer<A> = {
  [S in keyof A]: A[S] extends z.ZodType
    ? [z.input<A[S]>] extends [undefined]
      ? { readonly status: S & number; readonly body?: undefined; readonly headers?: AnswerHeaders }
      : { readonly status: S & number; readonly body: Immutable<z.input<A[S]>>; readonly headers?: AnswerHeaders }
    : never;
}[keyof A];

/** What a handler is given. */
export interface RouteInput<R, P extends RoutePermission> {
  readonly body: Part<R, 'body'>;
  readonly params: Part<R, 'params'>;
  readonly query: Part<R, 'query'>;
  readonly headers: Part<R, 'headers'>;
  /** The signed-in person when the route has a permission, `null` otherwise. */
  readonly user: P extends Permission ? SignedInUser : null;
  /** The calling service; `null` at the public door. */
  readonly caller: AppId | null;
  readonly context: RequestContext;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
}

/** What a raw handler is given besides: it answers on `res` itself. */
export interface RawRouteInput<R, P extends RoutePermission> extends RouteInput<R, P> {
  readonly req: Request;
  readonly res: Response;
}

interface RouteHead<R extends RequestSchemas, P extends RoutePermission> {
  /** OpenAPI operationId, metric label, name in audit entries of refusals. */
  readonly operation: string;
  readonly method: MeshVerb;
  /** Express path with `:name` parameters; matched case-sensitively and strictly. */
  readonly path: string;
  /** What the signed-in person needs; `null`: nobody needs to be signed in. */
  readonly permission: P;
  /** The person must have proved themselves within the last ten minutes (RFC 9470): for acts that a stolen session must not do. */
  readonly stepUp?: boolean;
  /** What the person's data are used for; they must have agreed to it (PRIV-2). Reading and deleting one's own needs no consent. */
  readonly purpose?: P extends Permission ? ConsentPurpose : never;
  readonly request?: R;
  /** Largest body in bytes; 64 KiB when unset. */
  readonly bodyLimitBytes?: number;
}

/** A route that answers with a value, which is validated against `responses`. */
export interface RouteDefinition<R extends RequestSchemas, P extends RoutePermission, A extends ResponseSchemas>
  extends RouteHead<R, P> {
  readonly raw?: false;
  readonly responses: A;
  handler(input: RouteInput<R, P>): Promise<Answer<A>>;
}

/** A route for streams and texts: the handler writes on `res` itself, `responses` is documentation. */
export interface RawRouteDefinition<R extends RequestSchemas, P extends RoutePermission> extends RouteHead<R, P> {
  readonly raw: true;
  readonly responses?: ResponseSchemas;
  handler(input: RawRouteInput<R, P>): Promise<void>;
}

/** What the pipeline hands to any handler, after it parsed each part with the route's own schemas. */
export interface ParsedInput {
  readonly body: unknown;
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly user: SignedInUser | null;
  readonly caller: AppId | null;
  readonly context: RequestContext;
  readonly signal: AbortSignal;
  readonly req: Request;
  readonly res: Response;
}

/** Any handler's answer before it is validated; a raw one has none. */
export interface UncheckedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: AnswerHeaders;
}

/** A route with its types forgotten, as the pipeline runs it. */
export interface Route {
  readonly operation: string;
  readonly method: MeshVerb;
  readonly path: string;
  readonly permission: RoutePermission;
  readonly stepUp?: boolean;
  readonly purpose?: ConsentPurpose;
  readonly request?: RequestSchemas;
  readonly responses?: ResponseSchemas;
  readonly bodyLimitBytes?: number;
  readonly raw?: boolean;
  // biome-ignore lint/suspicious/noConfusingVoidType: a raw handler returns nothing, as its type says.
  handler(input: ParsedInput): Promise<UncheckedAnswer | void>;
}

/**
 * Declares a route. The handler's arguments have the types that the schemas promise, because the pipeline parses each part with
 * those very schemas before it calls; that is why the implementation may forget the types.
 */
export function defineRoute<
  const R extends RequestSchemas,
  const P extends RoutePermission,
  const A extends ResponseSchemas,
>(definition: RouteDefinition<R, P, A> | RawRouteDefinition<R, P>): Route;
export function defineRoute(definition: Route): Route {
  return definition;
}
