{{/* What every pod of leitai has in common. */}}

{{- define "leitai.podSecurity" -}}
runAsNonRoot: true
{{- with .Values.security.runAsUser }}
runAsUser: {{ . }}
runAsGroup: {{ . }}
{{- end }}
{{- with .Values.security.fsGroup }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "leitai.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* A variable out of the Secret of DSNs: root, name, key. */}}
{{- define "leitai.dsn" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.database.secret }}
      key: {{ .key }}
{{- end }}

{{/* Where files lie, with the credentials of a bucket. */}}
{{- define "leitai.filesEnv" -}}
- name: LEITAI_FILES
  value: {{ include "leitai.files" . | quote }}
{{- if .Values.files.credentialsSecret }}
{{- range list "AWS_ACCESS_KEY_ID" "AWS_SECRET_ACCESS_KEY" }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ $.Values.files.credentialsSecret }}
      key: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* The environment that servers and workers share: root, dsn and direct (keys of the Secret). */}}
{{- define "leitai.env" -}}
{{- $v := .root.Values -}}
{{ include "leitai.dsn" (dict "root" .root "name" "LEITAI_DSN" "key" .dsn) }}
{{- if $v.database.pooled }}
{{ include "leitai.dsn" (dict "root" .root "name" "LEITAI_LISTEN_DSN" "key" .direct) }}
{{- end }}
{{- if $v.database.unnamedStatements }}
- name: LEITAI_UNNAMED_STATEMENTS
  value: "true"
{{- end }}
- name: LEITAI_KEYS
  value: /etc/leitai/keys
{{ include "leitai.filesEnv" .root }}
- name: LEITAI_LOG_LEVEL
  value: {{ $v.logLevel }}
{{- with $v.tracing.endpoint }}
- name: LEITAI_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
- name: LEITAI_OPERATIONS_LISTEN
  value: ":9090"
{{- with $v.webhooks.networks }}
- name: LEITAI_WEBHOOK_NETWORKS
  value: {{ join "," . | quote }}
{{- end }}
{{- if $v.webhooks.caConfigMap }}
- name: LEITAI_WEBHOOK_CA
  value: /etc/leitai/webhook-ca/ca.pem
{{- end }}
{{- end }}

{{/* Mounts and volumes: root and of, the list of which: keys files database-ca webhook-ca issuers temporary. */}}
{{- define "leitai.mounts" -}}
{{- $v := .root.Values -}}
{{- if has "keys" .of }}
- {name: keys, mountPath: /etc/leitai/keys, readOnly: true}
{{- end }}
{{- if and (has "files" .of) (not $v.files.url) }}
- {name: files, mountPath: /var/lib/leitai/files}
{{- end }}
{{- if $v.database.caSecret }}
- {name: database-ca, mountPath: /etc/leitai/database-ca, readOnly: true}
{{- end }}
{{- if and (has "webhook-ca" .of) $v.webhooks.caConfigMap }}
- {name: webhook-ca, mountPath: /etc/leitai/webhook-ca, readOnly: true}
{{- end }}
{{- if and (has "issuers" .of) $v.server.issuersSecret }}
- {name: issuers, mountPath: /etc/leitai/issuers, readOnly: true}
{{- end }}
- {name: temporary, mountPath: /tmp}
{{- end }}

{{- define "leitai.volumes" -}}
{{- $v := .root.Values -}}
{{- if has "keys" .of }}
- name: keys
  secret:
    secretName: {{ $v.keys.secret }}
    defaultMode: 0440
{{- end }}
{{- if and (has "files" .of) (not $v.files.url) }}
- name: files
  persistentVolumeClaim:
    claimName: {{ include "leitai.claim" .root }}
{{- end }}
{{- if $v.database.caSecret }}
- name: database-ca
  secret:
    secretName: {{ $v.database.caSecret }}
    defaultMode: 0440
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
{{- if and (has "webhook-ca" .of) $v.webhooks.caConfigMap }}
- name: webhook-ca
  configMap:
    name: {{ $v.webhooks.caConfigMap }}
{{- end }}
{{- if and (has "issuers" .of) $v.server.issuersSecret }}
- name: issuers
  secret:
    secretName: {{ $v.server.issuersSecret }}
    defaultMode: 0440
{{- end }}
- name: temporary
  emptyDir:
    sizeLimit: {{ .temporary | default "256Mi" }}
{{- end }}

{{/* Where pods run: root, of (server or worker: its values), component. */}}
{{- define "leitai.placing" -}}
{{- $root := .root -}}
{{- if $root.Values.files.volume.oneNode }}
affinity:
  podAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      - topologyKey: kubernetes.io/hostname
        labelSelector:
          matchLabels:
            {{- include "leitai.selector" $root | nindent 12 }}
            leitai/files: mounted
{{- else }}
{{- with .of.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- include "leitai.selector" $root | nindent 8 }}
        app.kubernetes.io/component: {{ $.component }}
  {{- end }}
{{- end }}
{{- with .of.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .of.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The probes on the operators' listener. A slow database makes a pod unready, and never restarts it. */}}
{{- define "leitai.probes" -}}
startupProbe:
  httpGet: {path: /healthz, port: operations}
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /healthz, port: operations}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /readyz, port: operations}
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
{{- end }}
