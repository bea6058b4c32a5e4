#!/bin/sh
# 离线安装 leitai @VERSION@ / Installs leitai @VERSION@ from this folder alone.
#
#   ./install.sh check                    校验文件 are the files whole?
#   ./install.sh images                   把镜像装入本机 load the image into this machine's engine
#   ./install.sh push REGISTRY            把镜像推到内网仓库 push the image to a registry of the network
#   ./install.sh chart VALUES [NAMESPACE] 安装或升级 install or upgrade in the cluster, by helm
#   ./install.sh binary [FOLDER]          不用集群：装到 /usr/local/bin without a cluster
set -eu
from=$(pwd)
cd "$(dirname "$0")"
version=@VERSION@

fail() {
	echo "install.sh: $*" >&2
	exit 1
}

seen() { # a path as it is seen from where this was called
	case $1 in
	/*) echo "$1" ;;
	*) echo "$from/$1" ;;
	esac
}

case $(uname -m) in
x86_64 | amd64) arch=amd64 ;;
aarch64 | arm64) arch=arm64 ;;
*) fail "没有 $(uname -m) 的程序 / nothing here is for $(uname -m); amd64 and arm64 are" ;;
esac
archive="images/leitai-$version-linux-$arch.tar"

check() {
	sha256sum --check --quiet SHA256SUMS || fail "文件不完整，请重新复制 / the files are not whole: copy them again"
	echo "校验通过 / the files are whole"
}

# The engine that has images on this machine; k3s and containerd hold those of Kubernetes apart.
images() {
	check
	if command -v k3s >/dev/null; then
		k3s ctr -n k8s.io images import "$archive"
	elif command -v ctr >/dev/null; then
		ctr -n k8s.io images import "$archive"
	elif command -v podman >/dev/null; then
		podman load -i "$archive"
	elif command -v docker >/dev/null; then
		docker load -i "$archive"
	else
		fail "没有找到 k3s、ctr、podman、docker / none of k3s, ctr, podman and docker is here"
	fi
}

# Each architecture by its own tag, and this machine's by the version.
push() {
	check
	if command -v skopeo >/dev/null; then
		for each in amd64 arm64; do
			skopeo copy "docker-archive:images/leitai-$version-linux-$each.tar" "docker://$1/leitai:$version-$each"
		done
		skopeo copy "docker-archive:$archive" "docker://$1/leitai:$version"
		return
	fi
	engine=$(command -v podman || command -v docker) || fail "没有找到 skopeo、podman、docker / none of skopeo, podman and docker is here"
	"$engine" load -i "$archive"
	"$engine" tag "leitai:$version" "$1/leitai:$version"
	"$engine" push "$1/leitai:$version"
}

case ${1:-} in
check) check ;;
images) images ;;
push)
	[ $# = 2 ] || fail "用法 usage: ./install.sh push REGISTRY"
	push "$2"
	;;
chart)
	[ $# -ge 2 ] && [ -r "$(seen "$2")" ] || fail "用法 usage: ./install.sh chart VALUES [NAMESPACE]"
	command -v helm >/dev/null || fail "没有找到 helm（3.14 或更高） / helm 3.14 or later is needed"
	check
	helm upgrade --install leitai "leitai-$version.tgz" --namespace "${3:-leitai}" --values "$(seen "$2")" --timeout 60m --wait
	;;
binary)
	check
	to=$(seen "${2:-/usr/local/bin}")
	# In its place at once: a program that runs cannot be written over.
	cp "bin/leitai-linux-$arch" "$to/leitai.new" && chmod 755 "$to/leitai.new" && mv "$to/leitai.new" "$to/leitai"
	echo "$to/leitai"
	;;
*)
	sed -n '2,8s/^# \{0,1\}//p' install.sh
	exit 1
	;;
esac
