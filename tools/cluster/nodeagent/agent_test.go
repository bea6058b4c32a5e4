package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/kubernetes/fake"
)

// play runs a pod of a shell script on an API server of its own and gives each of
// its states to see, until the pod is gone or see is done.
func play(t *testing.T, script string, policy corev1.RestartPolicy, change func(*corev1.PodSpec), see func(a *agent, p *corev1.Pod) bool) {
	t.Helper()
	folder := t.TempDir()
	program := filepath.Join(folder, "images", "script", "1", "script")
	if err := os.MkdirAll(filepath.Dir(program), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	grace := int64(5)
	object := &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "p", Namespace: "n", UID: types.UID("1")}, Spec: corev1.PodSpec{RestartPolicy: policy,
		TerminationGracePeriodSeconds: &grace, Containers: []corev1.Container{{Name: "c", Image: "registry.example/script:1"}}}}
	self := int64(os.Geteuid())
	object.Spec.SecurityContext = &corev1.PodSecurityContext{RunAsUser: &self}
	if change != nil {
		change(&object.Spec)
	}
	secret := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "s", Namespace: "n"}, Data: map[string][]byte{"key": []byte("value of the secret")}}
	client := fake.NewClientset(object, secret)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	seen, err := client.CoreV1().Pods("n").Watch(ctx, metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a := newAgent(client, filepath.Join(folder, "images"), folder)
	a.see(ctx, object)
	for {
		select {
		case e := <-seen.ResultChan():
			if p, ok := e.Object.(*corev1.Pod); ok && (see(a, p) || e.Type == watch.Deleted) {
				return
			}
		case <-ctx.Done():
			t.Fatal("the pod did not come to what was waited for")
		}
	}
}

func TestAPodThatEndsWellHasSucceeded(t *testing.T) {
	t.Parallel()
	play(t, `test "$GREETING" = "hello p" && test "$SECRET" = "value of the secret" && grep -q secret "$AT/key" && test "$CORES" = 2`, corev1.RestartPolicyNever, func(s *corev1.PodSpec) {
		c := &s.Containers[0]
		c.Env = []corev1.EnvVar{
			{Name: "NAME", ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.name"}}}, {Name: "GREETING", Value: "hello $(NAME)"},
			{Name: "SECRET", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{LocalObjectReference: corev1.LocalObjectReference{Name: "s"}, Key: "key"}}},
			{Name: "CORES", ValueFrom: &corev1.EnvVarSource{ResourceFieldRef: &corev1.ResourceFieldSelector{Resource: "limits.cpu"}}}, {Name: "AT", Value: "/etc/keys"}}
		c.Resources.Limits = corev1.ResourceList{"cpu": resource.MustParse("1500m")}
		c.VolumeMounts = []corev1.VolumeMount{{Name: "keys", MountPath: "/etc/keys"}}
		s.Volumes = []corev1.Volume{{Name: "keys", VolumeSource: corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{SecretName: "s"}}}}
	}, func(_ *agent, p *corev1.Pod) bool {
		if p.Status.Phase == corev1.PodFailed {
			t.Error("it failed")
		}
		return p.Status.Phase == corev1.PodSucceeded
	})
}

func TestAPodThatEndsBadlyHasFailedOrIsStartedAgain(t *testing.T) {
	t.Parallel()
	play(t, "exit 3", corev1.RestartPolicyNever, nil, func(_ *agent, p *corev1.Pod) bool {
		return p.Status.Phase == corev1.PodFailed && p.Status.ContainerStatuses[0].State.Terminated.ExitCode == 3
	})
	play(t, "exit 3", corev1.RestartPolicyAlways, nil, func(_ *agent, p *corev1.Pod) bool {
		if p.Status.Phase == corev1.PodFailed {
			t.Error("it should have been started again")
		}
		return len(p.Status.ContainerStatuses) == 1 && p.Status.ContainerStatuses[0].RestartCount == 2
	})
}

func TestInitContainersComeFirstAndHoldTheRestBack(t *testing.T) {
	t.Parallel()
	initial := func(command string) func(*corev1.PodSpec) {
		return func(s *corev1.PodSpec) {
			s.InitContainers = []corev1.Container{{Name: "first", Image: "script:1", Args: []string{command}}}
			s.Containers[0].Args = []string{"exit 0"}
		}
	}
	play(t, `eval "$1"`, corev1.RestartPolicyNever, initial("exit 0"), func(_ *agent, p *corev1.Pod) bool { return p.Status.Phase == corev1.PodSucceeded })
	play(t, `eval "$1"`, corev1.RestartPolicyNever, initial("exit 1"), func(_ *agent, p *corev1.Pod) bool {
		if p.Status.Phase == corev1.PodFailed && p.Status.ContainerStatuses[0].State.Waiting == nil {
			t.Error("the container ran although the init container had failed")
		}
		return p.Status.Phase == corev1.PodFailed
	})
}

func TestAPodThatIsDeletedSleepsThenEndsAndGoes(t *testing.T) {
	t.Parallel()
	var told time.Time
	play(t, `trap 'exit 0' TERM; while :; do sleep 0.05; done`, corev1.RestartPolicyAlways, func(s *corev1.PodSpec) {
		s.Containers[0].Lifecycle = &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{Sleep: &corev1.SleepAction{Seconds: 1}}}
	}, func(a *agent, p *corev1.Pod) bool {
		if told.IsZero() && p.Status.Phase == corev1.PodRunning {
			told = time.Now()
			now, grace := metav1.Now(), int64(5)
			leaving := p.DeepCopy()
			leaving.DeletionTimestamp, leaving.DeletionGracePeriodSeconds = &now, &grace
			a.see(t.Context(), leaving)
		}
		return false
	})
	if took := time.Since(told); told.IsZero() || took < time.Second {
		t.Errorf("it went after %s, and should have slept for a second before it ended", took)
	}
}

func TestAnImageThatIsNotHereIsWaitedFor(t *testing.T) {
	t.Parallel()
	play(t, "exit 0", corev1.RestartPolicyNever, func(s *corev1.PodSpec) { s.Containers[0].Image = "script:2" }, func(_ *agent, p *corev1.Pod) bool {
		return len(p.Status.ContainerStatuses) == 1 && p.Status.ContainerStatuses[0].State.Waiting != nil && p.Status.ContainerStatuses[0].State.Waiting.Reason == "ErrImagePull"
	})
}
