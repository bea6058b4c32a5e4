package main

import (
	"context"
	"fmt"
	"strings"
	"sync"

	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/tools/cache"
)

// jobs notes which Jobs of the release came to a good end, since the hook that
// makes them also deletes them.
type jobs struct {
	mu   sync.Mutex
	done map[string]bool // by uid
}

func watchJobs(ctx context.Context, c *cluster) *jobs {
	j := &jobs{done: map[string]bool{}}
	factory := informers.NewSharedInformerFactoryWithOptions(c, 0, informers.WithNamespace(namespace))
	note := func(o any) {
		job, ok := o.(*batchv1.Job)
		if !ok || !strings.HasSuffix(job.Name, "-migration") {
			return
		}
		for _, condition := range job.Status.Conditions {
			if condition.Type == batchv1.JobComplete && condition.Status == corev1.ConditionTrue {
				j.mu.Lock()
				j.done[string(job.UID)] = true
				j.mu.Unlock()
			}
		}
	}
	informer := factory.Batch().V1().Jobs().Informer()
	_, _ = informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: note, UpdateFunc: func(_, o any) { note(o) }}) // it fails once stopped only
	factory.Start(ctx.Done())
	return j
}

// count is how many migrations have come to a good end.
func (j *jobs) count() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.done)
}

// hookLeftNothing says whether the migration ran so many times in all, and neither
// its Jobs nor its account nor its pods are there any more.
func (s *stage) hookLeftNothing(ctx context.Context, times int) error {
	if n := s.jobs.count(); n != times {
		return fmt.Errorf("the migration hook came to a good end %d times, want %d", n, times)
	}
	return waitFor(ctx, "the hook to leave nothing", hookGoes, func() error {
		all, err := s.cluster.everything(ctx)
		if err != nil {
			return err
		}
		for name := range all {
			if strings.Contains(name, "-migration") {
				return fmt.Errorf("%s is left", name)
			}
		}
		return nil
	})
}
