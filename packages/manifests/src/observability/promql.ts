/** Jobs that the PodMonitors of `k8s/base/observability/monitoring/monitors.yaml` make; Prometheus calls them namespace/name. */
export const jobs = { services: 'todo-chatbot/services', sidecars: 'todo-chatbot/sidecars' } as const;

/**
 * What a counter rose by in the window, by some of its labels, where it did. `increase` does not see the first event of all: a counter
 * is not there before it, and the rarest events are those that alerts are for.
 */
export function news(counter: string, window: string, by: readonly string[]): string {
  return `sum by (${by.join(', ')}) (increase(${counter}[${window}]) > 0 or (${counter} unless ${counter} offset ${window}))`;
}

/** Share of the public door's requests of the window that failed for a reason of ours. */
export function doorErrorRatio(window: string): string {
  const requests = (more: string) => `sum(rate(request_duration_seconds_count{app="chat-gateway"${more}}[${window}]))`;
  // No request that failed: no series, which is none and not nothing.
  return `(${requests(', status=~"5.."')} or vector(0)) / ${requests('')}`;
}

/** A percentile of a histogram by some of its labels; `share` from 0 to 1. */
export function percentile(share: number, histogram: string, by: readonly string[] = []): string {
  const { name, selector } = split(histogram);
  return `histogram_quantile(${share}, sum by (${['le', ...by].join(', ')}) (rate(${name}_bucket${selector}[$__rate_interval])))`;
}

function split(series: string): { readonly name: string; readonly selector: string } {
  const brace = series.indexOf('{');
  return brace < 0 ? { name: series, selector: '' } : { name: series.slice(0, brace), selector: series.slice(brace) };
}
