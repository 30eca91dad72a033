import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { appIds } from '@todo-chatbot/contracts';
import { parseAllDocuments, stringify } from 'yaml';
import { z } from 'zod';
import { ports } from '../src/names.ts';
import { foreignMetrics } from './foreignMetrics.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'k8s/base/observability/monitoring');
const read = (path: string) => readFileSync(path, 'utf8');

const rulesSchema = z.object({
  spec: z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        rules: z.array(
          z.object({
            alert: z.string(),
            expr: z.string(),
            for: z.string().optional(),
            labels: z.object({ severity: z.string() }),
            annotations: z.object({ summary: z.string().min(10), runbook_url: z.string() }),
          }),
        ),
      }),
    ),
  }),
});
const { groups } = rulesSchema.parse(parseAllDocuments(read(join(folder, 'rules.yaml')))[0]?.toJS()).spec;
const alerts = groups.flatMap(({ rules }) => rules);

const panelSchema = z.object({
  id: z.int(),
  type: z.enum(['row', 'timeseries', 'stat']),
  title: z.string().min(1),
  gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  datasource: z.object({ uid: z.literal('$datasource') }).optional(),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string().min(1) }) }).optional(),
  targets: z.array(z.object({ expr: z.string(), refId: z.string() })).optional(),
});
const dashboardSchema = z.object({
  uid: z.string(),
  title: z.string(),
  templating: z.object({ list: z.tuple([z.object({ name: z.literal('datasource'), type: z.literal('datasource') })]) }),
  panels: z.array(panelSchema),
});
const dashboards = globSync('dashboards/*.json', { cwd: folder }).map((path) => ({
  path,
  ...dashboardSchema.parse(JSON.parse(read(join(folder, path)))),
}));
const panelExpressions = dashboards.flatMap(({ title, panels }) =>
  panels.flatMap((panel) =>
    (panel.targets ?? []).map(({ expr }) => ({
      where: `${title}: ${panel.title}`,
      expr: expr.replaceAll('$__rate_interval', '5m'),
    })),
  ),
);
const expressions = [...alerts.map(({ alert, expr }) => ({ where: alert, expr })), ...panelExpressions];

/** Courses of metrics and what they raise. */
const courses = ['alerts.promtool.yaml', 'alertsOverDays.promtool.yaml'];

/** Every series that our code makes, by the names that OpenTelemetry's exporter gives them. */
function metricsOfCode(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of globSync('{packages,services}/*/src/**/*.ts', { cwd: root })) {
    for (const [, kind, name] of read(join(root, path)).matchAll(
      /metrics\s*\.(counter|gauge|histogram|shares)\(\s*'([a-z_]+)'/g,
    )) {
      if (name === undefined) continue;
      if (kind === 'counter' || kind === 'gauge') names.add(name);
      else for (const suffix of ['bucket', 'sum', 'count']) names.add(`${name}_${suffix}`);
    }
  }
  return names;
}

const keywords = new Set(['and', 'or', 'unless', 'offset', 'on', 'by', 'bool', 'ignoring', 'without']);

/** Names of the series in an expression: what stands outside of texts, labels, ranges and groupings, and is no function. */
function metricsIn(expr: string): readonly string[] {
  const bare = expr
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, '')
    .replace(/\boffset\s+\w+/g, '');
  return [...bare.matchAll(/[a-z_][a-z0-9_]*(?!\w)(?!\s*\()/gi)]
    .map(([name]) => name)
    .filter((name) => !keywords.has(name) && !/^\d/.test(name));
}

describe('Alerts and dashboards (OBS-3, OBS-5)', () => {
  it('name only metrics that code of ours makes, or that the list of foreign ones has with its source', () => {
    const known = new Set([...metricsOfCode(), ...Object.values(foreignMetrics).flat()]);
    const unknown = expressions.flatMap(({ where, expr }) =>
      metricsIn(expr).flatMap((name) => (known.has(name) ? [] : [`${where}: ${name}`])),
    );
    assert.deepEqual(unknown, []);
    assert.ok(expressions.every(({ expr }) => metricsIn(expr).length > 0));
    const used = new Set(expressions.flatMap(({ expr }) => metricsIn(expr)));
    assert.deepEqual(
      Object.values(foreignMetrics)
        .flat()
        .filter((name) => !used.has(name)),
      [],
    );
  });

  it('raise every rule of the security monitoring, whose counter tells rule and severity', () => {
    const rule = alerts.find(({ alert }) => alert === 'SecurityAlertRaised');
    assert.match(rule?.expr ?? '', /alerts_raised_total\{severity!="info"\}/);
    assert.equal(rule?.labels.severity, '{{ $labels.severity }}');
    for (const command of ['monitorLog', 'signalSink']) {
      assert.match(
        read(join(root, `services/audit/src/commands/${command}.ts`)),
        /'alerts_raised_total'\)\.add\(1, \{ rule/,
      );
    }
  });

  it('have a runbook for each alert, and no runbook for an alert that is gone', () => {
    const headings = [...read(join(root, 'docs/operations/alerts.md')).matchAll(/^## (\w+)$/gm)].map(
      ([, name]) => name,
    );
    assert.deepEqual(
      headings,
      alerts.map(({ alert }) => alert),
    );
    for (const { alert, annotations } of alerts) {
      assert.equal(annotations.runbook_url, `docs/operations/alerts.md#${alert.toLowerCase()}`);
    }
  });

  it('tell of no person: no expression groups by, and no text shows, anything but names of ours', () => {
    const allowed = new Set([
      ...[
        'action',
        'anchor',
        'app',
        'app_id',
        'class',
        'code',
        'consumergroup',
        'container',
        'deployment',
        'fault',
        'horizontalpodautoscaler',
      ],
      ...['job_name', 'name', 'persistentvolumeclaim', 'pod', 'reason', 'rule', 'severity', 'topic', 'type'],
    ]);
    for (const { alert, annotations } of alerts) {
      for (const [, label] of annotations.summary.matchAll(/\$labels\.(\w+)/g))
        assert.ok(allowed.has(label ?? ''), `${alert}: ${label}`);
    }
  });

  it('are dashboards as Grafana reads them: fixed uids, one data source to choose, units, and no panel over another one', () => {
    assert.equal(new Set(dashboards.map(({ uid }) => uid)).size, 5);
    for (const { path, uid, panels } of dashboards) {
      assert.equal(path, `dashboards/${uid}.json`);
      assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
        assert.ok(x + w <= 24);
        return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
      });
      assert.equal(new Set(cells).size, cells.length, `${uid}: panels overlap`);
      for (const panel of panels.filter(({ type }) => type !== 'row')) {
        assert.ok(panel.datasource && panel.fieldConfig && panel.targets?.length, `${uid}: ${panel.title}`);
      }
    }
    const kustomization = read(join(folder, 'kustomization.yaml'));
    for (const { path } of dashboards) assert.ok(kustomization.includes(`files: [${path}]`), path);
  });

  it('ask the ports where services and sidecars answer, of every service', () => {
    const monitors = parseAllDocuments(read(join(folder, 'monitors.yaml'))).map((document) =>
      JSON.stringify(document.toJS()),
    );
    for (const name of ['services', 'sidecars']) {
      const monitor = monitors.find((text) => text.includes(`"metadata":{"name":"${name}"}`)) ?? '';
      assert.ok(monitor.includes(JSON.stringify(appIds)), name);
    }
    const deployment = read(join(root, 'k8s/base/services/auth/deployment.yaml'));
    assert.match(deployment, new RegExp(`name: metrics\\n\\s+containerPort: ${ports.metrics}\\n`));
    const collector = read(join(root, 'k8s/base/observability/collector/collector.yaml'));
    assert.match(collector, new RegExp(`endpoint: 0.0.0.0:${ports.spans}\\n`));
    assert.match(collector, new RegExp(`port: ${ports.collectorMetrics}\\n`));
  });
});

const promtool = {
  isMissing: spawnSync('promtool', ['--version']).error !== undefined,
  reason: 'promtool is not installed: it is in Debian’s package prometheus',
};
// Where everything has to run, its absence is a failure.
const skip = promtool.isMissing && process.env.CI === undefined ? promtool.reason : false;

describe('Alerts and dashboards before Prometheus’ own promtool (skipped, with the reason, where it is not installed)', {
  skip,
}, () => {
  function promtoolOn(files: Readonly<Record<string, object>>, args: readonly string[]): void {
    const directory = mkdtempSync(join(tmpdir(), 'todo-chatbot-rules-'));
    try {
      for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), stringify(content));
      for (const name of courses) copyFileSync(join(import.meta.dirname, name), join(directory, name));
      const { status, stdout, stderr } = spawnSync('promtool', args, {
        cwd: directory,
        encoding: 'utf8',
        timeout: 60_000,
      });
      assert.equal(status, 0, `${stdout}${stderr}`);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  it('has no fault in any alert', () => {
    promtoolOn({ 'rules.yaml': { groups } }, ['check', 'rules', 'rules.yaml']);
  });

  it('has no fault in any expression of a dashboard', () => {
    const rules = panelExpressions.map(({ expr }, index) => ({ record: `panel:${index}`, expr }));
    promtoolOn({ 'panels.yaml': { groups: [{ name: 'panels', rules }] } }, ['check', 'rules', 'panels.yaml']);
  });

  it('raises each of the grave alerts when its condition holds, a first event included, and none when all is well', () => {
    promtoolOn({ 'rules.yaml': { groups } }, ['test', 'rules', ...courses]);
  });
});
