import { type Attributes, metrics as api, type ObservableResult } from '@opentelemetry/api';

const meter = () => api.getMeter('service-kit');

/** OpenTelemetry instruments by name; names follow Prometheus (`outbox_pending`, units last). */
export const metrics = {
  /** Counts upwards. */
  counter(name: string): { add(value: number, attributes?: Attributes): void } {
    return meter().createCounter(name);
  },
  /** Distribution of values. */
  histogram(name: string): { record(value: number, attributes?: Attributes): void } {
    return meter().createHistogram(name);
  },
  /** A value read whenever metrics are collected; the returned function stops that. */
  gauge(name: string, read: () => number): () => void {
    const gauge = meter().createObservableGauge(name);
    const callback = (result: ObservableResult) => result.observe(read());
    gauge.addCallback(callback);
    return () => gauge.removeCallback(callback);
  },
} as const;
