{{/* In a cluster that answers, Secrets that are missing are told before anything is changed. Without one (template, lint) nothing is looked up. */}}

{{- define "leitai.secretsThere" -}}
{{- if and .Values.checkSecrets (lookup "v1" "ServiceAccount" .Release.Namespace "default") -}}
{{- $v := .Values -}}
{{- $database := list $v.database.keys.app -}}
{{- if $v.worker.enabled }}{{ $database = append $database $v.database.keys.job }}{{ end -}}
{{- if $v.migration.enabled }}{{ $database = append $database $v.database.keys.owner }}{{ end -}}
{{- if or $v.schedule.sweep.enabled $v.schedule.auditVerify.enabled $v.schedule.backup.enabled }}{{ $database = append $database $v.database.keys.maint }}{{ end -}}
{{- if $v.database.pooled -}}
{{- $database = append $database $v.database.keys.appDirect -}}
{{- if $v.worker.enabled }}{{ $database = append $database $v.database.keys.jobDirect }}{{ end -}}
{{- end -}}
{{- $needed := list
  (dict "value" "database.secret" "name" $v.database.secret "keys" $database)
  (dict "value" "keys.secret" "name" $v.keys.secret "keys" (list "signing.key"))
  (dict "value" "files.credentialsSecret" "name" $v.files.credentialsSecret "keys" (list "AWS_ACCESS_KEY_ID" "AWS_SECRET_ACCESS_KEY"))
  (dict "value" "server.issuersSecret" "name" $v.server.issuersSecret "keys" (list "issuers.yaml")) -}}
{{- if $v.migration.roles.enabled }}{{ $needed = append $needed (dict "value" "migration.roles.secret" "name" $v.migration.roles.secret "keys" (list "admin" "owner" "app" "job" "maint")) }}{{ end -}}
{{- if $v.pgbouncer.enabled }}{{ $needed = append $needed (dict "value" "pgbouncer.secret" "name" $v.pgbouncer.secret "keys" (list "userlist.txt")) }}{{ end -}}
{{- if $v.cloudnativepg.enabled -}}
{{- $needed = append $needed (dict "value" "cloudnativepg.superuserSecret" "name" $v.cloudnativepg.superuserSecret "keys" (list "username" "password")) -}}
{{- else -}}
{{- $needed = append $needed (dict "value" "database.caSecret" "name" $v.database.caSecret "keys" (list "ca.crt")) -}}
{{- end -}}
{{- range $needed -}}
{{- $of := . -}}
{{- if .name -}}
{{- $there := lookup "v1" "Secret" $.Release.Namespace .name -}}
{{- if not $there }}{{ fail (printf "%s: there is no Secret %s in the namespace %s; make it first, with %s" .value .name $.Release.Namespace (join ", " .keys)) }}{{ end -}}
{{- range .keys -}}
{{- if not (get ($there.data | default dict) .) }}{{ fail (printf "%s: the Secret %s has no %s" $of.value $of.name .) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
