// Command nodeagent is a node of a Kubernetes cluster without a container engine:
// it registers one node with the API server, runs the containers of the pods that
// the scheduler binds to it as plain processes, probes them, restarts them, ends
// them as a kubelet does, and tells the API server. It was written for this
// project, to prove the chart on a real control plane.
//
// What a container engine would do and it does not: images are folders (-images,
// NAME/TAG), all containers share the machine's files and network. A pod's address
// is 10.77.0.N in the API and 127.77.0.N on the machine; addresses to listen on and
// paths of volumes are translated in settings and arguments. Of a pod with several
// containers it refuses to run any.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	config := flag.String("kubeconfig", os.Getenv("KUBECONFIG"), "how to reach the API server")
	images := flag.String("images", "", "folder of images: NAME/TAG/program")
	state := flag.String("state", "", "folder for volumes and logs of pods")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *config, *images, *state); err != nil {
		log.Print(err)
		os.Exit(1) //nolint:gocritic // stop only hears signals
	}
}

func run(ctx context.Context, config, images, state string) error {
	rest, err := clientcmd.BuildConfigFromFlags("", config)
	if err != nil {
		return err
	}
	rest.QPS, rest.Burst = 100, 200
	client, err := kubernetes.NewForConfig(rest)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(state, 0o755); err != nil { //nolint:gosec // accounts of containers have to enter it
		return err
	}
	if err := register(ctx, client); err != nil {
		return err
	}
	go stayAlive(ctx, client)
	a := newAgent(client, images, state)
	factory := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTweakListOptions(func(o *metav1.ListOptions) { o.FieldSelector = "spec.nodeName=" + nodeName }))
	seen := func(o any) {
		if p, ok := o.(*corev1.Pod); ok {
			a.see(ctx, p)
		}
	}
	_, err = factory.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    seen,
		UpdateFunc: func(_, o any) { seen(o) },
		DeleteFunc: func(o any) {
			if gone, ok := o.(cache.DeletedFinalStateUnknown); ok {
				o = gone.Obj
			}
			if p, ok := o.(*corev1.Pod); ok {
				a.gone(p)
			}
		},
	})
	if err != nil {
		return err
	}
	factory.Start(ctx.Done())
	<-ctx.Done()
	return nil
}
