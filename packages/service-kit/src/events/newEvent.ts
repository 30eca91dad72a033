import { context, propagation } from '@opentelemetry/api';
import {
  type AppId,
  type AuditEventData,
  type CloudEvent,
  type EventData,
  type EventType,
  newId,
  type RetentionClass,
} from '@todo-chatbot/contracts';
import { type RequestContext, requestContext } from '../http/requestContext.ts';
import { maskText } from '../masking.ts';

/** A CloudEvent with id, time and the current `traceparent`. `subject` is the aggregate's id; events of one subject keep their order. */
export function newEvent<T extends EventType>(options: {
  readonly type: T;
  readonly subject: string;
  readonly data: EventData<T>;
  readonly source: AppId;
}): CloudEvent {
  const carrier: { traceparent?: string; tracestate?: string } = {};
  propagation.inject(context.active(), carrier);
  return {
    specversion: '1.0',
    id: newId('event'),
    source: options.source,
    type: options.type,
    subject: options.subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    ...carrier,
    data: options.data,
  };
}

/** Longest user agent that an audit entry keeps. */
const maxUserAgentLength = 300;

/**
 * An `audit.recorded.v1` event for the topic `audit.events`, filled from the request context: who, which session, from where,
 * which trace. Its subject is the actor's id. `actor` and `sessionId` override the context where it cannot know them, as at sign-in.
 * `input` holds no personal data; its strings are masked once more, as is the user agent.
 */
export function newAuditEvent(options: {
  readonly context?: RequestContext | undefined;
  readonly action: string;
  readonly category: AuditEventData['category'];
  readonly success: boolean;
  readonly object?: AuditEventData['object'] | undefined;
  readonly input?: AuditEventData['input'] | undefined;
  readonly reason?: string | null | undefined;
  readonly retentionClass: RetentionClass;
  readonly actor?: AuditEventData['actor'] | undefined;
  readonly sessionId?: string | null | undefined;
}): CloudEvent {
  const about = options.context ?? requestContext();
  if (!about) throw new TypeError('an audit event needs a request context: pass one or run inside runInRequestContext');
  const actor = options.actor ?? actorOf(about);
  return newEvent({
    type: 'audit.recorded.v1',
    subject: actor.id ?? actor.type,
    source: about.service,
    data: {
      service: about.service,
      actor,
      sessionId: options.sessionId ?? about.user?.sessionId ?? null,
      category: options.category,
      action: options.action,
      success: options.success,
      reason: options.reason ?? null,
      object: options.object ?? null,
      input: maskInput(options.input ?? {}),
      metadata: {
        address: about.client.address,
        // Some clients tell an address to write to in it, and anybody may write anything there.
        userAgent: maskUserAgent(about.client.userAgent),
      },
      traceId: about.traceId,
      retentionClass: options.retentionClass,
    },
  });
}

function maskUserAgent(userAgent: string | null): string | null {
  return userAgent === null ? null : maskText(userAgent.slice(0, maxUserAgentLength)).slice(0, maxUserAgentLength);
}

function actorOf(about: RequestContext): AuditEventData['actor'] {
  if (about.user) return { type: 'user', id: about.user.userId };
  return about.origin === 'request' ? { type: 'anonymous', id: null } : { type: 'service', id: about.service };
}

function maskInput(input: AuditEventData['input']): AuditEventData['input'] {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [
      key,
      typeof value === 'string' ? maskText(value) : Array.isArray(value) ? value.map(maskText) : value,
    ]),
  );
}
