package main

import (
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// at is where a path of the container that is a mounted volume lies here.
func (m mounts) at(c *corev1.Container, path string) (string, bool) {
	for _, v := range c.VolumeMounts {
		if filepath.Clean(v.MountPath) == path {
			return filepath.Join(m[v.Name], v.SubPath), true
		}
	}
	return "", false
}

// everyAddress is a setting or flag that says to listen at every address of the pod.
var everyAddress = regexp.MustCompile(`^(--?[a-zA-Z-]+=)?(?:0\.0\.0\.0|\[::\])?(:\d+)$`)

// translator says how a setting or an argument reads on this machine: paths of
// volumes become those they have here, and a pod's own addresses the one it has here.
func (m mounts) translator(c *corev1.Container, number int) func(string) string {
	places := append([]corev1.VolumeMount{}, c.VolumeMounts...)
	sort.Slice(places, func(i, j int) bool { return len(places[i].MountPath) > len(places[j].MountPath) })
	var paths []string
	here := map[string]string{}
	for _, v := range places {
		path := filepath.Clean(v.MountPath)
		paths = append(paths, regexp.QuoteMeta(path))
		here[path] = filepath.Join(m[v.Name], v.SubPath)
	}
	var mounted *regexp.Regexp
	if len(paths) > 0 {
		// Not the middle of a longer path, and not the beginning of a longer name.
		mounted = regexp.MustCompile(`(^|[^A-Za-z0-9._-])(` + strings.Join(paths, "|") + `)($|[^A-Za-z0-9._-])`)
	}
	return func(text string) string {
		if mounted != nil {
			text = mounted.ReplaceAllStringFunc(text, func(found string) string {
				part := mounted.FindStringSubmatch(found)
				return part[1] + here[part[2]] + part[3]
			})
		}
		text = everyAddress.ReplaceAllString(text, "${1}"+local(number)+"${2}")
		return strings.ReplaceAll(text, address(number)+":", local(number)+":")
	}
}
