package httpserver

import (
	"net/http"
	"net/url"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/identity"
	"leitai/internal/viewer"
)

// tenantHeader names the tenant that an app reads, by the code of its unit.
const tenantHeader = "Leitai-Tenant"

// What a listed page may send and be told.
const (
	corsMethods = "GET, POST, OPTIONS"
	corsHeaders = "Authorization, Content-Type, Accept, Accept-Language, If-None-Match, Idempotency-Key, " + tenantHeader
	corsExposed = "ETag, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id, " + factsSince
	corsAge     = "600" // seconds that a browser remembers a preflight
)

// crossable are the addresses that a page from elsewhere may ask at all.
func crossable(path string) bool { return path == "/graphql" || strings.HasPrefix(path, "/export/") }

// cors answers pages from elsewhere. A page is let in when the app whose secret
// it sends lists its origin; it asks as the app, never as the person at the
// browser: credentials are not allowed, and a cookie that came along is thrown
// away. Everything else goes on to the guard against requests from other sites.
func (s *Server) cors(guarded, open http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !crossable(r.URL.Path) {
			guarded.ServeHTTP(w, r)
			return
		}
		w.Header().Add("Vary", "Origin")
		origin := r.Header.Get("Origin")
		if origin == "" || ownPage(r, origin) || s.deps.Facts == nil {
			guarded.ServeHTTP(w, r)
			return
		}
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			s.preflight(w, r, origin)
			return
		}
		if !s.letIn(r, origin) {
			guarded.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Expose-Headers", corsExposed)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		own := r.Clone(r.Context())
		own.Header.Del("Cookie")
		open.ServeHTTP(w, own)
	})
}

// ownPage reports whether a page is the service's own.
func ownPage(r *http.Request, origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && u.Host == r.Host
}

// preflight tells a browser what a page may send: nothing, unless some live app
// lists its origin. Which app it is shows only with its secret.
func (s *Server) preflight(w http.ResponseWriter, r *http.Request, origin string) {
	w.Header().Add("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers")
	listed, err := s.deps.Facts.OriginListed(r.Context(), origin, nil)
	if err == nil && !listed {
		err = fault.New(fault.CrossSite)
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Methods", corsMethods)
	h.Set("Access-Control-Allow-Headers", corsHeaders)
	h.Set("Access-Control-Max-Age", corsAge)
	w.WriteHeader(http.StatusNoContent)
}

// letIn reports whether the app whose secret a request carries as Bearer lists
// the page's origin. Browsers add Basic by themselves, so that does not count.
func (s *Server) letIn(r *http.Request, origin string) bool {
	secret, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	hash, ok := identity.AppHash(secret)
	if !bearer || !ok {
		return false
	}
	listed, err := s.deps.Facts.OriginListed(r.Context(), origin, &hash)
	return err == nil && listed
}

// appCredential reads the secret of an app with the tenant it names: in a header
// beside Bearer, or as the user of Basic, for tools that know nothing else.
func appCredential(r *http.Request, bearer string) (c viewer.Credential, found bool, err error) {
	tenant := r.Header.Get(tenantHeader)
	secret := bearer
	if user, password, basic := r.BasicAuth(); basic {
		secret = password
		if tenant == "" {
			tenant = user
		}
	}
	if !identity.IsApp(secret) {
		return c, false, nil
	}
	c, err = identity.AppCredential(secret, tenant)
	return c, true, err
}

// challenge tells a caller without a credential which there are. Tools that send
// a password only when they are asked for one need Basic to be named; a browser
// would open its own window for that, so it is not told.
func challenge(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("WWW-Authenticate", `Bearer realm="leitai"`)
	if r.Header.Get("Sec-Fetch-Mode") == "" && r.Header.Get("Origin") == "" && crossable(r.URL.Path) {
		w.Header().Add("WWW-Authenticate", `Basic realm="leitai", charset="UTF-8"`)
	}
}
