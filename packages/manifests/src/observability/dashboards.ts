import { namespace } from '../names.ts';
import { doorErrorRatio, jobs, news, percentile } from './promql.ts';

/** Units as Grafana names them. */
type Unit = 's' | 'percentunit' | 'short' | 'reqps' | 'ops' | 'bytes' | 'dateTimeFromNow';

/** What a panel draws: expressions with the legend of each of their series. */
interface Panel {
  readonly title: string;
  readonly unit: Unit;
  /** A number that stands for now, in place of a course. */
  readonly isStat?: true;
  readonly queries: readonly { readonly expr: string; readonly legend: string }[];
  /** What it means, where the title does not say it. */
  readonly description?: string;
}

/** One dashboard (OBS-5). */
export interface Dashboard {
  /** Fixed, so that links and bookmarks last; also the file's name. */
  readonly uid: string;
  readonly title: string;
  readonly rows: readonly { readonly title: string; readonly panels: readonly Panel[] }[];
}

const here = `namespace="${namespace}"`;
const window = '$__rate_interval';

const query = (expr: string, legend: string) => ({ expr, legend });

/** A course with one expression. */
function course(title: string, unit: Unit, expr: string, legend: string, description?: string): Panel {
  return { title, unit, queries: [query(expr, legend)], ...(description === undefined ? {} : { description }) };
}

/** A number for now. */
function stat(title: string, unit: Unit, expr: string, description?: string): Panel {
  return { ...course(title, unit, expr, '', description), isStat: true };
}

/** Two percentiles of a histogram by a label. */
function latency(title: string, histogram: string, by: string): Panel {
  return {
    title,
    unit: 's',
    queries: [0.5, 0.95].map((share) =>
      query(percentile(share, histogram, [by]), `{{${by}}} p${Math.round(share * 100)}`),
    ),
  };
}

const overview: Dashboard = {
  uid: 'todo-chatbot-overview',
  title: 'todo-chatbot: overview',
  rows: [
    {
      title: 'The public door',
      panels: [
        stat('Requests that failed, last 30 days', 'percentunit', doorErrorRatio('30d'), 'The objective is 0.1 %.'),
        stat(
          'Chat turns within a second, last hour',
          'percentunit',
          'sum(rate(chat_turn_seconds_bucket{le="1"}[1h])) / sum(rate(chat_turn_seconds_count[1h]))',
          'The objective is 99 %.',
        ),
        stat(
          'Alerts in the console',
          'short',
          'max(alerts_open)',
          'Raised by the security monitoring and not acknowledged.',
        ),
      ],
    },
    {
      title: 'Services',
      panels: [
        course('Requests', 'reqps', `sum by (app) (rate(request_duration_seconds_count[${window}]))`, '{{app}}'),
        course(
          'Requests that failed',
          'percentunit',
          `(sum by (app) (rate(request_duration_seconds_count{status=~"5.."}[${window}])) or 0 * sum by (app) (rate(request_duration_seconds_count[${window}]))) / sum by (app) (rate(request_duration_seconds_count[${window}]))`,
          '{{app}}',
        ),
        latency('Time to answer', 'request_duration_seconds', 'app'),
        course(
          'Processor, cores',
          'short',
          `sum by (container) (rate(container_cpu_usage_seconds_total{${here}, container!=""}[${window}]))`,
          '{{container}}',
        ),
        course(
          'Memory of its limit',
          'percentunit',
          `max by (container) (container_memory_working_set_bytes{${here}, container!=""}) / max by (container) (kube_pod_container_resource_limits{${here}, resource="memory"})`,
          '{{container}}',
        ),
        {
          title: 'Replicas',
          unit: 'short',
          queries: [query(`kube_deployment_status_replicas_available{${here}}`, '{{deployment}}')],
        },
      ],
    },
    {
      title: 'What is busiest and slowest',
      panels: [
        course(
          'Requests by operation',
          'reqps',
          `topk(10, sum by (app, operation) (rate(request_duration_seconds_count[${window}])))`,
          '{{app}} {{operation}}',
        ),
        course(
          'Slowest operations (p95)',
          's',
          `topk(10, ${percentile(0.95, 'request_duration_seconds', ['app', 'operation'])})`,
          '{{app}} {{operation}}',
        ),
        course(
          'Database connections in use',
          'short',
          'sum by (app) (db_client_connection_count{db_client_connection_state="used"})',
          '{{app}}',
        ),
      ],
    },
  ],
};

const chat: Dashboard = {
  uid: 'todo-chatbot-chat',
  title: 'todo-chatbot: chat turns',
  rows: [
    {
      title: 'Turns',
      panels: [
        course('Turns by intent', 'ops', `sum by (intent) (rate(chat_turn_seconds_count[${window}]))`, '{{intent}}'),
        latency('Time of a turn', 'chat_turn_seconds', 'intent'),
        course('Live streams open', 'short', 'sum by (pod) (live_streams)', '{{pod}}'),
      ],
    },
    {
      title: 'By stage',
      panels: [
        latency('Judging', 'guardrail_judgement_duration_seconds', 'direction'),
        latency('Tasks', 'request_duration_seconds{app="task"}', 'operation'),
        latency('The door', 'request_duration_seconds{app="chat-gateway", operation="postMessage"}', 'status'),
      ],
    },
    {
      title: 'Guardrail',
      panels: [
        course(
          'Verdicts',
          'ops',
          `sum by (direction, verdict) (rate(guardrail_judgements_total[${window}]))`,
          '{{direction}} {{verdict}}',
        ),
        course(
          'What blocked or masked',
          'ops',
          `sum by (layer, reason) (rate(guardrail_judgements_total{verdict!="allow"}[${window}]))`,
          '{{layer}} {{reason}}',
        ),
        course(
          'Texts that could not be judged',
          'ops',
          `sum by (direction, fault) (rate(guardrail_unavailable_total[${window}]))`,
          '{{direction}} {{fault}}',
          'Such a message is refused, and such a reply withheld.',
        ),
        course('Drift of scores', 'short', 'max(guardrail_drift_index)', 'index', '-1: not known yet.'),
        course(
          'Version of the settings',
          'short',
          'max by (pod) (guardrail_settings_version)',
          '{{pod}}',
          'All replicas should have one.',
        ),
        {
          title: 'Scores',
          unit: 'percentunit',
          queries: [query(percentile(0.95, 'guardrail_score', ['direction']), '{{direction}} p95')],
        },
      ],
    },
  ],
};

const messaging: Dashboard = {
  uid: 'todo-chatbot-messaging',
  title: 'todo-chatbot: messaging',
  rows: [
    {
      title: 'Outbox',
      panels: [
        course('Events that wait', 'short', 'max by (app) (outbox_pending)', '{{app}}'),
        course('Age of the oldest', 's', 'max by (app) (outbox_lag_seconds)', '{{app}}'),
        course('Sent', 'ops', `sum by (topic) (rate(outbox_published_total[${window}]))`, '{{topic}}'),
        course(
          'Failed to send',
          'ops',
          `sum by (app, topic) (rate(outbox_failures_total[${window}]))`,
          '{{app}} {{topic}}',
        ),
      ],
    },
    {
      title: 'Consumers',
      panels: [
        course(
          'Messages to read',
          'short',
          'sum by (consumergroup, topic) (kafka_consumergroup_lag)',
          '{{consumergroup}} {{topic}}',
        ),
        course(
          'Handled',
          'ops',
          `sum by (consumer, topic, outcome) (rate(events_consumed_total[${window}]))`,
          '{{consumer}} {{topic}} {{outcome}}',
          'What came twice is a success: the inbox knows it.',
        ),
        course('Dead letters found', 'short', news('audit_dead_letters_found_total', '1h', ['topic']), '{{topic}}'),
      ],
    },
    {
      title: 'Into the audit log',
      panels: [
        course('Appended', 'ops', `sum(rate(audit_events_appended_total[${window}]))`, 'entries'),
        course('Repeated, taken once', 'ops', `sum(rate(audit_events_repeated_total[${window}]))`, 'events'),
        course('Messages to read', 'short', 'max(audit_ingestion_lag_messages)', 'messages'),
        course('Mails', 'ops', `sum(rate(mail_sent_total[${window}]))`, 'sent'),
        course('Mails that failed', 'ops', `sum(rate(mail_failures_total[${window}]))`, 'failed'),
      ],
    },
  ],
};

const security: Dashboard = {
  uid: 'todo-chatbot-security',
  title: 'todo-chatbot: security',
  rows: [
    {
      title: 'Security monitoring',
      panels: [
        stat('Open alerts', 'short', 'max(alerts_open)'),
        course('Alerts raised', 'short', news('alerts_raised_total', '1h', ['severity']), '{{severity}}'),
        course('By rule', 'short', news('alerts_raised_total', '1h', ['rule']), '{{rule}}'),
        course('Entries not looked at yet', 'short', 'max(monitor_lag_entries)', 'entries'),
      ],
    },
    {
      title: 'Refusals',
      panels: [
        course('Denied access', 'ops', `sum by (app, code) (rate(access_denied_total[${window}]))`, '{{app}} {{code}}'),
        course(
          'Lock-outs and replays',
          'short',
          news('alerts_raised_total{rule=~"lock-out.*|token-replay|failed-sign-ins.*"}', '1h', ['rule']),
          '{{rule}}',
        ),
        course(
          'Sign-ins refused',
          'ops',
          `sum by (status) (rate(request_duration_seconds_count{app="chat-gateway", operation=~"login.*", status=~"4.."}[${window}]))`,
          '{{status}}',
        ),
        course(
          'Blocked by the guardrail',
          'ops',
          `sum by (direction, layer) (rate(guardrail_judgements_total{verdict="block"}[${window}]))`,
          '{{direction}} {{layer}}',
        ),
        course(
          'Rate limits',
          'ops',
          `sum by (operation) (rate(request_duration_seconds_count{app="chat-gateway", status="429"}[${window}]))`,
          '{{operation}}',
        ),
        course(
          'Calls between sidecars refused',
          'ops',
          `sum by (app_id) (rate(dapr_runtime_acl_app_policy_action_blocked_total[${window}]))`,
          '{{app_id}}',
        ),
      ],
    },
    {
      title: 'Revocation',
      panels: [
        course(
          'Age of the denials known',
          's',
          'max by (app) (denials_age_seconds)',
          '{{app}}',
          'A sign-out takes effect within 5 s.',
        ),
        course('Denials in force', 'short', 'max by (app) (denials_held)', '{{app}}'),
        course('Learnt', 'ops', `sum by (source, kind) (rate(denials_learnt_total[${window}]))`, '{{source}} {{kind}}'),
      ],
    },
    {
      title: 'Audit log',
      panels: [
        stat('Sound', 'short', 'min(audit_log_sound)', '1: yes; 0: no; -1: not verified.'),
        stat('Entries verified', 'short', 'max(audit_verified_entries)'),
        course('Entries not published', 'short', 'max(audit_unpublished_entries)', 'entries'),
        latency('From act to publication', 'audit_published_seconds', 'app'),
        course('Witness', 'ops', `sum by (reason) (rate(audit_witness_failures_total[${window}]))`, '{{reason}}'),
        course('Time of a verification', 's', 'max(audit_verification_seconds)', 'verification'),
      ],
    },
    {
      title: 'Privacy',
      panels: [
        course(
          'Rows over their period, deleted',
          'short',
          'sum by (what) (increase(retention_deleted_total[1d]))',
          '{{what}}',
        ),
        course(
          'Runs of the retention',
          'short',
          'sum by (app, outcome) (increase(retention_runs_total[1d]))',
          '{{app}} {{outcome}}',
        ),
      ],
    },
  ],
};

const platform: Dashboard = {
  uid: 'todo-chatbot-platform',
  title: 'todo-chatbot: platform',
  rows: [
    {
      title: 'Kafka',
      panels: [
        stat('Partitions with too few replicas', 'short', 'sum(kafka_server_replicamanager_underreplicatedpartitions)'),
        stat('Partitions that take nothing', 'short', 'sum(kafka_cluster_partition_underminisr)'),
        course(
          'Messages in',
          'ops',
          `sum by (topic) (rate(kafka_server_brokertopicmetrics_messagesinpersec_total{topic!=""}[${window}]))`,
          '{{topic}}',
        ),
        course('Partitions led', 'short', 'max by (pod) (kafka_server_replicamanager_leadercount)', '{{pod}}'),
      ],
    },
    {
      title: 'PostgreSQL',
      panels: [
        course('Answers', 'short', 'min by (pod) (cnpg_collector_up)', '{{pod}}'),
        course('Behind the primary', 's', 'max by (pod) (cnpg_pg_replication_lag)', '{{pod}}'),
        course('Connections', 'short', 'sum by (pod, datname) (cnpg_backends_total)', '{{pod}} {{datname}}'),
        course('Size', 'bytes', 'max by (datname) (cnpg_pg_database_size_bytes)', '{{datname}}'),
        course('Statements (p95)', 's', percentile(0.95, 'db_client_operation_duration', ['app']), '{{app}}'),
      ],
    },
    {
      title: 'Dapr',
      panels: [
        course('Sidecars that answer', 'short', `sum by (app) (up{job="${jobs.sidecars}"})`, '{{app}}'),
        course(
          'Calls between services',
          'ops',
          `sum by (app_id) (rate(dapr_runtime_service_invocation_req_sent_total[${window}]))`,
          '{{app_id}}',
        ),
        course(
          'Published',
          'ops',
          `sum by (app_id, topic, success) (rate(dapr_component_pubsub_egress_count[${window}]))`,
          '{{app_id}} {{topic}} {{success}}',
        ),
        course(
          'Delivered',
          'ops',
          `sum by (app_id, topic, process_status) (rate(dapr_component_pubsub_ingress_count[${window}]))`,
          '{{app_id}} {{topic}} {{process_status}}',
        ),
        course(
          'Circuit breakers open',
          'short',
          'sum by (app_id, target) (dapr_resiliency_cb_state{status="open"})',
          '{{app_id}} {{target}}',
        ),
        course(
          'End of the mesh’s authority',
          'dateTimeFromNow',
          'min(dapr_sentry_issuercert_expiry_timestamp) * 1000',
          'end',
        ),
      ],
    },
    {
      title: 'Volumes, certificates, traces',
      panels: [
        course(
          'Room left on volumes',
          'percentunit',
          `kubelet_volume_stats_available_bytes{${here}} / kubelet_volume_stats_capacity_bytes{${here}}`,
          '{{persistentvolumeclaim}}',
        ),
        course(
          'Certificates end',
          'dateTimeFromNow',
          `certmanager_certificate_expiration_timestamp_seconds{${here}} * 1000`,
          '{{name}}',
        ),
        course('Spans', 'ops', `sum(rate(otelcol_exporter_sent_spans_total[${window}]))`, 'sent'),
        course('Spans lost', 'ops', `sum(rate(otelcol_exporter_send_failed_spans_total[${window}]))`, 'lost'),
      ],
    },
  ],
};

/** Every dashboard. */
export const dashboards: readonly Dashboard[] = [overview, chat, messaging, security, platform];

const columns = 24;
const panelsPerRow = 3;
const panelHeight = 8;

/** Every panel reads from the data source that is chosen above the dashboard. */
const datasource = { type: 'prometheus', uid: '$datasource' };

/** The dashboard as Grafana's JSON model. */
export function grafanaModel({ uid, title, rows }: Dashboard): object {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y, w: columns, h: 1 },
      panels: [],
    });
    y += 1;
    for (const [index, panel] of row.panels.entries()) {
      const line = Math.floor(index / panelsPerRow);
      const x = (index % panelsPerRow) * (columns / panelsPerRow);
      const place = { x, y: y + line * panelHeight, w: columns / panelsPerRow, h: panelHeight };
      panels.push({ id: panels.length + 1, ...panelModel(panel), gridPos: place });
    }
    y += Math.ceil(row.panels.length / panelsPerRow) * panelHeight;
  }
  return {
    uid,
    title,
    tags: ['todo-chatbot'],
    schemaVersion: 39,
    editable: false,
    timezone: 'utc',
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: {
      list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', refresh: 1 }],
    },
    links: [{ type: 'dashboards', title: 'todo-chatbot', tags: ['todo-chatbot'], asDropdown: true, keepTime: true }],
    panels,
  };
}

function panelModel({ title, unit, isStat, queries, description }: Panel): object {
  return {
    type: isStat ? 'stat' : 'timeseries',
    title,
    ...(description === undefined ? {} : { description }),
    datasource,
    fieldConfig: { defaults: { unit }, overrides: [] },
    options: isStat
      ? { reduceOptions: { calcs: ['lastNotNull'] } }
      : { legend: { displayMode: 'list', placement: 'bottom' } },
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource,
      expr,
      legendFormat: legend,
    })),
  };
}
