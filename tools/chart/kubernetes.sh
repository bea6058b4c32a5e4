# The version of Kubernetes that the chart is held to: that of the committed schemas.
KUBERNETES=1.34
