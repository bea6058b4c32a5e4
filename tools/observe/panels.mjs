// The dashboards, as what they show: [title, unit, queries…]; a query is PromQL
// and its legend. build.mjs lays them out as Grafana reads them.

const rate = (name, by, where = '') => `sum by (${by}) (rate(${name}{instance=~"$instance"${where}}[$__rate_interval]))`
const quantile = (q, name, by = '', where = '') =>
  `histogram_quantile(${q}, sum by (le${by && ', ' + by}) (rate(${name}_bucket{instance=~"$instance"${where}}[$__rate_interval])))`
// A figure of all tenants by some labels: while the turn to count passes on, two
// processes tell the same for a while, so that one of them is taken.
const once = (name, by, labels) => `sum by (${by}) (max by (tenant_kind, demo${labels && ', ' + labels}) (${name}{demo=~"$demo"}))`

const people = '擂台 leitai'
const instance = { name: 'instance', label: '实例 instance', query: 'label_values(leitai_build_info, instance)' }
const demo = { name: 'demo', label: '演示数据 demonstration', custom: ['false', 'true'] }

export const dashboards = [
  {
    file: 'service.json', uid: 'leitai-service', title: `${people}：服务 service`, variables: [instance],
    rows: [
      ['概况 At a glance', [
        ['实例与版本 instances by version', 'short', ['count by (version) (leitai_build_info)', '{{version}}'], { kind: 'stat' }],
        ['每秒请求 requests a second', 'reqps', [`sum(rate(leitai_http_request_duration_seconds_count{instance=~"$instance"}[$__rate_interval]))`, 'requests'], { kind: 'stat' }],
        ['失败比例 share that fails', 'percentunit',
          [`(sum(rate(leitai_http_request_duration_seconds_count{instance=~"$instance",status="5xx",route!~"GET /(healthz|readyz)"}[$__rate_interval])) or vector(0)) / clamp_min(sum(rate(leitai_http_request_duration_seconds_count{instance=~"$instance"}[$__rate_interval])), 0.001)`, '5xx'], { kind: 'stat', red: 0.01 }],
        ['操作耗时 P99 p99 of operations', 's', [quantile(0.99, 'leitai_graphql_operation_duration_seconds'), 'p99'], { kind: 'stat', red: 1 }],
        ['重算不一致的通报 publications that differ', 'short', ['max(leitai_publications_differing)', 'differ'], { kind: 'stat', red: 1 }],
        ['越界拒绝（深层防线） cross-tenant denials, last lines', 'short', ['sum(increase(leitai_cross_tenant_denials_total{layer=~"program|database"}[24h]))', '24 h'], { kind: 'stat', red: 1 }],
      ]],
      ['请求 Requests', [
        ['请求按状态 requests by status', 'reqps', [rate('leitai_http_request_duration_seconds_count', 'status'), '{{status}}']],
        ['请求按路由 requests by route', 'reqps', [`topk(10, ${rate('leitai_http_request_duration_seconds_count', 'route')})`, '{{route}}']],
        ['操作耗时 duration of operations', 's', [quantile(0.5, 'leitai_graphql_operation_duration_seconds'), 'p50'], [quantile(0.95, 'leitai_graphql_operation_duration_seconds'), 'p95'], [quantile(0.99, 'leitai_graphql_operation_duration_seconds'), 'p99']],
        ['最慢的操作 slowest operations', 's', [`topk(10, ${quantile(0.99, 'leitai_graphql_operation_duration_seconds', 'field')})`, '{{field}}']],
        ['操作按结果 operations by outcome', 'ops', [rate('leitai_graphql_operation_duration_seconds_count', 'outcome'), '{{outcome}}']],
        ['拒绝按代码 refusals by code', 'ops', [`topk(10, ${rate('leitai_refusals_total', 'code')})`, '{{code}}']],
        ['限流 over budget', 'ops', [`${rate('leitai_throttled_total', 'budget, outcome')} or vector(0)`, '{{budget}} {{outcome}}']],
        ['幂等键 idempotency keys', 'ops', [rate('leitai_idempotent_requests_total', 'outcome'), '{{outcome}}']],
        ['留存的答案 kept answers', 'ops', [rate('leitai_kept_answers_total', 'held'), 'held: {{held}}']],
        ['打开的流 open streams', 'short', ['sum by (kind) (leitai_streams{instance=~"$instance"}) or vector(0)', '{{kind}}']],
      ]],
      ['信任 Trust', [
        ['登录 sign-ins', 'ops', [rate('leitai_logins_total', 'outcome'), '{{outcome}}']],
        ['越界拒绝 steps over a border refused', 'ops', [rate('leitai_cross_tenant_denials_total', 'layer'), '{{layer}}']],
        ['通报重算 publications computed again', 'ops', ['sum by (outcome) (rate(leitai_publications_proved_total[$__rate_interval]))', '{{outcome}}']],
        ['授权滞后（纪元） epochs that replicas are behind', 'short', ['clamp_min(scalar(max(leitai_authorization_epoch_stored)) - (leitai_authorization_epoch{instance=~"$instance"} > 0), 0)', '{{instance}}']],
      ]],
      ['进程 Processes', [
        ['内存 memory', 'bytes', ['process_resident_memory_bytes{instance=~"$instance"} and on (instance) leitai_build_info', '{{instance}}']],
        ['处理器 processors', 'short', ['rate(process_cpu_seconds_total{instance=~"$instance"}[$__rate_interval]) and on (instance) leitai_build_info', '{{instance}}']],
        ['协程 goroutines', 'short', ['go_goroutines{instance=~"$instance"} and on (instance) leitai_build_info', '{{instance}}']],
        ['口令散列内存 memory of password hashes', 'bytes', ['leitai_password_hash_memory_bytes{instance=~"$instance"}', '{{instance}}']],
        ['留存答案的内存 memory of kept answers', 'bytes', ['leitai_kept_answers_bytes{instance=~"$instance"}', '{{instance}}']],
      ]],
    ],
  },
  {
    file: 'month.json', uid: 'leitai-month', title: `${people}：乡镇的一个月 the townships' month`, variables: [demo],
    rows: [
      ['轮次 Rounds', [
        ['租户 tenants', 'short', [once('leitai_tenants', 'tenant_kind, state', 'state'), '{{tenant_kind}} {{state}}'], { kind: 'stat' }],
        ['进行中的轮次 rounds under way', 'short', [once('leitai_rounds', 'state', 'state, past_due'), '{{state}}']],
        ['过期天数 days past due', 'short', [once('leitai_rounds', 'past_due', 'state, past_due'), '{{past_due}}']],
        ['已通报 published in a day', 'short', ['sum by (correction) (increase(leitai_publications_total[24h])) or vector(0)', '更正 correction: {{correction}}']],
        ['通报受阻原因 what kept rounds from being published', 'short', ['sum by (blocker) (increase(leitai_publish_refusals_total[24h])) or vector(0)', '{{blocker}}']],
        ['计算一轮的耗时 time to compute a round', 's', ['histogram_quantile(0.95, sum by (le) (leitai_round_computation_duration_seconds_bucket))', 'p95']],
      ]],
      ['等人处理 Waiting for people', [
        ['待复核的打分 marks that wait for a second person', 'short', [`${once('leitai_marks_waiting', 'tenant_kind', '')} or vector(0)`, '{{tenant_kind}}']],
        ['未办结的异议 objections', 'short', [`${once('leitai_objections_waiting', 'state, past_due', 'state, past_due')} or vector(0)`, '{{state}} {{past_due}}']],
        ['整改按灯色 issues by light', 'short', [once('leitai_issues_unfinished', 'light', 'light, past_due'), '{{light}}']],
        ['整改超期天数 issues by days past due', 'short', [once('leitai_issues_unfinished', 'past_due', 'light, past_due'), '{{past_due}}']],
      ]],
      ['测评与负担 Evaluations and burden', [
        ['测评：应到、实到、投票 evaluations: roster, present, cast', 'short', [`${once('leitai_ballot_people', 'count', 'count')} or vector(0)`, '{{count}}']],
        ['测评投票率 share of the roster that cast', 'percentunit', [`sum(max by (tenant_kind, demo) (leitai_ballot_people{demo=~"$demo",count="cast"})) / clamp_min(sum(max by (tenant_kind, demo) (leitai_ballot_people{demo=~"$demo",count="roster"})), 1) or vector(0)`, 'cast']],
        ['每村每月的事项 things asked of a village in a month', 'short', ['histogram_quantile(0.5, sum by (le) (leitai_village_month_burden_bucket))', 'p50'], ['histogram_quantile(0.95, sum by (le) (leitai_village_month_burden_bucket))', 'p95'], { red: 20 }],
      ]],
    ],
  },
  {
    file: 'database.json', uid: 'leitai-database', title: `${people}：数据库与后台任务 database and long work`, variables: [instance],
    rows: [
      ['连接 Connections', [
        ['数据库连接 connections', 'short', ['sum by (state) (leitai_database_connections{instance=~"$instance"})', '{{state}}']],
        ['名额 places', 'short', ['sum by (place, state) (leitai_places{instance=~"$instance"})', '{{place}} {{state}}']],
        ['等待名额 P95 p95 of waiting for a place', 's', [quantile(0.95, 'leitai_place_wait_seconds', 'place'), '{{place}}']],
        ['等不到名额 turned away', 'ops', [`${rate('leitai_place_wait_seconds_count', 'place', ',outcome="refused"')} or vector(0)`, '{{place}}']],
      ]],
      ['后台任务 Jobs', [
        ['任务 jobs', 'short', ['max by (kind, state) (leitai_jobs)', '{{kind}} {{state}}']],
        ['本进程在做 done here', 'short', ['sum by (instance, kind) (leitai_jobs_here{instance=~"$instance"})', '{{instance}} {{kind}}']],
        ['任务等待 P95 p95 of a job\'s wait', 's', ['histogram_quantile(0.95, sum by (le, kind) (increase(leitai_job_wait_seconds_bucket[1h])))', '{{kind}}']],
        ['任务耗时 P95 p95 of a job', 's', ['histogram_quantile(0.95, sum by (le, kind) (increase(leitai_job_duration_seconds_bucket[1h])))', '{{kind}}']],
        ['任务按结果 jobs by outcome', 'short', ['sum by (kind, outcome) (increase(leitai_job_duration_seconds_count[1h]))', '{{kind}} {{outcome}}']],
      ]],
      ['外发通知 Webhooks', [
        ['待发 deliveries that wait', 'short', ['max by (state) (leitai_webhook_deliveries)', '{{state}}']],
        ['发送按结果 attempts by outcome', 'ops', [rate('leitai_webhook_attempt_duration_seconds_count', 'outcome'), '{{outcome}}']],
      ]],
      ['全局统计 Counting', [
        ['统计耗时 time to count', 's', ['max(leitai_figures_duration_seconds)', 'seconds']],
        ['距上次统计 since the last count', 's', ['time() - max(leitai_figures_last_timestamp_seconds)', 'seconds'], { red: 1800 }],
        ['统计是否完整 complete', 'short', ['min(leitai_figures_complete and on (instance) (time() - leitai_figures_last_timestamp_seconds < 600)) or vector(0)', 'complete']],
      ]],
    ],
  },
]
