import type { GeneratedFile } from '../generatedFile.ts';
import { labelsOf } from '../kubernetes/pod.ts';
import { namespace } from '../names.ts';
import { type AlertGroup, alertGroups } from './alerts.ts';
import { dashboards, grafanaModel } from './dashboards.ts';

const folder = 'k8s/base/observability/monitoring';
const runbook = 'docs/operations/alerts.md';

/** Alerts for Prometheus and dashboards for Grafana (OBS-3, OBS-5). What is scraped is written by hand beside them. */
export function observabilityFiles(): readonly GeneratedFile[] {
  return [
    {
      path: `${folder}/rules.yaml`,
      comment: `Alerts; ${runbook} says what to do about each of them.`,
      documents: [
        {
          apiVersion: 'monitoring.coreos.com/v1',
          kind: 'PrometheusRule',
          metadata: { name: 'todo-chatbot', namespace, labels: labelsOf('alerts') },
          spec: { groups: alertGroups.map(ruleGroup) },
        },
      ],
    },
    ...dashboards.map((dashboard) => ({
      path: `${folder}/dashboards/${dashboard.uid}.json`,
      comment: dashboard.title,
      documents: [grafanaModel(dashboard)],
    })),
  ];
}

function ruleGroup({ name, alerts }: AlertGroup): object {
  return {
    name,
    rules: alerts.map((alert) => ({
      alert: alert.name,
      expr: alert.expr,
      ...(alert.for === undefined ? {} : { for: alert.for }),
      labels: { severity: alert.severity },
      annotations: { summary: alert.summary, runbook_url: `${runbook}#${alert.name.toLowerCase()}` },
    })),
  };
}
