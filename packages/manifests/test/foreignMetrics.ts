/**
 * Metrics that rules and dashboards name and that no code of ours makes, each with who does. What was seen in a running process is as it
 * was there; the others are named as their source has them.
 */
export const foreignMetrics: Readonly<Record<string, readonly string[]>> = {
  Prometheus: ['up'],
  // Instrumentations of http and pg (semantic conventions of OpenTelemetry 1.x), as a running service shows them.
  '@opentelemetry/instrumentation-*': ['db_client_operation_duration_bucket', 'db_client_connection_count'],
  // Seen in a running daprd 1.18.2; the blocked action and Sentry's by pkg/diagnostics/service_monitoring.go, pkg/sentry/monitoring/metrics.go.
  Dapr: [
    'dapr_component_pubsub_egress_count',
    'dapr_component_pubsub_ingress_count',
    'dapr_resiliency_cb_state',
    'dapr_runtime_acl_app_policy_action_blocked_total',
    'dapr_runtime_service_invocation_req_sent_total',
    'dapr_sentry_issuercert_expiry_timestamp',
  ],
  // github.com/strimzi/strimzi-kafka-operator, packaging/examples/metrics/strimzi-metrics-reporter; the lag by its exporter.
  Strimzi: [
    'kafka_cluster_partition_underminisr',
    'kafka_consumergroup_lag',
    'kafka_server_brokertopicmetrics_messagesinpersec_total',
    'kafka_server_replicamanager_leadercount',
    'kafka_server_replicamanager_underreplicatedpartitions',
    'strimzi_certificate_expiration_timestamp_ms',
  ],
  // config/manager/default-monitoring.yaml and pkg/management/postgres/webserver/metricserver of CloudNativePG 1.30.
  CloudNativePG: ['cnpg_backends_total', 'cnpg_collector_up', 'cnpg_pg_database_size_bytes', 'cnpg_pg_replication_lag'],
  // internal/collectors/certificate_collector.go of cert-manager 1.21.
  'cert-manager': [
    'certmanager_certificate_expiration_timestamp_seconds',
    'certmanager_certificate_ready_status',
    'certmanager_certificate_renewal_timestamp_seconds',
  ],
  // Its own, seen in a running collector 0.160.
  'OpenTelemetry collector': [
    'otelcol_exporter_send_failed_spans_total',
    'otelcol_exporter_sent_spans_total',
    'otelcol_receiver_refused_spans_total',
  ],
  // docs/metrics of kube-state-metrics 2.x.
  'kube-state-metrics': [
    'kube_cronjob_status_last_successful_time',
    'kube_deployment_spec_replicas',
    'kube_deployment_status_replicas_available',
    'kube_horizontalpodautoscaler_spec_max_replicas',
    'kube_horizontalpodautoscaler_status_current_replicas',
    'kube_job_status_failed',
    'kube_pod_container_resource_limits',
    'kube_pod_container_status_restarts_total',
    'kube_pod_init_container_status_restarts_total',
  ],
  // /metrics and /metrics/cadvisor of the kubelet.
  kubelet: [
    'container_cpu_usage_seconds_total',
    'container_memory_working_set_bytes',
    'kubelet_volume_stats_available_bytes',
    'kubelet_volume_stats_capacity_bytes',
  ],
};
