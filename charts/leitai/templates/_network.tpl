{{/* Peers of network policies. */}}

{{- define "leitai.databasePeers" -}}
{{- if .Values.cloudnativepg.enabled }}
- podSelector:
    matchLabels:
      cnpg.io/cluster: {{ include "leitai.cluster" . }}
{{- end }}
{{- with .Values.networkPolicy.databaseTo }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "leitai.toDNS" -}}
- ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
{{- end }}

{{- define "leitai.toDatabase" -}}
- to:
    {{- include "leitai.databasePeers" . | trim | nindent 4 }}
  ports:
    - {protocol: TCP, port: {{ .Values.networkPolicy.databasePort }}}
{{- end }}

{{- define "leitai.toFiles" -}}
{{- if .Values.files.url }}
- to:
    {{- toYaml .Values.networkPolicy.filesTo | nindent 4 }}
  ports:
    - {protocol: TCP, port: {{ .Values.networkPolicy.filesPort }}}
{{- end }}
{{- end }}
