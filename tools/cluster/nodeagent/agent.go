package main

import (
	"context"
	"fmt"
	"log"
	"sync"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
)

// agent is what runs the node's pods.
type agent struct {
	client        kubernetes.Interface
	images, state string

	mu        sync.Mutex
	pods      map[types.UID]*pod
	ended     map[types.UID]bool // pods that came to their end and are not begun again
	addresses map[int]bool       // taken
	next      int
}

// newAgent makes one that runs nothing yet.
func newAgent(client kubernetes.Interface, images, state string) *agent {
	return &agent{client: client, images: images, state: state, pods: map[types.UID]*pod{}, ended: map[types.UID]bool{}, addresses: map[int]bool{}, next: 1}
}

// see begins a pod that is new, and tells one that runs when it is to be deleted.
func (a *agent) see(ctx context.Context, object *corev1.Pod) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if p := a.pods[object.UID]; p != nil {
		if object.DeletionTimestamp != nil {
			p.end(graceOf(object))
		}
		return
	}
	over := a.ended[object.UID] || object.Status.Phase == corev1.PodSucceeded || object.Status.Phase == corev1.PodFailed
	if over || object.DeletionTimestamp != nil {
		if object.DeletionTimestamp != nil {
			go a.remove(ctx, object) // nothing of it runs
		}
		return
	}
	number := a.takeAddress()
	p := newPod(a, object.DeepCopy(), number)
	a.pods[object.UID] = p
	go func() {
		log.Print("begin ", p)
		p.live(ctx)
		log.Print("end ", p)
		a.mu.Lock()
		delete(a.pods, object.UID)
		delete(a.addresses, number)
		a.ended[object.UID] = true
		a.mu.Unlock()
		if p.isEnding() { // who is told later finds it among the ended
			a.remove(ctx, object)
		}
	}()
}

// gone ends a pod that was deleted by force.
func (a *agent) gone(object *corev1.Pod) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if p := a.pods[object.UID]; p != nil {
		p.end(0)
	}
	delete(a.ended, object.UID)
}

// takeAddress gives the number of an address that no pod has, the one longest
// unused first: whoever still knows an old one then reaches nobody, not somebody else.
func (a *agent) takeAddress() int {
	for range 250 {
		number := a.next
		a.next = a.next%250 + 1
		if !a.addresses[number] {
			a.addresses[number] = true
			return number
		}
	}
	panic("more than 250 pods, and the node takes 110")
}

// address is a pod's as the API tells it, and local where its processes listen.
func address(number int) string { return fmt.Sprintf("10.77.0.%d", number) }
func local(number int) string   { return fmt.Sprintf("127.77.0.%d", number) }
