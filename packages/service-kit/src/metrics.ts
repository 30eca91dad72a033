import { metrics as api, type Counter, type Histogram, type ObservableResult } from '@opentelemetry/api';

const meter = () => api.getMeter('service-kit');
/** From a cache's answer to a time-out; OpenTelemetry's own boundaries are meant for milliseconds. */
const explicitBucketBoundaries = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const tenths = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const counters = new Map<string, Counter>();
const histograms = new Map<string, Histogram>();

/** OpenTelemetry instruments by name; names follow Prometheus (`outbox_pending`, units last). */
export const metrics = {
  /** Counts upwards. */
  counter(name: string): Counter {
    const counter = counters.get(name) ?? meter().createCounter(name);
    counters.set(name, counter);
    return counter;
  },
  /** Distribution of durations in seconds. */
  histogram(name: string): Histogram {
    const histogram =
      histograms.get(name) ?? meter().createHistogram(name, { unit: 's', advice: { explicitBucketBoundaries } });
    histograms.set(name, histogram);
    return histogram;
  },
  /** Distribution of numbers from 0 to 1. */
  shares(name: string): Histogram {
    const histogram =
      histograms.get(name) ?? meter().createHistogram(name, { advice: { explicitBucketBoundaries: tenths } });
    histograms.set(name, histogram);
    return histogram;
  },
  /** A value read whenever metrics are collected; the returned function stops that. */
  gauge(name: string, read: () => number): () => void {
    const gauge = meter().createObservableGauge(name);
    const callback = (result: ObservableResult) => result.observe(read());
    gauge.addCallback(callback);
    return () => gauge.removeCallback(callback);
  },
} as const;
