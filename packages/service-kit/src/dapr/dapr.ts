import type { AppId, CloudEvent, MeshVerb } from '@todo-chatbot/contracts';
import type { z } from 'zod';

/** Carries the query of an invocation: the sidecars write every URL into their spans, and a list's name is nobody's business (PRIV-6). */
export const queryHeader = 'x-query';

/** A call of another service. */
export interface InvokeRequest {
  readonly appId: AppId;
  readonly method: MeshVerb;
  /** Path of the callee's route with its parameters filled in; letters, digits and `-_.~/` only. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The person's access token, which the callee verifies again. */
  readonly userToken?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly idempotencyKey?: string | undefined;
  /** Default 5 s. */
  readonly timeoutMs?: number | undefined;
  /** Ends the call early, for example because the person went away. */
  readonly signal?: AbortSignal | undefined;
}

/** Answer of another service, its body parsed. */
export interface InvokeAnswer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** The own sidecar's HTTP API. */
export interface Dapr {
  /**
   * Calls another service. The body is parsed by `responseSchema`, which sees `undefined` when there is none (204).
   * @throws ProblemError with the callee's code, status and text; `access.caller-denied` when the mesh refused;
   * `upstream.unavailable` when nobody answered in time.
   */
  invoke<S extends z.ZodType>(
    request: InvokeRequest & { readonly responseSchema: S },
  ): Promise<InvokeAnswer<z.output<S>>>;
  /** As {@link Dapr.invoke}, for answers that are text. */
  invokeText(request: InvokeRequest): Promise<InvokeAnswer<string>>;
  /** As {@link Dapr.invoke}, for answers that are bytes; at most 2 MB as all of them. */
  invokeBytes(request: InvokeRequest): Promise<InvokeAnswer<Buffer>>;
  /** Publishes an event with its subject as partition key; returns when the broker has acknowledged it. */
  publish(request: { readonly topic: string; readonly event: CloudEvent }): Promise<void>;
  /** A secret of the secret store that this app may read (MESH-5). */
  secret(name: string): Promise<Readonly<Record<string, string>>>;
}
