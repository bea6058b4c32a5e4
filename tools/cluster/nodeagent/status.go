package main

import (
	"context"
	"log"
	"sync"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/util/retry"
)

// status is what the API server is told of a pod.
type status struct {
	pod *pod

	mu         sync.Mutex
	phase      corev1.PodPhase
	reason     string
	begun      metav1.Time
	initDone   bool
	containers []corev1.ContainerStatus // init containers first
	initials   int
	conditions map[corev1.PodConditionType]corev1.PodCondition
}

// containerState is that of one container, within the status.
type containerState struct {
	of *status
	i  int
}

func (s *status) of(p *pod) {
	s.pod, s.phase, s.begun, s.conditions = p, corev1.PodPending, metav1.Now(), map[corev1.PodConditionType]corev1.PodCondition{}
	s.initials = len(p.object.Spec.InitContainers)
	s.initDone = s.initials == 0
	for _, c := range append(append([]corev1.Container{}, p.object.Spec.InitContainers...), p.object.Spec.Containers...) {
		no := false
		s.containers = append(s.containers, corev1.ContainerStatus{Name: c.Name, Image: c.Image, Started: &no,
			State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ContainerCreating"}}})
	}
}

func (s *status) initial(i int) *containerState { return &containerState{s, i} }
func (s *status) main() *containerState         { return &containerState{s, s.initials} }

// change changes what is known and tells the API server.
func (s *status) change(ctx context.Context, do func()) {
	s.mu.Lock()
	do()
	s.mu.Unlock()
	s.tell(ctx)
}

func (s *status) initialised(ctx context.Context) { s.change(ctx, func() { s.initDone = true }) }

// refuse says why a pod is not begun at all.
func (s *status) refuse(ctx context.Context, why string) { s.change(ctx, func() { s.reason = why }) }

// finish says that the pod came to its end.
func (s *status) finish(ctx context.Context, phase corev1.PodPhase) {
	s.change(ctx, func() { s.phase = phase })
}

func (c *containerState) change(ctx context.Context, do func(*corev1.ContainerStatus)) {
	c.of.change(ctx, func() { do(&c.of.containers[c.i]) })
}

func (c *containerState) restarts() int32 {
	c.of.mu.Lock()
	defer c.of.mu.Unlock()
	return c.of.containers[c.i].RestartCount
}

// running says that the container's process was started.
func (c *containerState) running(ctx context.Context, started, ready bool) {
	c.change(ctx, func(s *corev1.ContainerStatus) {
		if c.i >= c.of.initials {
			c.of.phase = corev1.PodRunning
		}
		s.State = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: metav1.Now()}}
		s.Started, s.Ready = &started, ready
	})
}

// started says that the startup probe succeeded.
func (c *containerState) started(ctx context.Context, ready bool) {
	yes := true
	c.change(ctx, func(s *corev1.ContainerStatus) { s.Started, s.Ready = &yes, ready })
}

// ready says whether the container is, when that changed.
func (c *containerState) ready(ctx context.Context, ready bool) {
	c.of.mu.Lock()
	same := c.of.containers[c.i].Ready == ready
	c.of.mu.Unlock()
	if !same {
		c.change(ctx, func(s *corev1.ContainerStatus) { s.Ready = ready })
	}
}

// waiting says what the container waits for.
func (c *containerState) waiting(ctx context.Context, reason, message string) {
	c.change(ctx, func(s *corev1.ContainerStatus) {
		s.Ready, s.State = false, corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}}
	})
}

// again says that the container ended and is started anew after a pause.
func (c *containerState) again(ctx context.Context, code int) {
	c.change(ctx, func(s *corev1.ContainerStatus) {
		no := false
		s.LastTerminationState = corev1.ContainerState{Terminated: ended(code)}
		s.Started, s.Ready, s.RestartCount = &no, false, s.RestartCount+1
		s.State = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff"}}
	})
}

// over says that the container ended for good.
func (c *containerState) over(ctx context.Context, code int) {
	c.change(ctx, func(s *corev1.ContainerStatus) {
		no := false
		s.Started, s.Ready, s.State = &no, false, corev1.ContainerState{Terminated: ended(code)}
	})
}

func ended(code int) *corev1.ContainerStateTerminated {
	reason := "Completed"
	if code != 0 {
		reason = "Error"
	}
	return &corev1.ContainerStateTerminated{ExitCode: int32(code), Reason: reason, FinishedAt: metav1.Now()} //nolint:gosec // 0 to 255
}

// tell writes the whole status; a pod that is gone has none.
func (s *status) tell(ctx context.Context) {
	pods := s.pod.client.CoreV1().Pods(s.pod.object.Namespace)
	err := retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		now, err := pods.Get(ctx, s.pod.object.Name, metav1.GetOptions{})
		if err != nil || now.UID != s.pod.object.UID {
			return err
		}
		s.mu.Lock()
		s.into(&now.Status)
		s.mu.Unlock()
		_, err = pods.UpdateStatus(ctx, now, metav1.UpdateOptions{})
		return err
	})
	if err != nil && !apierrors.IsNotFound(err) && ctx.Err() == nil {
		log.Printf("%s: tell: %v", s.pod, err)
	}
}

func (s *status) into(to *corev1.PodStatus) {
	over := s.phase == corev1.PodSucceeded || s.phase == corev1.PodFailed
	ready := s.initDone && !over
	for _, c := range s.containers[s.initials:] {
		ready = ready && c.Ready
	}
	to.Phase, to.Message, to.StartTime = s.phase, s.reason, &s.begun
	to.HostIP, to.PodIP = "127.0.0.1", address(s.pod.number)
	to.HostIPs, to.PodIPs = []corev1.HostIP{{IP: to.HostIP}}, []corev1.PodIP{{IP: to.PodIP}}
	to.InitContainerStatuses = append([]corev1.ContainerStatus{}, s.containers[:s.initials]...)
	to.ContainerStatuses = append([]corev1.ContainerStatus{}, s.containers[s.initials:]...)
	why := ""
	if over {
		why = "PodCompleted"
	}
	to.Conditions = []corev1.PodCondition{s.condition(corev1.PodScheduled, true, ""), s.condition(corev1.PodReadyToStartContainers, !over, ""),
		s.condition(corev1.PodInitialized, s.initDone, ""), s.condition(corev1.ContainersReady, ready, why), s.condition(corev1.PodReady, ready, why)}
}

// condition keeps the moment of the last change, from which controllers count how
// long a pod has been ready.
func (s *status) condition(kind corev1.PodConditionType, holds bool, reason string) corev1.PodCondition {
	c := corev1.PodCondition{Type: kind, Status: corev1.ConditionFalse, Reason: reason, LastTransitionTime: metav1.Now()}
	if holds {
		c.Status = corev1.ConditionTrue
	}
	if was, known := s.conditions[kind]; known && was.Status == c.Status {
		c.LastTransitionTime = was.LastTransitionTime
	}
	s.conditions[kind] = c
	return c
}
