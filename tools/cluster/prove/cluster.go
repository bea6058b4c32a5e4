package main

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/metadata"
	restclient "k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// namespace of the service. It holds pods to the restricted standard of security,
// so a chart whose pods ask for more is refused by the API server.
const namespace = "leitai"

// cluster is how the proof asks the API server.
type cluster struct {
	kubernetes.Interface
	meta  metadata.Interface
	disc  discovery.DiscoveryInterface
	kinds int // that everything listed the last time
}

func reach(kubeconfig string) (*cluster, error) {
	rest, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return nil, err
	}
	rest.QPS, rest.Burst, rest.WarningHandler = 100, 200, restclient.NoWarnings{}
	client, err := kubernetes.NewForConfig(rest)
	if err != nil {
		return nil, err
	}
	meta, err := metadata.NewForConfig(rest)
	if err != nil {
		return nil, err
	}
	return &cluster{Interface: client, meta: meta, disc: client.Discovery()}, nil
}

// settle makes the namespace and what the chart takes by reference: the secrets
// with the DSNs and the keys, and a volume for files.
func (c *cluster) settle(ctx context.Context, secrets map[string]map[string]string, files string) error {
	err := waitFor(ctx, "the namespace", 30*time.Second, func() error {
		_, err := c.CoreV1().Namespaces().Create(ctx, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace,
			Labels: map[string]string{"pod-security.kubernetes.io/enforce": "restricted"}}}, metav1.CreateOptions{})
		if apierrors.IsAlreadyExists(err) {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	for name, data := range secrets {
		s := &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: name}, StringData: data}
		if _, err := c.CoreV1().Secrets(namespace).Create(ctx, s, metav1.CreateOptions{}); err != nil {
			return err
		}
	}
	volume := &corev1.PersistentVolume{ObjectMeta: metav1.ObjectMeta{Name: "files"}, Spec: corev1.PersistentVolumeSpec{
		Capacity: corev1.ResourceList{corev1.ResourceStorage: quantity("100Gi")}, AccessModes: []corev1.PersistentVolumeAccessMode{corev1.ReadWriteMany, corev1.ReadWriteOnce},
		PersistentVolumeReclaimPolicy: corev1.PersistentVolumeReclaimRetain,
		PersistentVolumeSource:        corev1.PersistentVolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: files}}}}
	if _, err := c.CoreV1().PersistentVolumes().Create(ctx, volume, metav1.CreateOptions{}); err != nil {
		return err
	}
	return waitFor(ctx, "what every namespace has", 60*time.Second, func() error {
		_, account := c.CoreV1().ServiceAccounts(namespace).Get(ctx, "default", metav1.GetOptions{})
		_, authority := c.CoreV1().ConfigMaps(namespace).Get(ctx, "kube-root-ca.crt", metav1.GetOptions{})
		return errors.Join(account, authority)
	})
}

// calm waits until the cluster has made all that it makes by itself at its start, and
// gives everything there is then.
func (c *cluster) calm(ctx context.Context) (map[string]bool, error) {
	var all map[string]bool
	err := waitFor(ctx, "the cluster to come to rest", time.Minute, func() error {
		before := all
		sleep(ctx, 2*time.Second)
		var err error
		if all, err = c.everything(ctx); err != nil {
			return fatal{err}
		}
		if before == nil || len(left(before, all)) > 0 {
			return errors.New("it still makes objects of its own")
		}
		return nil
	})
	return all, err
}

// everything is every object of every kind that can be listed, but what the cluster
// itself tells about its life.
func (c *cluster) everything(ctx context.Context) (map[string]bool, error) {
	lists, err := discovery.ServerPreferredResources(c.disc)
	if err != nil {
		return nil, err
	}
	all := map[string]bool{}
	c.kinds = 0
	for _, l := range lists {
		group, err := schema.ParseGroupVersion(l.GroupVersion)
		if err != nil {
			return nil, err
		}
		for _, r := range l.APIResources {
			if !contains(r.Verbs, "list") || r.Kind == "Event" || r.Kind == "Lease" || r.Kind == "ComponentStatus" {
				continue
			}
			found, err := c.meta.Resource(group.WithResource(r.Name)).List(ctx, metav1.ListOptions{})
			if err != nil {
				return nil, fmt.Errorf("list %s: %w", r.Name, err)
			}
			c.kinds++
			for _, item := range found.Items {
				all[strings.TrimPrefix(item.Namespace+"/", "/")+r.Name+"/"+item.Name] = true
			}
		}
	}
	return all, nil
}

func contains(verbs metav1.Verbs, verb string) bool {
	for _, v := range verbs {
		if v == verb {
			return true
		}
	}
	return false
}

// left is what is there and was not before.
func left(before, after map[string]bool) []string {
	var more []string
	for name := range after {
		if !before[name] {
			more = append(more, name)
		}
	}
	sort.Strings(more)
	return more
}

// nothingLeft waits until nothing is there that was not before: what belonged to
// something deleted goes a moment later.
func (c *cluster) nothingLeft(ctx context.Context, before map[string]bool) error {
	return waitFor(ctx, "nothing to be left", 90*time.Second, func() error {
		after, err := c.everything(ctx)
		if err != nil {
			return err
		}
		if more := left(before, after); len(more) > 0 {
			return errors.New(strings.Join(more, ", "))
		}
		return nil
	})
}

// pods of one component of the chart.
func (c *cluster) pods(ctx context.Context, component string) ([]corev1.Pod, error) {
	list, err := c.CoreV1().Pods(namespace).List(ctx, metav1.ListOptions{LabelSelector: "app.kubernetes.io/component=" + component})
	if err != nil {
		return nil, err
	}
	return list.Items, nil
}

// ready waits until exactly so many pods of a component are there, all of them
// ready and of this image tag.
func (c *cluster) ready(ctx context.Context, component string, count int, tag string) error {
	return waitFor(ctx, fmt.Sprintf("%d ready pods of %s %s", count, component, tag), 2*time.Minute, func() error {
		pods, err := c.pods(ctx, component)
		if err != nil {
			return err
		}
		if len(pods) != count {
			return fmt.Errorf("there are %d", len(pods))
		}
		for i := range pods {
			if !isReady(&pods[i]) || !strings.HasSuffix(pods[i].Spec.Containers[0].Image, ":"+tag) {
				return fmt.Errorf("%s runs %s", pods[i].Name, pods[i].Spec.Containers[0].Image)
			}
		}
		return nil
	})
}

func isReady(p *corev1.Pod) bool {
	for _, c := range p.Status.Conditions {
		if c.Type == corev1.PodReady {
			return c.Status == corev1.ConditionTrue
		}
	}
	return false
}
