package main

import (
	"errors"
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func TestSettingsOfAPodAreReadOnThisMachine(t *testing.T) {
	t.Parallel()
	c := &corev1.Container{VolumeMounts: []corev1.VolumeMount{
		{Name: "keys", MountPath: "/etc/leitai/keys"}, {Name: "one", MountPath: "/etc/leitai/keys/one", SubPath: "part"}, {Name: "files", MountPath: "/var/lib/files/"}}}
	m := mounts{"keys": "/s/keys", "one": "/s/one", "files": "/s/files"}
	here := m.translator(c, 7)
	for text, want := range map[string]string{
		"/etc/leitai/keys":                      "/s/keys",
		"/etc/leitai/keys/signing.key":          "/s/keys/signing.key",
		"/etc/leitai/keys/one/x":                "/s/one/part/x",
		"/etc/leitai/keys-of-others":            "/etc/leitai/keys-of-others",
		"/opt/etc/leitai/keys":                  "/opt/etc/leitai/keys",
		"file:///var/lib/files?create_dir=true": "file:///s/files?create_dir=true",
		"--keys=/etc/leitai/keys":               "--keys=/s/keys",
		":8080":                                 "127.77.0.7:8080",
		"0.0.0.0:9090":                          "127.77.0.7:9090",
		"[::]:9090":                             "127.77.0.7:9090",
		"--listen=:8080":                        "--listen=127.77.0.7:8080",
		"10.77.0.7:8080":                        "127.77.0.7:8080",
		"10.77.0.70:8080":                       "10.77.0.70:8080",
		"127.0.0.1:5432":                        "127.0.0.1:5432",
		"postgres://u:p@127.0.0.1:5432/leitai":  "postgres://u:p@127.0.0.1:5432/leitai",
		"serve":                                 "serve",
	} {
		if got := here(text); got != want {
			t.Errorf("%s reads %s, want %s", text, got, want)
		}
	}
	if got := (mounts{}).translator(&corev1.Container{}, 3)("/tmp/x"); got != "/tmp/x" {
		t.Errorf("without volumes a path changed: %s", got)
	}
}

func TestReferencesInSettingsAreReplacedOnce(t *testing.T) {
	t.Parallel()
	settings := map[string]string{"POD_IP": "10.77.0.1", "A": "$(POD_IP)"}
	for text, want := range map[string]string{
		"$(POD_IP):80": "10.77.0.1:80", "$(UNKNOWN)": "$(UNKNOWN)", "$$(POD_IP)": "$(POD_IP)", "$(A)": "$(POD_IP)", "$POD_IP": "$POD_IP", "": "",
	} {
		if got := expand(text, settings); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestAProbeChangesItsMindAfterAsManyAnswersAsItAsksFor(t *testing.T) {
	t.Parallel()
	bad := errors.New("bad")
	for name, c := range map[string]struct {
		probe   corev1.Probe
		well    bool
		answers []error
		want    []bool
	}{
		"ready at the first, unready at the second": {corev1.Probe{FailureThreshold: 2}, false, []error{nil, bad, nil, bad, bad, nil}, []bool{true, true, true, true, false, true}},
		"ready at the second":                       {corev1.Probe{SuccessThreshold: 2}, false, []error{nil, bad, nil, nil}, []bool{false, false, false, true}},
		"alive until the third":                     {corev1.Probe{FailureThreshold: 3}, true, []error{bad, bad, nil, bad, bad, bad}, []bool{true, true, true, true, true, false}},
		"thresholds of zero are one":                {corev1.Probe{}, true, []error{bad, nil}, []bool{false, true}},
	} {
		tally := newTally(&c.probe, c.well)
		for i, err := range c.answers {
			if got := tally.count(err); got != c.want[i] {
				t.Errorf("%s: after answer %d it is %v", name, i+1, got)
			}
		}
	}
}
