import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  type AppId,
  type CloudEvent,
  cloudEventSchema,
  type EventData,
  type EventType,
  eventRoute,
  eventTypes,
  isEventType,
} from '@todo-chatbot/contracts';
import type { RequestHandler } from 'express';
import { text } from 'express';
import { runInRequestContext, serviceContext } from '../http/requestContext.ts';
import type { Logger } from '../logging/logger.ts';
import { metrics } from '../metrics.ts';

/** `success`: done. `retry`: deliver again later. `drop`: hopeless, goes to the dead-letter topic. */
export type EventOutcome = 'success' | 'retry' | 'drop';

/** A CloudEvent whose `data` has been parsed by the schema of its type. */
export type EventOf<T extends EventType> = Omit<CloudEvent, 'type' | 'data'> & {
  readonly type: T;
  readonly data: EventData<T>;
};

/** One handler per event type that the consumer cares for. */
export type EventHandlers = { readonly [T in EventType]?: EventHandler<T> };
// Written as a method, because methods may be compared with their argument types forgotten.
type EventHandler<T extends EventType> = { handle(event: EventOf<T>): Promise<EventOutcome> }['handle'];

/** The events of one topic for one consumer. */
export interface Subscription {
  readonly topic: string;
  readonly consumer: string;
  /** Handles one delivery, the text of a CloudEvent. Never throws. */
  deliver(delivery: string, logger: Logger, service: AppId): Promise<EventOutcome>;
}

type ErasedHandler = { handle(event: CloudEvent): Promise<EventOutcome> }['handle'];

/** Declares a subscription; {@link createInternalApp} mounts it at `eventRoute(topic)`. */
export function defineSubscription(definition: {
  readonly topic: string;
  readonly consumer: string;
  readonly handlers: EventHandlers;
}): Subscription;
// The handlers' argument types are kept by the parse in `deliver`, so the implementation may forget them.
export function defineSubscription(definition: {
  readonly topic: string;
  readonly consumer: string;
  readonly handlers: Readonly<Partial<Record<EventType, ErasedHandler>>>;
}): Subscription {
  const { topic, consumer, handlers } = definition;

  async function handle(event: CloudEvent, logger: Logger): Promise<EventOutcome> {
    if (!isEventType(event.type)) return 'success';
    const handler = handlers[event.type];
    if (!handler) return 'success';
    const data = eventTypes[event.type].safeParse(event.data);
    if (!data.success) {
      const paths = data.error.issues.map((issue) => issue.path.join('.'));
      logger.error({ topic, consumer, eventId: event.id, type: event.type, paths }, 'an event breaks its schema');
      return 'drop';
    }
    return await handler({ ...event, data: data.data });
  }

  async function traced(event: CloudEvent, logger: Logger, service: AppId): Promise<EventOutcome> {
    const parent = propagation.extract(ROOT_CONTEXT, { traceparent: event.traceparent, tracestate: event.tracestate });
    const span = trace.getTracer('service-kit').startSpan(
      `consume ${event.type}`,
      {
        kind: SpanKind.CONSUMER,
        attributes: { 'messaging.destination.name': topic, 'messaging.message.id': event.id },
      },
      parent,
    );
    return await context.with(trace.setSpan(parent, span), async () => {
      try {
        return await runInRequestContext(serviceContext(service, 'event'), () => handle(event, logger));
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        logger.error({ err: error, topic, consumer, eventId: event.id, type: event.type }, 'an event handler threw');
        return 'retry';
      } finally {
        span.end();
      }
    });
  }

  return {
    topic,
    consumer,
    async deliver(delivery, logger, service) {
      const event = parseEvent(delivery);
      if (!event) logger.error({ topic, consumer }, 'a delivery is no CloudEvent of ours');
      const outcome = event ? await traced(event, logger, service) : 'drop';
      metrics.counter('events_consumed_total').add(1, { topic, consumer, outcome });
      return outcome;
    },
  };
}

/** Kafka's own limit for a message is 1 MB. */
const maxDeliveryBytes = 1_100_000;

/** Route handlers for the sidecar's deliveries; the outcome travels in the body, as daprd wants it. */
export function subscriptionHandlers(subscription: Subscription, logger: Logger, service: AppId): RequestHandler[] {
  const readText = text({ type: () => true, limit: maxDeliveryBytes });
  return [
    (req, res, next) =>
      readText(req, res, (error: unknown) => {
        if (error) logger.error({ err: error, topic: subscription.topic }, 'a delivery could not be read');
        // What cannot be read is malformed for good; it ends in the dead-letter topic instead of coming back for ever.
        if (error) req.body = '';
        next();
      }),
    async (req, res) => {
      const delivery: unknown = req.body;
      const outcome = await subscription.deliver(typeof delivery === 'string' ? delivery : '', logger, service);
      res.status(200).json({ status: outcome.toUpperCase() });
    },
  ];
}

function parseEvent(delivery: string): CloudEvent | undefined {
  try {
    const parsed = cloudEventSchema.safeParse(JSON.parse(delivery));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Path of the route at which the sidecar delivers the subscription's topic. */
export function subscriptionPath(subscription: Subscription): string {
  return eventRoute(subscription.topic);
}
