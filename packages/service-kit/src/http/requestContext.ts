import { AsyncLocalStorage } from 'node:async_hooks';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { AppId } from '@todo-chatbot/contracts';
import type { PersonBox } from '../security/personBox.ts';
import type { SignedInUser } from '../security/tokenVerifier.ts';

/** Where a request came from, already made coarse: the address has its last part zeroed. */
export interface ClientInfo {
  readonly address: string | null;
  readonly userAgent: string | null;
}

/**
 * Boxes of the people whom a request is known to be about. Audit events are made in the middle of transactions, where nobody may wait
 * for a key: so it is fetched beforehand, and an event about somebody whose key is not here leaves personal fields out (AUD-4).
 */
export interface AuditBoxes {
  /** Fetches a person's box. Never fails: an act is not refused because its user agent cannot be kept. */
  prepare(personId: string): Promise<void>;
  /** The box of a person who was prepared. */
  of(personId: string): PersonBox | undefined;
}

/** What is known of the request being handled. */
export interface RequestContext {
  /** The service that handles it. */
  readonly service: AppId;
  readonly user: SignedInUser | null;
  /** The service that called; `null` at the public door and for events. */
  readonly caller: AppId | null;
  /** W3C trace id, 32 hex digits; `null` when there is no span. */
  readonly traceId: string | null;
  readonly client: ClientInfo;
  /** What personal fields of audit events are sealed with; without it they are left out. */
  readonly auditBoxes?: AuditBoxes;
  /** `event` and `background` work is done by the service itself, not for a person at the door. */
  readonly origin: 'request' | 'event' | 'background';
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The context of the request or event being handled; `undefined` outside of one. */
export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs the work with the given context; {@link requestContext} answers it inside. */
export function runInRequestContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}

/** Context for work that a service does on its own account: events, timers, start-up. */
export function serviceContext(service: AppId, origin: 'event' | 'background' = 'background'): RequestContext {
  return {
    service,
    user: null,
    caller: null,
    traceId: currentTraceId(),
    client: { address: null, userAgent: null },
    origin,
  };
}

/** Trace id of the active span, or `null`. */
export function currentTraceId(): string | null {
  const span = trace.getActiveSpan()?.spanContext();
  return span && isSpanContextValid(span) ? span.traceId : null;
}
