/** As node_exporter shows itself: many families, run-time of Go beside them, a metric without a type. */
export const NODE = `# HELP go_goroutines Number of goroutines that currently exist.
# TYPE go_goroutines gauge
go_goroutines 8
# HELP node_cpu_seconds_total Seconds the CPUs spent in each mode.
# TYPE node_cpu_seconds_total counter
node_cpu_seconds_total{cpu="0",mode="idle"} 1.23456e+06
node_cpu_seconds_total{cpu="0",mode="user"} 42.5
# HELP node_filesystem_avail_bytes Filesystem space available to non-root users in bytes.
# TYPE node_filesystem_avail_bytes gauge
node_filesystem_avail_bytes{device="/dev/sda1",fstype="ext4",mountpoint="/"} 6e+10
# HELP node_filesystem_device_error Whether an error occurred while getting statistics for the given device.
# TYPE node_filesystem_device_error gauge
node_filesystem_device_error{device="/dev/sda1",device_error="",fstype="ext4",mountpoint="/"} 0
# TYPE node_load1 gauge
node_load1 0.21
# HELP node_netstat_Ip_Forwarding Statistic IpForwarding.
# TYPE node_netstat_Ip_Forwarding untyped
node_netstat_Ip_Forwarding 1
# TYPE node_scrape_collector_success gauge
node_scrape_collector_success{collector="cpu"} 1
# HELP process_cpu_seconds_total Total user and system CPU time spent in seconds.
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 12.5
# TYPE promhttp_metric_handler_requests_total counter
promhttp_metric_handler_requests_total{code="200"} 3
`;

/** Histograms of all makes, among them a native one as far as it shows in text, and one of whose bounds not all fit. */
export const HISTOGRAMS = `# HELP shop_request_duration_seconds How long requests take, from the first byte that comes to the last one that goes
# TYPE shop_request_duration_seconds histogram
shop_request_duration_seconds_bucket{method="get",le="0.1"} 1
shop_request_duration_seconds_bucket{method="get",le="0.5"} 2
shop_request_duration_seconds_bucket{method="get",le="1e+06"} 2
shop_request_duration_seconds_bucket{method="get",le="+Inf"} 2
shop_request_duration_seconds_sum{method="get"} 0.4
shop_request_duration_seconds_count{method="get"} 2
shop_request_duration_seconds_bucket{method="post",le="0.1"} 1
shop_request_duration_seconds_bucket{method="post",le="2.5"} 2
shop_request_duration_seconds_bucket{method="post",le="+Inf"} 2
shop_request_duration_seconds_sum{method="post"} 0.4
shop_request_duration_seconds_count{method="post"} 2
# TYPE shop_queue_ms histogram
shop_queue_ms_bucket{le="0.30000000000000004"} 1
shop_queue_ms_bucket{le="2"} 1
shop_queue_ms_bucket{le="+Inf"} 1
shop_queue_ms_sum 1
shop_queue_ms_count 1
# TYPE shop_lookup_seconds histogram
shop_lookup_seconds_bucket{le="+Inf"} 1
shop_lookup_seconds_sum 1
shop_lookup_seconds_count 1
`;

export const OPEN_METRICS = `# TYPE shop_requests counter
# HELP shop_requests Requests "answered", by code: all
shop_requests_total{code="200"} 5 1520879607.789 # {trace_id="a"} 0.67
shop_requests_created{code="200"} 1520870000
# TYPE shop_answer_size histogram
# UNIT shop_answer_size bytes
shop_answer_size_bucket{le="100.0"} 1
shop_answer_size_bucket{le="+Inf"} 1
shop_answer_size_sum 7
shop_answer_size_count 1
shop_answer_size_created 1520870000
# TYPE shop_build info
shop_build_info{version="1.2",branch=""} 1
# TYPE shop_state stateset
shop_state{shop_state="open"} 1
shop_state{shop_state="closed"} 0
# TYPE shop_ages gaugehistogram
shop_ages_bucket{le="+Inf"} 1
shop_ages_gcount 1
shop_ages_gsum 3
# TYPE shop_errors counter
# HELP shop_errors Errors, none as yet
# EOF
`;

/** What programs without a library write: hardly any types, labels of the scrape, names of any kind. */
export const UGLY = `shop_orders_total{status="paid",} 5
shop_wait_bucket{le="1",no="x"} 1
shop_wait_bucket{le="+Inf",no="x"} 1
shop_wait_sum{no="x"} 1
shop_wait_count{no="x"} 1
shop_wait_created{no="x"} 1520870000
shop_size_bytes{quantile="0.5"} 1
shop_size_bytes_sum 1
shop_size_bytes_count 1
shop_calls_sum{job="a",instance="b"} 1
shop_calls_count{job="a",instance="b"} 1
shop_version_info{version="1"} 1
shop_mood{y="1",__secret="2"} NaN
  shop_disk_percent\t{ "my.label" = "x" } 50
{"shop.dotted.name"} 1
# HELP shop_mood The  mood:\\nsay 'hm', or # no
`;
