import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT } from '@opentelemetry/api';
import { traceparentPropagator } from '../src/telemetry/traceparentPropagator.ts';

describe('What of a trace goes on', () => {
  it('attack: words that a client hides in its trace go no further (PRIV-6)', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const request = { traceparent, tracestate: 'a=ada-example-com', baggage: 'user=ada@example.com' };
    const propagator = traceparentPropagator();
    const onward = {};
    propagator.inject(propagator.extract(ROOT_CONTEXT, request, defaultTextMapGetter), onward, defaultTextMapSetter);
    assert.deepEqual(onward, { traceparent });
  });
});
