import { SpanKind } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import { maskText } from '../masking.ts';

/** Attributes that are personal data, or may hold it, by old and new semantic conventions. */
export const personalAttributes = new Set([
  'client.address',
  'client.port',
  'http.client_ip',
  'http.user_agent',
  'net.peer.ip',
  'net.peer.port',
  'network.peer.address',
  'network.peer.port',
  'url.query',
  'user_agent.original',
]);
/** Attributes that are URLs: their path stays, their query goes. */
export const urlAttributes = new Set(['http.target', 'http.url', 'url.full']);

/**
 * Takes personal data out of spans before they are exported: addresses, user agents, paths asked for and query strings go, every other string is
 * masked as in logs. It must stand before the processor that exports.
 */
export function scrubbingProcessor(): SpanProcessor {
  return {
    onStart: () => undefined,
    onEnd(span) {
      scrub(span.attributes);
      // A path is whatever somebody typed; the route that served it says what matters.
      if (span.kind === SpanKind.SERVER) delete span.attributes['url.path'];
      for (const event of span.events) {
        if (event.attributes) scrub(event.attributes);
      }
      if (span.status.message !== undefined) span.status.message = maskText(span.status.message);
    },
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  };
}

function scrub(attributes: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (personalAttributes.has(name)) delete attributes[name];
    else if (urlAttributes.has(name)) attributes[name] = String(value).split(/[?#]/)[0];
    else if (typeof value === 'string') attributes[name] = maskText(value);
  }
}
