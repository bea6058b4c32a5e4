package identity

import (
	"crypto/sha256"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/viewer"
)

// AppPrefix begins the secret of every app, so that scanners of leaked secrets
// know it: leitai_app_<handle>_<secret><checksum>.
const AppPrefix = "leitai_app_"

// NewAppSecret makes a secret for an app and its readable handle; what is kept
// of it is its hash.
func NewAppSecret() (secret, handle string) {
	handle = randomLetters(handleLength)
	body := AppPrefix + handle + "_" + randomLetters(secretLength)
	return body + checksum(body), handle
}

// IsApp says whether a credential is meant to be the secret of an app.
func IsApp(secret string) bool { return strings.HasPrefix(secret, AppPrefix) }

// AppHash is what is kept of an app's secret; false for what cannot be one.
func AppHash(secret string) (hash [32]byte, ok bool) {
	rest, ours := strings.CutPrefix(secret, AppPrefix)
	if !ours || len(rest) != handleLength+1+secretLength+checksumLength || rest[handleLength] != '_' {
		return hash, false
	}
	body, sum := secret[:len(secret)-checksumLength], secret[len(secret)-checksumLength:]
	return sha256.Sum256([]byte(secret)), checksum(body) == sum
}

// AppCredential is the credential of an app for the tenant it names, by the code
// of its unit. An app has one secret and reads many tenants, each by a token of
// that tenant, whose hash follows from both: a request still works in one tenant,
// and a tenant that withdraws ends its own token and no other.
func AppCredential(secret, tenant string) (viewer.Credential, error) {
	hash, ok := AppHash(secret)
	if !ok {
		return viewer.Credential{}, fault.New(fault.Unauthenticated)
	}
	if tenant = strings.TrimSpace(tenant); tenant == "" {
		return viewer.Credential{}, fault.New(fault.AppTenantWanted)
	}
	if len(tenant) > 40 || strings.Trim(tenant, "0123456789abcdef-") != "" {
		return viewer.Credential{}, fault.New(fault.Unauthenticated)
	}
	of := append(append(hash[:], 0), tenant...)
	return viewer.Credential{Kind: viewer.Token, Hash: sha256.Sum256(of), App: true}, nil
}
