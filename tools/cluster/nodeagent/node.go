package main

import (
	"context"
	"log"
	"runtime"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

const (
	nodeName = "node-1"
	// beat is how often the node tells that it lives; the control plane waits 40 s.
	beat     = 8 * time.Second
	leaseFor = int32(40)
)

// register makes the node, unless it is there already.
func register(ctx context.Context, client kubernetes.Interface) error {
	labels := map[string]string{corev1.LabelHostname: nodeName, corev1.LabelOSStable: "linux", corev1.LabelArchStable: runtime.GOARCH, corev1.LabelTopologyZone: "zone-1"}
	_, err := client.CoreV1().Nodes().Create(ctx, &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: nodeName, Labels: labels}}, metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		return err
	}
	return tellReady(ctx, client)
}

// stayAlive tells the control plane again and again that the node is ready.
func stayAlive(ctx context.Context, client kubernetes.Interface) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		if err := renew(ctx, client); err != nil {
			log.Print("lease of the node: ", err)
		}
		if err := tellReady(ctx, client); err != nil {
			log.Print("state of the node: ", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func tellReady(ctx context.Context, client kubernetes.Interface) error {
	n, err := client.CoreV1().Nodes().Get(ctx, nodeName, metav1.GetOptions{})
	if err != nil {
		return err
	}
	room := corev1.ResourceList{}
	for name, quantity := range map[corev1.ResourceName]string{"cpu": "64", "memory": "256Gi", "pods": "110", "ephemeral-storage": "500Gi"} {
		room[name] = resource.MustParse(quantity)
	}
	n.Status.Capacity, n.Status.Allocatable = room, room
	n.Status.NodeInfo = corev1.NodeSystemInfo{OperatingSystem: "linux", Architecture: runtime.GOARCH, ContainerRuntimeVersion: "process://1", KubeletVersion: "v1.34.2"}
	n.Status.Conditions = []corev1.NodeCondition{{Type: corev1.NodeReady, Status: corev1.ConditionTrue, LastHeartbeatTime: metav1.Now(), Reason: "AgentReady"}}
	_, err = client.CoreV1().Nodes().UpdateStatus(ctx, n, metav1.UpdateOptions{})
	return err
}

func renew(ctx context.Context, client kubernetes.Interface) error {
	holder, length, now := nodeName, leaseFor, metav1.NowMicro()
	leases := client.CoordinationV1().Leases(corev1.NamespaceNodeLease)
	fresh := coordinationv1.LeaseSpec{HolderIdentity: &holder, LeaseDurationSeconds: &length, RenewTime: &now}
	l, err := leases.Get(ctx, nodeName, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		_, err = leases.Create(ctx, &coordinationv1.Lease{ObjectMeta: metav1.ObjectMeta{Name: nodeName}, Spec: fresh}, metav1.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	l.Spec = fresh
	_, err = leases.Update(ctx, l, metav1.UpdateOptions{})
	return err
}
