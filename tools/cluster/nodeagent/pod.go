package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// pod is one that runs here.
type pod struct {
	*agent
	object *corev1.Pod // as it was bound to the node
	number int         // of its address
	folder string

	ending  chan struct{} // closed when it is to end
	endOnce sync.Once
	until   time.Time // when it has to have ended; set before ending is closed

	status status
}

func newPod(a *agent, object *corev1.Pod, number int) *pod {
	p := &pod{agent: a, object: object, number: number, ending: make(chan struct{}), folder: filepath.Join(a.state, "pods", string(object.UID))}
	p.status.of(p)
	return p
}

func (p *pod) String() string {
	return fmt.Sprintf("%s/%s at %s", p.object.Namespace, p.object.Name, local(p.number))
}

func (p *pod) name() types.NamespacedName {
	return types.NamespacedName{Namespace: p.object.Namespace, Name: p.object.Name}
}

// graceOf is how long a pod that is deleted may take to end.
func graceOf(object *corev1.Pod) time.Duration {
	if s := object.DeletionGracePeriodSeconds; s != nil {
		return time.Duration(*s) * time.Second
	}
	return 30 * time.Second
}

// end tells the pod to end within the time.
func (p *pod) end(within time.Duration) {
	p.endOnce.Do(func() {
		p.until = time.Now().Add(within)
		close(p.ending)
	})
}

func (p *pod) isEnding() bool {
	select {
	case <-p.ending:
		return true
	default:
		return false
	}
}

// live is the whole life of a pod: volumes, init containers one after the other,
// its container until the policy says that it is over.
func (p *pod) live(ctx context.Context) {
	defer func() { _ = os.RemoveAll(p.folder) }() // its volumes go with it
	if phase := p.run(ctx); phase != "" {
		p.status.finish(ctx, phase)
	}
}

// run gives the phase the pod came to by itself, or none when it was ended.
func (p *pod) run(ctx context.Context) corev1.PodPhase {
	if len(p.object.Spec.Containers) != 1 {
		p.status.refuse(ctx, "this node runs pods of one container only")
		<-p.ending
		return ""
	}
	p.status.tell(ctx)
	mounts, ok := p.mount(ctx)
	if !ok {
		return ""
	}
	for i := range p.object.Spec.InitContainers {
		phase := p.untilOver(ctx, mounts, &p.object.Spec.InitContainers[i], p.status.initial(i), true)
		if p.isEnding() {
			return ""
		}
		if phase != corev1.PodSucceeded {
			return phase
		}
	}
	p.status.initialised(ctx)
	return p.untilOver(ctx, mounts, &p.object.Spec.Containers[0], p.status.main(), false)
}

// untilOver runs a container, and again after it ended where the policy of the pod
// asks for it, with growing pauses. It gives the phase it ends in; none when the pod
// was ended meanwhile.
func (p *pod) untilOver(ctx context.Context, mounts mounts, c *corev1.Container, s *containerState, initial bool) corev1.PodPhase {
	policy := p.object.Spec.RestartPolicy
	for pause := time.Second; ; pause = min(2*pause, 16*time.Second) {
		code, ran := p.once(ctx, mounts, c, s)
		if !ran {
			return ""
		}
		switch {
		case code == 0 && (initial || policy != corev1.RestartPolicyAlways):
			s.over(ctx, code)
			return corev1.PodSucceeded
		case p.isEnding():
			s.over(ctx, code)
			return ""
		case policy == corev1.RestartPolicyNever:
			s.over(ctx, code)
			return corev1.PodFailed
		}
		log.Printf("%s: %s ended with %d, again in %s", p, c.Name, code, pause)
		s.again(ctx, code)
		select {
		case <-time.After(pause):
		case <-p.ending:
			return ""
		}
	}
}

// remove deletes the pod's object for good, once nothing of it runs.
func (a *agent) remove(ctx context.Context, object *corev1.Pod) {
	zero := int64(0)
	err := a.client.CoreV1().Pods(object.Namespace).Delete(ctx, object.Name, metav1.DeleteOptions{GracePeriodSeconds: &zero, Preconditions: &metav1.Preconditions{UID: &object.UID}})
	if err != nil {
		log.Printf("remove %s/%s: %v", object.Namespace, object.Name, err)
	}
}
