import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { personalAttributes, urlAttributes } from '../src/telemetry/scrubSpans.ts';

const collector = readFileSync(
  new URL('../../../k8s/base/observability/collector/collector.yaml', import.meta.url),
  'utf8',
);

describe('The span collector of the cluster, second wall behind the scrubbing of spans (OBS-1, OBS-2)', () => {
  it('attack: a sidecar writes what a service would have left out: the collector takes out the same attributes', () => {
    for (const name of personalAttributes) assert.ok(collector.includes(`- { action: delete, key: ${name} }`), name);
    for (const name of urlAttributes) {
      assert.ok(collector.includes(`- replace_pattern(span.attributes["${name}"], "[?#].*$", "")`), name);
    }
    assert.ok(collector.includes('delete_key(span.attributes, "url.path") where span.kind == SPAN_KIND_SERVER'));
  });

  it('lets no span pass by its walls, and passes none on that it could not clean', () => {
    const pipelines = collector.slice(collector.indexOf('\n  pipelines:'));
    assert.deepEqual(pipelines.match(/receivers: .*|processors: .*|exporters: .*/g), [
      'receivers: [zipkin]',
      'processors: [memory_limiter, attributes/addresses, transform/urls, redaction, batch]',
      'exporters: [otlp_grpc]',
    ]);
    assert.ok(collector.includes('error_mode: propagate'));
  });
});
