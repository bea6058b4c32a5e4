package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// mounts is where the volumes of a pod lie on the machine, by name.
type mounts map[string]string

// missing forgives that something optional is not there.
func missing(err error, may bool) error {
	if may && apierrors.IsNotFound(err) {
		return nil
	}
	return err
}

// mount makes the volumes of the pod, waiting for what they are made from; it is
// not ok when the pod ends meanwhile.
func (p *pod) mount(ctx context.Context) (m mounts, ok bool) {
	for {
		m, err := p.volumes(ctx)
		if err == nil {
			return m, true
		}
		log.Printf("%s: volumes: %v", p, err)
		select {
		case <-time.After(time.Second):
		case <-p.ending:
			return nil, false
		}
	}
}

func (p *pod) volumes(ctx context.Context) (mounts, error) {
	m := mounts{}
	for _, v := range p.object.Spec.Volumes {
		at := filepath.Join(p.folder, "volumes", v.Name)
		if err := os.MkdirAll(at, 0o777); err != nil { //nolint:gosec // whichever account the container has
			return nil, err
		}
		at, err := p.fill(ctx, at, v)
		if err != nil {
			return nil, fmt.Errorf("volume %s: %w", v.Name, err)
		}
		m[v.Name] = at
	}
	return m, nil
}

// fill makes one volume and gives where it lies.
func (p *pod) fill(ctx context.Context, at string, v corev1.Volume) (string, error) {
	switch {
	case v.EmptyDir != nil:
		return at, p.share(at, 0o777)
	case v.Secret != nil:
		all, err := p.secret(ctx, v.Secret.SecretName, optional(v.Secret.Optional))
		if err != nil {
			return "", err
		}
		return at, p.write(at, all, v.Secret.Items, v.Secret.DefaultMode)
	case v.ConfigMap != nil:
		all, err := p.configMap(ctx, v.ConfigMap.Name, optional(v.ConfigMap.Optional))
		if err != nil {
			return "", err
		}
		return at, p.write(at, all, v.ConfigMap.Items, v.ConfigMap.DefaultMode)
	case v.Projected != nil:
		return at, p.project(ctx, at, v.Projected)
	case v.PersistentVolumeClaim != nil:
		return p.claimed(ctx, v.PersistentVolumeClaim.ClaimName)
	}
	return "", fmt.Errorf("this node has no volumes of this kind")
}

func (p *pod) project(ctx context.Context, at string, from *corev1.ProjectedVolumeSource) error {
	for _, s := range from.Sources {
		var all map[string]string
		var items []corev1.KeyToPath
		var err error
		switch {
		case s.Secret != nil:
			items = s.Secret.Items
			all, err = p.secret(ctx, s.Secret.Name, optional(s.Secret.Optional))
		case s.ConfigMap != nil:
			items = s.ConfigMap.Items
			all, err = p.configMap(ctx, s.ConfigMap.Name, optional(s.ConfigMap.Optional))
		case s.ServiceAccountToken != nil:
			all, err = p.token(ctx, s.ServiceAccountToken)
		case s.DownwardAPI != nil:
			all = map[string]string{}
			for _, item := range s.DownwardAPI.Items {
				if item.FieldRef == nil {
					return fmt.Errorf("this node projects fields only")
				}
				if all[item.Path], err = p.field(item.FieldRef.FieldPath); err != nil {
					return err
				}
			}
		default:
			return fmt.Errorf("this node projects no such source")
		}
		if err == nil {
			err = p.write(at, all, items, from.DefaultMode)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *pod) token(ctx context.Context, from *corev1.ServiceAccountTokenProjection) (map[string]string, error) {
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{ExpirationSeconds: from.ExpirationSeconds,
		BoundObjectRef: &authenticationv1.BoundObjectReference{Kind: "Pod", APIVersion: "v1", Name: p.object.Name, UID: p.object.UID}}}
	if from.Audience != "" {
		request.Spec.Audiences = []string{from.Audience}
	}
	got, err := p.client.CoreV1().ServiceAccounts(p.object.Namespace).CreateToken(ctx, p.object.Spec.ServiceAccountName, request, metav1.CreateOptions{})
	if err != nil {
		return nil, err
	}
	return map[string]string{from.Path: got.Status.Token}, nil
}

// claimed is the folder of the volume that a claim is bound to.
func (p *pod) claimed(ctx context.Context, name string) (string, error) {
	claim, err := p.client.CoreV1().PersistentVolumeClaims(p.object.Namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return "", err
	}
	if claim.Spec.VolumeName == "" {
		return "", fmt.Errorf("the claim %s is not bound", name)
	}
	volume, err := p.client.CoreV1().PersistentVolumes().Get(ctx, claim.Spec.VolumeName, metav1.GetOptions{})
	if err != nil {
		return "", err
	}
	if volume.Spec.HostPath == nil {
		return "", fmt.Errorf("the volume %s is no folder of the node", volume.Name)
	}
	return volume.Spec.HostPath.Path, p.share(volume.Spec.HostPath.Path, 0o777)
}

// write makes a file of each value, or of those that are named.
func (p *pod) write(at string, all map[string]string, items []corev1.KeyToPath, mode *int32) error {
	if items == nil {
		for key := range all {
			items = append(items, corev1.KeyToPath{Key: key, Path: key})
		}
	}
	for _, item := range items {
		value, given := all[item.Key]
		if !given {
			return fmt.Errorf("there is no key %s", item.Key)
		}
		file := filepath.Join(at, item.Path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // whichever account the container has
			return err
		}
		bits := os.FileMode(0o644)
		if item.Mode != nil {
			mode = item.Mode
		}
		if mode != nil {
			bits = os.FileMode(*mode) //nolint:gosec // permission bits
		}
		if err := os.WriteFile(file, []byte(value), 0o600); err != nil {
			return err
		}
		// A kubelet gives what it writes to the pod's group, which may then read it.
		if s := p.object.Spec.SecurityContext; s != nil && s.FSGroup != nil {
			bits |= 0o040
		}
		if err := p.share(file, bits); err != nil {
			return err
		}
	}
	return nil
}

// share gives a file or folder to the group of the pod, with these permissions.
func (p *pod) share(at string, bits os.FileMode) error {
	if s := p.object.Spec.SecurityContext; s != nil && s.FSGroup != nil && os.Geteuid() == 0 {
		if err := os.Chown(at, 0, int(*s.FSGroup)); err != nil {
			return err
		}
	}
	return os.Chmod(at, bits)
}
