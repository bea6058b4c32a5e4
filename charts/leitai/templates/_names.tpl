{{/* Names and labels. */}}

{{- define "leitai.name" -}}
{{- $own := .Values.fullnameOverride | default (ternary .Release.Name (printf "%s-leitai" .Release.Name) (contains "leitai" .Release.Name)) -}}
{{- $own | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- define "leitai.selector" -}}
app.kubernetes.io/name: leitai
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "leitai.labels" -}}
{{ include "leitai.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "leitai.image" -}}
{{- with .Values.image.registry }}{{ . }}/{{ end -}}
{{- .Values.image.repository -}}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end -}}
{{- end }}

{{- define "leitai.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "leitai.name" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end }}

{{/* The account of the migration: of its own where the chart makes accounts, because hooks run before anything else is there. */}}
{{- define "leitai.migrationAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- include "leitai.name" . }}-migration
{{- else -}}
{{- include "leitai.serviceAccount" . -}}
{{- end -}}
{{- end }}

{{- define "leitai.cluster" -}}
{{- .Values.cloudnativepg.name | default (printf "%s-database" (include "leitai.name" .)) -}}
{{- end }}

{{- define "leitai.claim" -}}
{{- .Values.files.volume.existingClaim | default (printf "%s-files" (include "leitai.name" .)) -}}
{{- end }}

{{- define "leitai.files" -}}
{{- .Values.files.url | default "file:///var/lib/leitai/files?create_dir=true&no_tmp_dir=true&metadata=skip" -}}
{{- end }}

{{/* Connections to PostgreSQL at the most servers, one more of each kind while they are replaced, and a few for the migration and scheduled Jobs. */}}
{{- define "leitai.connections" -}}
{{- $servers := add1 (ternary (int .Values.autoscaling.maxReplicas) (int (include "leitai.replicas" .)) .Values.autoscaling.enabled) -}}
{{- $workers := ternary (add1 (int .Values.worker.replicas)) 0 .Values.worker.enabled -}}
{{- $listening := add $servers $workers 5 -}}
{{- if .Values.pgbouncer.enabled -}}
{{- add $listening (mul (add1 (int .Values.pgbouncer.replicas)) (int .Values.pgbouncer.poolSize) 2) -}}
{{- else if .Values.database.pooled -}}
{{- printf "%d, and those of the pooler" $listening -}}
{{- else -}}
{{- add $listening (mul $servers (int (.Values.server.settings.maxConnections | default 16))) (mul $workers (add (int .Values.worker.jobs) 6)) -}}
{{- end -}}
{{- end }}

{{/* How many servers there are where nothing scales them. */}}
{{- define "leitai.replicas" -}}
{{- if kindIs "invalid" .Values.server.replicas }}2{{ else }}{{ .Values.server.replicas }}{{ end -}}
{{- end }}
