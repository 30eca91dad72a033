import { context, propagation } from '@opentelemetry/api';
import {
  type AppId,
  type AuditEventData,
  type CloudEvent,
  type EventData,
  type EventType,
  newId,
  personOfAuditEvent,
  type RetentionClass,
} from '@todo-chatbot/contracts';
import { type RequestContext, requestContext } from '../http/requestContext.ts';
import { maskText } from '../masking.ts';
import { placeOfAuditField } from '../security/auditBoxes.ts';
import type { PersonBox, SealedPlace } from '../security/personBox.ts';

/** A CloudEvent with id, time and the current `traceparent`. `subject` is the aggregate's id; events of one subject keep their order. */
export function newEvent<T extends EventType>(options: {
  readonly type: T;
  readonly subject: string;
  readonly data: EventData<T>;
  readonly source: AppId;
  /** Made when unset: whatever is sealed for an event needs its id beforehand. */
  readonly id?: string;
}): CloudEvent {
  const carrier: { traceparent?: string; tracestate?: string } = {};
  propagation.inject(context.active(), carrier);
  return {
    specversion: '1.0',
    id: options.id ?? newId('event'),
    source: options.source,
    type: options.type,
    subject: options.subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    ...carrier,
    data: options.data,
  };
}

/** Longest user agent and input that an audit entry keeps, as `auditEventDataSchema` says. */
const maxUserAgentLength = 300;
const maxInputLength = 2_000;

/**
 * An `audit.recorded.v1` event for the topic of the service's audit events, filled from the request context: who, which session, from
 * where, which trace. Its subject is the actor's id. `actor` and `sessionId` override the context where it cannot know them, as at sign-in.
 *
 * `input` holds no personal data; its strings are masked once more. What is personal even when masked belongs into `personalInput`: it
 * is sealed, as the user agent is, with the box of the person whom the event is of ({@link personOfAuditEvent}), if the request
 * has that, and otherwise left out (AUD-4).
 */
export function newAuditEvent(options: {
  readonly context?: RequestContext | undefined;
  readonly action: string;
  readonly category: AuditEventData['category'];
  readonly success: boolean;
  readonly object?: AuditEventData['object'] | undefined;
  readonly input?: AuditEventData['input'] | undefined;
  readonly personalInput?: PersonalInput | undefined;
  readonly reason?: string | null | undefined;
  readonly retentionClass: RetentionClass;
  readonly actor?: AuditEventData['actor'] | undefined;
  readonly sessionId?: string | null | undefined;
}): CloudEvent {
  const about = options.context ?? requestContext();
  if (!about) throw new TypeError('an audit event needs a request context: pass one or run inside runInRequestContext');
  const actor = options.actor ?? actorOf(about);
  const object = options.object ?? null;
  const id = newId('event');
  const personalInput = options.personalInput ?? {};
  const sealed = sealFields(id, boxFor({ actor, object }, about), {
    // Some clients tell an address to write to in it, and anybody may write anything there.
    'metadata.userAgent': masked(about.client.userAgent, maxUserAgentLength),
    ...Object.fromEntries(
      Object.entries(personalInput).map(([name, value]) => [`input.${name}`, masked(value, maxInputLength)]),
    ),
  });
  return newEvent({
    id,
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
      object,
      input: {
        ...maskInput(options.input ?? {}),
        ...Object.fromEntries(Object.keys(personalInput).map((name) => [name, null])),
      },
      metadata: { address: about.client.address, userAgent: null },
      traceId: about.traceId,
      retentionClass: options.retentionClass,
      ...(sealed && { sealed }),
    },
  });
}

/** Inputs that are personal even when they are masked, by name; null where there is none. */
export type PersonalInput = Readonly<Record<string, string | null>>;

function boxFor(event: Parameters<typeof personOfAuditEvent>[0], about: RequestContext): PersonBox | undefined {
  const personId = personOfAuditEvent(event);
  return personId === null ? undefined : about.auditBoxes?.of(personId);
}

function masked(text: string | null, maxLength: number): string | null {
  // Cut before, so that there is no more to mask than is kept, and after: a mask may be longer than what it hides.
  return text === null ? null : maskText(text.slice(0, maxLength)).slice(0, maxLength);
}

/** The fields that have a value, sealed; undefined when there is none, or no box. */
function sealFields(
  eventId: string,
  box: PersonBox | undefined,
  fields: Readonly<Record<string, string | null>>,
): AuditEventData['sealed'] {
  if (!box) return undefined;
  const sealed = Object.entries(fields).flatMap(([field, value]) =>
    value === null ? [] : [[field, sealText(box, placeOfAuditField(eventId, field), value)]],
  );
  return sealed.length === 0 ? undefined : Object.fromEntries(sealed);
}

function sealText(box: PersonBox, place: SealedPlace, text: string): string {
  return Buffer.from(box.seal(place, text)).toString('base64');
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
