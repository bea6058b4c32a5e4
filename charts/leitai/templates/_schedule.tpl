{{/* What the scheduled Jobs run. */}}

{{- define "leitai.schedule.sweep" -}}
image: {{ include "leitai.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
args: [tenant, sweep]
env:
  {{- include "leitai.dsn" (dict "root" . "name" "LEITAI_MAINT_DSN" "key" .Values.database.keys.maint) | nindent 2 }}
  {{- include "leitai.filesEnv" . | nindent 2 }}
  {{- /* Who works at the console; it is kept. */}}
  - name: USER
    value: {{ include "leitai.name" . }}-sweep
{{- end }}

{{- define "leitai.schedule.audit-verify" -}}
image: {{ include "leitai.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
args: [audit, verify]
env:
  {{- include "leitai.dsn" (dict "root" . "name" "LEITAI_MAINT_DSN" "key" .Values.database.keys.maint) | nindent 2 }}
{{- end }}

{{/* A dump has its name when it is whole; old ones go only after a new one is there. */}}
{{- define "leitai.schedule.backup" -}}
image: {{ .Values.schedule.backup.image }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
command: [/bin/sh, -euc]
args:
  - |
    umask 077
    to=/backup/leitai-$(date -u +%Y%m%dT%H%M%SZ).dump
    trap 'rm -f "$to.part"' EXIT
    pg_dump --dbname="$LEITAI_MAINT_DSN" --format=custom --file="$to.part"
    pg_restore --list "$to.part" >/dev/null
    mv "$to.part" "$to"
    find /backup -maxdepth 1 -name 'leitai-*.dump' -mtime +{{ .Values.schedule.backup.keepDays }} -delete
    ls -l "$to"
env:
  {{- include "leitai.dsn" (dict "root" . "name" "LEITAI_MAINT_DSN" "key" .Values.database.keys.maint) | nindent 2 }}
{{- end }}

{{/* A Job on the node where the files are. */}}
{{- define "leitai.beside" -}}
affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "leitai.selector" . | nindent 12 }}
            leitai/files: mounted
{{- end }}
