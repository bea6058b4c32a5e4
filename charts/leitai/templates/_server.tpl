{{/* Settings of servers as their environment; what is not set is the program's own default. */}}

{{- define "leitai.serverJobs" -}}
{{- if not (kindIs "invalid" .Values.server.jobs) -}}
{{- .Values.server.jobs -}}
{{- else -}}
{{- ternary 0 2 .Values.worker.enabled -}}
{{- end -}}
{{- end }}

{{- define "leitai.settings" -}}
{{- $names := dict
  "maxConnections" "MAX_CONNECTIONS"
  "tenantConnections" "TENANT_CONNECTIONS"
  "requestTimeout" "REQUEST_TIMEOUT"
  "statementTimeout" "STATEMENT_TIMEOUT"
  "tokenStatementTimeout" "TOKEN_STATEMENT_TIMEOUT"
  "lockTimeout" "LOCK_TIMEOUT"
  "budget" "BUDGET"
  "heavyWork" "HEAVY_WORK"
  "keptAnswersMb" "KEPT_ANSWERS_MB"
  "graceDays" "GRACE_DAYS"
  "sessionIdle" "SESSION_IDLE"
  "sessionLife" "SESSION_LIFE"
  "passwordLeast" "PASSWORD_LEAST"
  "passwordClasses" "PASSWORD_CLASSES"
  "passwordDays" "PASSWORD_DAYS"
  "passwordRemembered" "PASSWORD_REMEMBERED" }}
{{- range $key := keys $names | sortAlpha }}
{{- $value := get $.Values.server.settings $key }}
{{- if not (or (kindIs "invalid" $value) (eq (toString $value) "")) }}
- name: LEITAI_{{ get $names $key }}
  value: {{ toString $value | quote }}
{{- end }}
{{- end }}
{{- with .Values.server.trustedProxies }}
- name: LEITAI_TRUSTED_PROXIES
  value: {{ join "," . | quote }}
{{- end }}
{{- if .Values.server.issuersSecret }}
- name: LEITAI_ISSUERS
  value: /etc/leitai/issuers/issuers.yaml
{{- end }}
{{- end }}
