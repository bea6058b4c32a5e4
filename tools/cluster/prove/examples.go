package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/yaml"
)

// examples lets the API server itself say whether it takes every object that the
// chart makes of its examples (a server-side dry run). Kinds of operators that are
// not in this cluster are only counted.
func (s *stage) examples(ctx context.Context) (string, error) {
	files, err := filepath.Glob(filepath.Join(s.chart, "examples", "*.yaml"))
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("no examples in %s: %w", s.chart, err)
	}
	rest, err := clientcmd.BuildConfigFromFlags("", s.plane.kubeconfig)
	if err != nil {
		return "", err
	}
	client, err := dynamic.NewForConfig(rest)
	if err != nil {
		return "", err
	}
	known, err := restmapper.GetAPIGroupResources(s.cluster.disc)
	if err != nil {
		return "", err
	}
	mapper := restmapper.NewDiscoveryRESTMapper(known)
	var names []string
	taken, foreign := 0, 0
	for _, file := range files {
		text, err := s.helm.run(ctx, "template", "example", s.chart, "-f", file)
		if err != nil {
			return "", err
		}
		for _, document := range strings.Split(text, "\n---\n") {
			took, err := tryOut(ctx, client, mapper, document)
			if err != nil {
				return "", fmt.Errorf("%s: %w", filepath.Base(file), err)
			}
			taken, foreign = taken+max(took, 0), foreign+max(-took, 0)
		}
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".yaml"))
	}
	return fmt.Sprintf("%s: %d objects taken by the API server, %d of kinds of operators that are not here", strings.Join(names, ", "), taken, foreign), nil
}

// tryOut creates one object without keeping it: 1 when it is taken, −1 when its kind
// is not known here, 0 when there is none.
func tryOut(ctx context.Context, client dynamic.Interface, mapper meta.RESTMapper, document string) (int, error) {
	object := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(document), &object.Object); err != nil {
		return 0, err
	}
	if len(object.Object) == 0 {
		return 0, nil
	}
	kind := object.GroupVersionKind()
	at, err := mapper.RESTMapping(kind.GroupKind(), kind.Version)
	if meta.IsNoMatchError(err) {
		return -1, nil
	}
	if err != nil {
		return 0, err
	}
	var to dynamic.ResourceInterface = client.Resource(at.Resource)
	if at.Scope.Name() == meta.RESTScopeNameNamespace {
		to = client.Resource(at.Resource).Namespace(namespace)
	}
	_, err = to.Create(ctx, object, metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}, FieldValidation: metav1.FieldValidationStrict})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		return 0, fmt.Errorf("%s %s: %w", kind.Kind, object.GetName(), err)
	}
	return 1, nil
}
