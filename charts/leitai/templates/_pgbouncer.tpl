{{/* The configuration of PgBouncer. What leitai sets, it sets for a transaction (SET LOCAL), so transaction mode keeps tenants apart; the direct DSN is for LISTEN alone. */}}
{{- define "leitai.pgbouncerIni" -}}
{{- $p := .Values.pgbouncer -}}
[databases]
{{ $p.server.database }} = host={{ $p.server.host }} port={{ $p.server.port }} dbname={{ $p.server.database }}

[pgbouncer]
listen_addr = *
listen_port = 6432
unix_socket_dir =
auth_type = scram-sha-256
auth_file = /etc/pgbouncer-users/userlist.txt
pool_mode = transaction
default_pool_size = {{ $p.poolSize }}
max_client_conn = {{ $p.maxClients }}
{{- if not .Values.database.unnamedStatements }}
max_prepared_statements = 200
{{- end }}
ignore_startup_parameters = extra_float_digits
server_tls_sslmode = {{ $p.server.sslmode }}
{{- if eq $p.server.sslmode "verify-full" }}
server_tls_ca_file = /etc/leitai/database-ca/ca.crt
{{- end }}
{{- if $p.tlsSecret }}
client_tls_sslmode = require
client_tls_cert_file = /etc/pgbouncer-tls/tls.crt
client_tls_key_file = /etc/pgbouncer-tls/tls.key
{{- end }}
server_lifetime = 3600
server_idle_timeout = 300
server_connect_timeout = 5
server_login_retry = 1
query_wait_timeout = 10
log_connections = 0
log_disconnections = 0
{{- end }}
