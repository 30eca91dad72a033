import { propagation, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { OnAppended } from '../events/ingestAuditEvents.ts';

const tracer = trace.getTracer('audit');

/**
 * Ends each act's trace in the log (OBS-1): one span per event, from when its batch was handed to the writer until it was durable.
 * The broker's headers carry no trace context of ours, so it is taken from the event itself.
 */
export const traceAppended: OnAppended = (events, since) => {
  for (const { eventId, traceparent } of events) {
    if (traceparent === undefined) continue;
    const parent = propagation.extract(ROOT_CONTEXT, { traceparent });
    const attributes = { 'messaging.message.id': eventId };
    const options = { kind: SpanKind.CONSUMER, startTime: since, attributes };
    tracer.startSpan('consume audit.recorded.v1', options, parent).end();
  }
};
