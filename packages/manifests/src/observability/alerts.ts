import { appIds, retentionBinding } from '@todo-chatbot/contracts';
import { namespace } from '../names.ts';
import { doorErrorRatio, jobs, news } from './promql.ts';

/** `critical` wakes somebody, `high` is looked at within the hour, `warning` on the next working day. */
type Severity = 'critical' | 'high' | 'warning';

/** One alert. Its name is a heading of docs/operations/alerts.md, which says what to do. */
export interface Alert {
  readonly name: string;
  /** As the alert carries it: a severity, or a template that takes it from the series. */
  readonly severity: Severity | '{{ $labels.severity }}';
  readonly expr: string;
  /** How long the expression has to hold, as Prometheus writes durations. */
  readonly for?: string;
  /** One sentence; templates name services, topics and rules, never persons. */
  readonly summary: string;
}

/** Alerts that belong together. */
export interface AlertGroup {
  readonly name: string;
  readonly alerts: readonly Alert[];
}

const here = `namespace="${namespace}"`;

/** Share of requests through the public door that may fail within thirty days. */
const errorBudget = 0.001;

/** Failures of the long window from which on a share says something: at night, one failed request is a large one. */
const fewestFailures = 10;

/**
 * The budget is spent `factor` times as fast as it lasts, over a long window, so that it matters, and over a short one, so that it still
 * goes on (Google's SRE workbook, chapter 5).
 */
function burns(factor: number, long: string, short: string): string {
  const limit = Number((factor * errorBudget).toFixed(6));
  const failures = `sum(increase(request_duration_seconds_count{app="chat-gateway", status=~"5.."}[${long}]))`;
  return `(${doorErrorRatio(long)} > ${limit}) and (${doorErrorRatio(short)} > ${limit}) and (${failures} > ${fewestFailures})`;
}

const services: readonly Alert[] = [
  {
    name: 'ServiceDown',
    severity: 'critical',
    // A service that is gone altogether has no series: absence is asked for by name.
    expr: appIds
      .map((appId) => {
        const series = `up{job="${jobs.services}", app="${appId}"}`;
        return `absent(${series}) or sum by (app) (${series}) == 0`;
      })
      .join(' or '),
    for: '2m',
    summary: 'No replica of {{ $labels.app }} answers.',
  },
  {
    name: 'DeploymentUnavailable',
    severity: 'critical',
    expr: `kube_deployment_status_replicas_available{${here}} == 0 and kube_deployment_spec_replicas{${here}} > 0`,
    for: '2m',
    summary: 'No pod of {{ $labels.deployment }} is ready.',
  },
  {
    name: 'ReplicasMissing',
    severity: 'warning',
    expr: `kube_deployment_status_replicas_available{${here}} < kube_deployment_spec_replicas{${here}}`,
    for: '15m',
    summary: '{{ $labels.deployment }} has fewer ready pods than it should.',
  },
  {
    name: 'SidecarMissing',
    severity: 'critical',
    expr: `up{job="${jobs.services}"} unless on (namespace, pod) (up{job="${jobs.sidecars}"} == 1)`,
    for: '5m',
    summary: 'A pod of {{ $labels.app }} runs without a Dapr sidecar that answers.',
  },
  {
    name: 'ContainerRestarts',
    severity: 'high',
    expr: `sum by (pod, container) (increase(kube_pod_container_status_restarts_total{${here}}[30m]) or increase(kube_pod_init_container_status_restarts_total{${here}}[30m])) > 3`,
    summary: '{{ $labels.container }} in {{ $labels.pod }} restarts again and again.',
  },
  {
    name: 'MemoryNearLimit',
    severity: 'warning',
    expr: `max by (pod, container) (container_memory_working_set_bytes{${here}, container!=""}) / max by (pod, container) (kube_pod_container_resource_limits{${here}, resource="memory"}) > 0.9`,
    for: '15m',
    summary: '{{ $labels.container }} in {{ $labels.pod }} will soon be killed for its memory.',
  },
  {
    name: 'ScaledToTheEnd',
    severity: 'warning',
    expr: `kube_horizontalpodautoscaler_status_current_replicas{${here}} >= kube_horizontalpodautoscaler_spec_max_replicas{${here}}`,
    for: '30m',
    summary: '{{ $labels.horizontalpodautoscaler }} cannot grow any more.',
  },
];

const door: readonly Alert[] = [
  {
    name: 'DoorErrorsFast',
    severity: 'critical',
    expr: burns(14.4, '1h', '5m'),
    for: '2m',
    summary:
      'At this rate the error budget of a month is gone in two days: {{ $value | humanizePercentage }} of requests fail.',
  },
  {
    name: 'DoorErrorsSteady',
    severity: 'high',
    expr: burns(6, '6h', '30m'),
    for: '15m',
    summary:
      'At this rate the error budget of a month is gone in five days: {{ $value | humanizePercentage }} of requests fail.',
  },
  {
    name: 'DoorErrorsSlow',
    severity: 'warning',
    expr: burns(1, '3d', '6h'),
    for: '1h',
    summary: 'The error budget of a month will not last: {{ $value | humanizePercentage }} of requests fail.',
  },
  {
    name: 'ChatTurnsSlow',
    severity: 'high',
    // Objective: 99 of 100 turns within a second. A bucket ends there.
    expr: 'sum(rate(chat_turn_seconds_bucket{le="1"}[10m])) / sum(rate(chat_turn_seconds_count[10m])) < 0.95',
    for: '10m',
    summary: 'Only {{ $value | humanizePercentage }} of chat turns are answered within a second.',
  },
  {
    name: 'LimitStoreGone',
    severity: 'critical',
    // As its clients see it, each for itself; a gateway that counts in its own memory has no such series.
    expr: 'max by (pod) (rate_limit_store_up) == 0',
    for: '1m',
    summary: 'Nobody counts requests for {{ $labels.pod }}, so it lets nobody in.',
  },
];

const messaging: readonly Alert[] = [
  {
    name: 'OutboxStuck',
    severity: 'high',
    expr: 'max by (app) (outbox_lag_seconds) > 60',
    for: '2m',
    summary: 'Events of {{ $labels.app }} have waited {{ $value | humanizeDuration }} for Kafka.',
  },
  {
    name: 'DeadLetters',
    severity: 'high',
    expr: `${news('audit_dead_letters_found_total', '15m', ['topic'])} > 0`,
    summary: 'Events went to {{ $labels.topic }}: somebody could not handle them.',
  },
  {
    name: 'AuditEventsRefused',
    severity: 'critical',
    expr: `${news('audit_dead_letters_total', '15m', ['reason'])} > 0`,
    summary: 'The audit log refused events ({{ $labels.reason }}).',
  },
  {
    name: 'ConsumerLag',
    severity: 'high',
    expr: 'sum by (consumergroup, topic) (kafka_consumergroup_lag) > 500',
    for: '10m',
    summary: '{{ $labels.consumergroup }} is {{ $value }} messages behind on {{ $labels.topic }}.',
  },
  {
    name: 'AuditIngestionBlocked',
    severity: 'critical',
    expr: 'max(audit_ingestion_blocked_seconds) > 60',
    for: '1m',
    summary: 'The audit log has taken no event for {{ $value | humanizeDuration }}.',
  },
  {
    name: 'MailGivenUp',
    severity: 'warning',
    expr: `${news('mail_given_up_total', '1h', ['reason'])} > 0`,
    summary: 'Mails were given up ({{ $labels.reason }}).',
  },
];

const security: readonly Alert[] = [
  {
    // The rules of the security monitoring (docs/audit-log.md), one series for each of them and its severity. `info` is for its page alone.
    name: 'SecurityAlertRaised',
    severity: '{{ $labels.severity }}',
    expr: `${news('alerts_raised_total{severity!="info"}', '10m', ['rule', 'severity'])} > 0`,
    summary: 'The security monitoring raised {{ $labels.rule }}: see the alerts in the console.',
  },
  {
    name: 'SecurityAlertsUnattended',
    severity: 'warning',
    // Over the gap that a restart of the service makes.
    expr: 'max(max_over_time(alerts_open[10m])) > 0',
    for: '1d',
    summary: '{{ $value }} alerts have waited in the console for a day.',
  },
  {
    name: 'SecurityMonitoringBehind',
    severity: 'high',
    expr: 'max(monitor_lag_entries) > 500',
    for: '5m',
    summary: 'The security monitoring is {{ $value }} entries behind the log.',
  },
  {
    name: 'SecurityMonitoringBlind',
    severity: 'high',
    expr: `${news('monitor_unreadable_entries_total', '15m', ['app'])} > 0`,
    summary: 'The security monitoring met entries that it could not read.',
  },
  {
    name: 'DenialsStale',
    severity: 'critical',
    // Revocation takes effect within 5 seconds; -1: never asked.
    expr: 'max by (app, pod) (denials_age_seconds) > 5 or max by (app, pod) (denials_age_seconds) < 0',
    for: '30s',
    summary: 'A replica of {{ $labels.app }} does not know who was signed out: it soon refuses everybody.',
  },
  {
    name: 'DenialsOverfull',
    severity: 'critical',
    expr: 'max by (app) (denials_overfull) > 0',
    summary: '{{ $labels.app }} has more revocations than it can hold, and refuses everybody.',
  },
  {
    name: 'GuardrailUnavailable',
    severity: 'critical',
    expr: `${news('guardrail_unavailable_total', '5m', ['direction', 'fault'])} > 5`,
    summary: 'Texts could not be judged ({{ $labels.fault }}), so messages are refused.',
  },
  {
    name: 'MeshCallsRefused',
    severity: 'high',
    expr: `${news('dapr_runtime_acl_app_policy_action_blocked_total', '10m', ['app_id'])} > 0`,
    summary: 'The sidecar of {{ $labels.app_id }} refused calls that no service of ours makes.',
  },
  {
    name: 'DenialsUnrecorded',
    severity: 'high',
    expr: `${news('access_denied_unrecorded_total', '15m', ['app', 'code'])} > 0 or ${news('security_entries_dropped_total', '15m', ['app', 'action'])} > 0`,
    summary: 'Refusals of {{ $labels.app }} did not reach the audit log.',
  },
  {
    name: 'SealedEventsBroken',
    severity: 'high',
    expr: `${news('sealed_events_broken_total', '15m', ['type'])} > 0`,
    summary: 'Sealed events of {{ $labels.type }} could not be opened: keys or messages were changed.',
  },
];

const auditLog: readonly Alert[] = [
  {
    name: 'AuditLogNotSound',
    severity: 'critical',
    expr: 'min(audit_log_sound) == 0',
    summary: 'The verification of the audit log failed.',
  },
  {
    name: 'AuditLogNotVerified',
    severity: 'high',
    expr: 'min(audit_log_sound) < 0',
    for: '2h',
    summary: 'The audit log has not been verified.',
  },
  {
    name: 'AuditLogNotPublished',
    severity: 'critical',
    // `unless`, not `and … == 0`: a log that was never published since the start has no series of publications.
    expr: 'min_over_time(audit_unpublished_entries[5m]) > 0 unless on (app) sum by (app) (increase(audit_published_seconds_count[5m])) > 0',
    for: '2m',
    summary: 'Entries are appended and no checkpoint of them is published.',
  },
  {
    name: 'WitnessFailing',
    severity: 'high',
    expr: `${news('audit_witness_failures_total', '10m', ['reason'])} > 5 or ${news('audit_witness_failures_total{reason="refused"}', '10m', ['reason'])} > 0`,
    summary: 'The witness does not cosign ({{ $labels.reason }}).',
  },
  {
    name: 'AnchoringFails',
    severity: 'warning',
    expr: `${news('audit_anchor_failures_total', '15m', ['anchor'])} > 5`,
    summary: 'Published checkpoints do not reach the anchor {{ $labels.anchor }}.',
  },
];

const privacy: readonly Alert[] = [
  {
    name: 'RetentionNotRun',
    severity: 'high',
    // The job runs once an hour; the first run of a process is not seen, so that two replicas may take four hours to show one.
    expr: `sum by (app) (up{job="${jobs.services}", app=~"${retentionBinding.apps.join('|')}"}) > 0 unless on (app) sum by (app) (increase(retention_runs_total{outcome=~"done|to-be-continued"}[6h])) > 0`,
    for: '6h',
    summary: '{{ $labels.app }} has not deleted what is over its period.',
  },
  {
    name: 'RetentionFails',
    severity: 'high',
    expr: `${news('retention_runs_total{outcome="failed"}', '2h', ['app', 'class'])} > 0`,
    summary: '{{ $labels.app }} could not delete what is over its period ({{ $labels.class }}).',
  },
  {
    name: 'BackupTooOld',
    severity: 'critical',
    // The job looks every minute for what is due, and may take an hour for a whole set.
    expr: `time() - max(kube_cronjob_status_last_successful_time{${here}, cronjob="backup"}) > 5400 or absent(kube_cronjob_status_last_successful_time{${here}, cronjob="backup"})`,
    for: '10m',
    summary: 'Backups that are due have not been taken.',
  },
  {
    name: 'JobFailed',
    severity: 'high',
    // The backups have an alert of their own, which the next success ends.
    expr: `kube_job_status_failed{${here}, job_name!~"backup-.*"} > 0`,
    for: '5m',
    summary: '{{ $labels.job_name }} failed.',
  },
];

const platform: readonly Alert[] = [
  {
    name: 'CertificateNotReady',
    severity: 'critical',
    expr: `certmanager_certificate_ready_status{${here}, condition="True"} == 0 or time() - certmanager_certificate_renewal_timestamp_seconds{${here}} > 3600`,
    for: '15m',
    summary: 'The certificate {{ $labels.name }} is not ready, or overdue to be renewed.',
  },
  {
    name: 'MeshRootExpires',
    severity: 'critical',
    // Without it no sidecar gets a certificate, which last a day: thirty are time to make a new one in peace.
    expr: 'min(dapr_sentry_issuercert_expiry_timestamp) - time() < 30 * 86400',
    summary: 'The authority of the mesh ends in {{ $value | humanizeDuration }}.',
  },
  {
    name: 'KafkaAuthorityExpires',
    severity: 'high',
    // Strimzi renews it 60 days before (k8s/base/kafka/cluster.yaml): half of that is time to find out why it did not.
    expr: `min by (type) (strimzi_certificate_expiration_timestamp_ms{resource_${here}}) / 1000 - time() < 30 * 86400`,
    for: '1h',
    summary: 'An authority of Kafka ({{ $labels.type }}) was not renewed and ends in {{ $value | humanizeDuration }}.',
  },
  {
    name: 'KafkaUnderReplicated',
    severity: 'high',
    expr: 'sum(kafka_server_replicamanager_underreplicatedpartitions) > 0',
    for: '10m',
    summary: '{{ $value }} partitions have fewer replicas than they should.',
  },
  {
    name: 'KafkaPartitionsUnavailable',
    severity: 'critical',
    expr: 'sum(kafka_cluster_partition_underminisr) > 0 or absent(kafka_server_replicamanager_leadercount)',
    for: '2m',
    summary: 'Partitions take no messages, or no broker answers.',
  },
  {
    name: 'PostgresDown',
    severity: 'critical',
    expr: 'cnpg_collector_up == 0 or absent(cnpg_collector_up)',
    for: '2m',
    summary: 'PostgreSQL {{ $labels.pod }} does not answer.',
  },
  {
    name: 'PostgresReplicaBehind',
    severity: 'high',
    expr: 'max by (pod) (cnpg_pg_replication_lag) > 30',
    for: '5m',
    summary: 'The standby {{ $labels.pod }} is {{ $value | humanizeDuration }} behind the primary.',
  },
  {
    name: 'VolumeFilling',
    severity: 'high',
    expr: `kubelet_volume_stats_available_bytes{${here}} / kubelet_volume_stats_capacity_bytes{${here}} < 0.15 or predict_linear(kubelet_volume_stats_available_bytes{${here}}[6h], 2 * 86400) < 0`,
    for: '30m',
    summary: 'The volume {{ $labels.persistentvolumeclaim }} is nearly full, or will be in two days.',
  },
  {
    name: 'SpansLost',
    severity: 'warning',
    expr: 'rate(otelcol_exporter_send_failed_spans_total[10m]) > 0 or rate(otelcol_receiver_refused_spans_total[10m]) > 0',
    for: '15m',
    summary: 'Traces do not reach their store.',
  },
];

/** Every alert (OBS-3, OBS-5). */
export const alertGroups: readonly AlertGroup[] = [
  { name: 'services', alerts: services },
  { name: 'door', alerts: door },
  { name: 'messaging', alerts: messaging },
  { name: 'security', alerts: security },
  { name: 'audit-log', alerts: auditLog },
  { name: 'privacy', alerts: privacy },
  { name: 'platform', alerts: platform },
];
