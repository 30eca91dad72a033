// Bootstrap of OpenTelemetry, loaded by `node --import @todo-chatbot/service-kit/telemetry`. The loader hook has to be registered
// before anything that is to be instrumented is imported, so everything else here is imported dynamically. The hook is
// import-in-the-middle's synchronous one: OpenTelemetry's own `hook.mjs` runs the same code on another thread, asks it about every
// module and doubles the time to start. Its version must be the one that @opentelemetry/instrumentation uses, because they share
// their list of hooks; the test of the trace fails when it is not.
import { register } from 'import-in-the-middle/register-hooks.mjs';

register({ include: ['express', 'pg', 'http', 'https', 'node:http', 'node:https'] });

const { startNodeSdk } = await import('@opentelemetry/sdk-node');
const { AlwaysOnSampler, BatchSpanProcessor } = await import('@opentelemetry/sdk-trace');
const { ExpressInstrumentation } = await import('@opentelemetry/instrumentation-express');
const { HttpInstrumentation } = await import('@opentelemetry/instrumentation-http');
const { PgInstrumentation } = await import('@opentelemetry/instrumentation-pg');
const { UndiciInstrumentation } = await import('@opentelemetry/instrumentation-undici');
const { PrometheusExporter } = await import('@opentelemetry/exporter-prometheus');
const { ZipkinExporter } = await import('@opentelemetry/exporter-zipkin');
const { scrubbingProcessor } = await import('./telemetry/scrubSpans.ts');
const { onTelemetryShutdown } = await import('./telemetry/shutdown.ts');
const { traceparentPropagator } = await import('./telemetry/traceparentPropagator.ts');

/** Spans that wait for export; beyond it they are dropped, because telemetry must not fill the process. */
const maxQueuedSpans = 4_096;
const maxSpansPerExport = 512;
const exportIntervalMs = 1_000;
const exportTimeoutMs = 5_000;

/** What comes every second, from everybody, and says nothing of anybody: probes, and the question for denials. */
const untracedPaths = new Set(['/healthz', '/readyz', '/v1/denials']);

const { ZIPKIN_ENDPOINT, METRICS_PORT, LISTEN_ADDRESS, APP_ID = 'unknown' } = process.env;

const exporting = ZIPKIN_ENDPOINT
  ? [
      new BatchSpanProcessor({
        exporter: new ZipkinExporter({ url: ZIPKIN_ENDPOINT, serviceName: APP_ID }),
        maxQueueSize: maxQueuedSpans,
        maxExportBatchSize: maxSpansPerExport,
        scheduledDelayMillis: exportIntervalMs,
        exportTimeoutMillis: exportTimeoutMs,
      }),
    ]
  : [];

const sdk = startNodeSdk({
  resourceAttributes: { 'service.name': APP_ID },
  resourceDetectors: [],
  // The caller's own word is not asked: at the public door it would let whoever has something to hide go untraced.
  sampler: new AlwaysOnSampler(),
  propagators: [traceparentPropagator()],
  spanProcessors: [scrubbingProcessor(), ...exporting],
  metricReaders: METRICS_PORT
    ? [new PrometheusExporter({ host: LISTEN_ADDRESS || '127.0.0.1', port: Number(METRICS_PORT) })]
    : [],
  logRecordProcessors: [],
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: (request) => untracedPaths.has(request.url ?? ''),
    }),
    new ExpressInstrumentation(),
    new UndiciInstrumentation(),
    new PgInstrumentation({ requireParentSpan: true, enhancedDatabaseReporting: false }),
  ],
});
onTelemetryShutdown(() => sdk.shutdown());
