package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"leitai/tools/cluster/child"
)

// plane is a control plane on this machine with one node.
type plane struct {
	folder, kubeconfig string
	parts              []*child.Process // in the order they were started
}

// token of the administrator of this cluster, which lives as long as the proof and
// listens on loopback only.
const adminToken = "proof-administrator"

// startPlane starts etcd, the API server, the controllers, the scheduler and the
// node, and returns once the API server is ready.
func startPlane(ctx context.Context, folder string, t tools, images string) (*plane, error) {
	p := &plane{folder: folder, kubeconfig: filepath.Join(folder, "kubeconfig")}
	ports, err := freePorts(3)
	if err != nil {
		return nil, err
	}
	pki := filepath.Join(folder, "pki")
	if err := makeAccountKey(pki); err != nil {
		return nil, err
	}
	etcd, peer, api := fmt.Sprintf("http://127.0.0.1:%d", ports[0]), fmt.Sprintf("http://127.0.0.1:%d", ports[1]), fmt.Sprintf("https://127.0.0.1:%d", ports[2])
	if err := p.start("etcd", t.etcd, "--data-dir", filepath.Join(folder, "etcd"), "--unsafe-no-fsync", "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
		"--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", "default="+peer); err != nil {
		return p, err
	}
	key := filepath.Join(pki, "sa.key")
	if err := p.start("kube-apiserver", t.hyperkube, "kube-apiserver", "--etcd-servers="+etcd, fmt.Sprintf("--secure-port=%d", ports[2]), "--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1", "--cert-dir="+pki, "--service-account-key-file="+key, "--service-account-signing-key-file="+key,
		"--service-account-issuer=https://kubernetes.default.svc", "--token-auth-file="+filepath.Join(pki, "tokens.csv"), "--authorization-mode=RBAC",
		"--service-cluster-ip-range=10.96.0.0/16", "--endpoint-reconciler-type=none"); err != nil {
		return p, err
	}
	text := fmt.Sprintf(`apiVersion: v1
kind: Config
clusters: [{name: proof, cluster: {server: %q, insecure-skip-tls-verify: true}}]
users: [{name: admin, user: {token: %q}}]
contexts: [{name: proof, context: {cluster: proof, user: admin}}]
current-context: proof
`, api, adminToken)
	if err := os.WriteFile(p.kubeconfig, []byte(text), 0o600); err != nil {
		return p, err
	}
	if err := p.waitReady(ctx, api); err != nil {
		return p, err
	}
	if err := p.start("kube-controller-manager", t.hyperkube, "kube-controller-manager", "--kubeconfig="+p.kubeconfig, "--leader-elect=false",
		"--use-service-account-credentials=false", "--service-account-private-key-file="+key, "--root-ca-file="+filepath.Join(pki, "apiserver.crt"), "--secure-port=0"); err != nil {
		return p, err
	}
	if err := p.start("kube-scheduler", t.hyperkube, "kube-scheduler", "--kubeconfig="+p.kubeconfig, "--leader-elect=false", "--secure-port=0"); err != nil {
		return p, err
	}
	return p, p.start("nodeagent", t.agent, "-kubeconfig", p.kubeconfig, "-images", images, "-state", filepath.Join(folder, "node"))
}

func (p *plane) start(name, program string, arguments ...string) error {
	part, err := child.Log(exec.Command(program, arguments...), filepath.Join(p.folder, name+".log"))
	if err == nil {
		p.parts = append(p.parts, part)
	}
	return err
}

// stop ends the parts, the last started first.
func (p *plane) stop() {
	for i := len(p.parts) - 1; i >= 0; i-- {
		p.parts[i].Stop(10 * time.Second)
	}
}

func (p *plane) waitReady(ctx context.Context, api string) error {
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}} //nolint:gosec // its certificate is made by itself, on loopback
	return waitFor(ctx, "the API server", 2*time.Minute, func() error {
		for _, part := range p.parts {
			select {
			case <-part.Done():
				return fatal{fmt.Errorf("a part of the control plane stopped with %d: see the logs in %s", part.Code(), p.folder)}
			default:
			}
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, api+"/readyz", nil)
		if err != nil {
			return err
		}
		r.Header.Set("Authorization", "Bearer "+adminToken)
		answer, err := client.Do(r)
		if err != nil {
			return err
		}
		_ = answer.Body.Close() // only the status is asked for
		if answer.StatusCode != http.StatusOK {
			return fmt.Errorf("status %d", answer.StatusCode)
		}
		return nil
	})
}

// makeAccountKey makes the key that signs tokens of service accounts, and the file
// of the administrator's token.
func makeAccountKey(pki string) error {
	if err := os.MkdirAll(pki, 0o700); err != nil {
		return err
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	if err := os.WriteFile(filepath.Join(pki, "sa.key"), pem.EncodeToMemory(block), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(pki, "tokens.csv"), []byte(adminToken+",admin,admin,system:masters\n"), 0o600)
}
