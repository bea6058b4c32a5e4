package oidc

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"leitai/internal/identity"
)

// provider is an identity provider that says whatever a test wants.
type provider struct {
	*httptest.Server
	lock   sync.Mutex
	keys   []*rsa.PrivateKey // the last signs
	token  func(claims map[string]any) string
	claims map[string]any
	form   url.Values // of the last exchange
	status int
	fetch  int // of the keys
}

var signingKeys = sync.OnceValue(func() []*rsa.PrivateKey {
	var all []*rsa.PrivateKey
	for range 2 {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		all = append(all, key)
	}
	return all
})

func newProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{keys: signingKeys()[:1], status: http.StatusOK}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		p.json(w, map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token",
			"jwks_uri": p.URL + "/keys", "id_token_signing_alg_values_supported": []string{"none", "HS256", "RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		p.lock.Lock()
		defer p.lock.Unlock()
		p.fetch++
		set := jose.JSONWebKeySet{}
		for _, k := range p.keys {
			set.Keys = append(set.Keys, jose.JSONWebKey{Key: k.Public(), KeyID: kid(k), Algorithm: "RS256", Use: "sig"})
		}
		p.json(w, set)
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		p.lock.Lock()
		defer p.lock.Unlock()
		_ = r.ParseForm()
		p.form = r.PostForm
		if user, secret, _ := r.BasicAuth(); user != "" {
			p.form.Set("basic", user+":"+secret)
		}
		if p.status != http.StatusOK {
			w.WriteHeader(p.status)
			p.json(w, map[string]string{"error": "invalid_grant"})
			return
		}
		p.json(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": p.token(p.claims)})
	})
	p.Server = httptest.NewTLSServer(mux)
	t.Cleanup(p.Close)
	p.token = p.sign
	return p
}

func (*provider) json(w io.Writer, what any) {
	if h, ok := w.(http.ResponseWriter); ok {
		h.Header().Set("Content-Type", "application/json")
	}
	_ = json.NewEncoder(w).Encode(what)
}

func kid(k *rsa.PrivateKey) string { return base64.RawURLEncoding.EncodeToString(k.N.Bytes()[:6]) }

func (p *provider) sign(claims map[string]any) string {
	return signWith(p.keys[len(p.keys)-1], claims)
}

func signWith(key *rsa.PrivateKey, claims map[string]any) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: kid(key)}}, nil)
	if err != nil {
		panic(err)
	}
	body, _ := json.Marshal(claims)
	signed, err := signer.Sign(body)
	if err != nil {
		panic(err)
	}
	text, _ := signed.CompactSerialize()
	return text
}

// file is a file of the operator that names the provider.
func (p *provider) file(t *testing.T, more string) *File {
	t.Helper()
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw})))
	write("secret", "s3cret\n")
	f, err := Load(write("issuers.yaml", `
public_url: https://leitai.example
allow_networks: ["127.0.0.0/8"]
issuers:
  - key: county
    title: {zh: 县统一认证, en: County}
    regions: ["990101"]
    issuer: `+p.URL+`
    client_id: leitai
    client_secret_file: secret
    ca_file: ca.pem
`+more))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var asked = identity.Asked{State: "state", Nonce: "nonce-of-this-visit", Verifier: strings.Repeat("v", 43)}

func (p *provider) good() map[string]any {
	return map[string]any{"iss": p.URL, "sub": "s-1", "aud": "leitai", "nonce": asked.Nonce, "iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix()}
}

func (p *provider) issuers(t *testing.T, more string) *Issuers {
	t.Helper()
	p.claims = p.good()
	return New(p.file(t, more), time.Now, slog.New(slog.DiscardHandler))
}
