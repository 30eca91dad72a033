import type { TextMapPropagator } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

/**
 * The trace context of W3C, of which `traceparent` alone is read: `tracestate` and baggage hold whatever a client makes up, and would
 * carry it through the whole mesh and into events, where it rests (PRIV-6). Nobody here makes use of them.
 */
export function traceparentPropagator(): TextMapPropagator {
  const w3c = new W3CTraceContextPropagator();
  return {
    inject: (context, carrier, setter) => w3c.inject(context, carrier, setter),
    extract: (context, carrier, getter) =>
      w3c.extract(context, carrier, {
        keys: (from) => getter.keys(from),
        get: (from, key) => (key === 'traceparent' ? getter.get(from, key) : undefined),
      }),
    fields: () => ['traceparent'],
  };
}
