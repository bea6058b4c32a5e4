package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
)

// balance is what kube-proxy or an ingress controller is to the service: it
// follows the service's EndpointSlices, gives each request the next address that
// is ready, and hears of every change so much later (lag) as such a program may.
type balance struct {
	lag  time.Duration
	turn atomic.Int64

	mu     sync.Mutex
	slices map[string][]string
	ready  []string
	most   int
}

var errNobody = errors.New("no address is ready")

// follow follows the slices of a service until the context ends.
func follow(ctx context.Context, client kubernetes.Interface, service, port string, lag time.Duration) (*balance, error) {
	b := &balance{lag: lag, slices: map[string][]string{}}
	factory := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithNamespace(namespace),
		informers.WithTweakListOptions(func(o *metav1.ListOptions) { o.LabelSelector = discoveryv1.LabelServiceName + "=" + service }))
	informer := factory.Discovery().V1().EndpointSlices().Informer()
	hear := func(o any, there bool) {
		if gone, ok := o.(cache.DeletedFinalStateUnknown); ok {
			o = gone.Obj
		}
		slice, ok := o.(*discoveryv1.EndpointSlice)
		if !ok {
			return
		}
		var addresses []string
		if there {
			addresses = readyOf(slice, port)
		}
		time.AfterFunc(lag, func() { b.set(slice.Name, addresses) })
	}
	_, err := informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: func(o any) { hear(o, true) },
		UpdateFunc: func(_, o any) { hear(o, true) }, DeleteFunc: func(o any) { hear(o, false) }})
	if err != nil {
		return nil, err
	}
	factory.Start(ctx.Done())
	if !cache.WaitForCacheSync(ctx.Done(), informer.HasSynced) {
		return nil, ctx.Err()
	}
	return b, nil
}

// readyOf are the addresses of a slice that take requests, as they are on this machine.
func readyOf(slice *discoveryv1.EndpointSlice, port string) []string {
	number := 0
	for _, p := range slice.Ports {
		if p.Name != nil && *p.Name == port && p.Port != nil {
			number = int(*p.Port)
		}
	}
	var all []string
	for _, e := range slice.Endpoints {
		if number == 0 || e.Conditions.Ready == nil || !*e.Conditions.Ready {
			continue
		}
		for _, a := range e.Addresses {
			all = append(all, net.JoinHostPort(here(a), fmt.Sprint(number)))
		}
	}
	return all
}

// here is where the node lets a pod of this address listen.
func here(address string) string { return "127." + strings.TrimPrefix(address, "10.") }

func (b *balance) set(slice string, addresses []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.slices[slice] = addresses
	b.ready = nil
	for _, of := range b.slices {
		b.ready = append(b.ready, of...)
	}
	b.most = max(b.most, len(b.ready))
}

// pick gives the address of the next request.
func (b *balance) pick() (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.ready) == 0 {
		return "", errNobody
	}
	return b.ready[int(b.turn.Add(1))%len(b.ready)], nil
}

// count is how many addresses are ready now.
func (b *balance) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.ready)
}
