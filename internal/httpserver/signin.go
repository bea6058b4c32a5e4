package httpserver

import (
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"leitai/internal/fault"
	"leitai/internal/identity"
)

// pagePolicy is the content policy of the plain pages: they run nothing and may
// only post their form home. data: is for the empty icon, which spares a request.
const pagePolicy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"

const pageStyle = `body{font:16px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;max-width:42rem;margin:10vh auto;padding:0 1rem;color:#222}
h1{font-size:2rem;letter-spacing:.2em}a{color:#b22}code{background:#f4f2ee;padding:.1em .4em}small{color:#666}
label{display:block;margin:.8rem 0}input{font:inherit;padding:.3em .5em;width:18rem;max-width:100%;box-sizing:border-box}button{font:inherit;padding:.4em 2em;background:#b22;color:#fff;border:0}
.wrong{color:#b22}.other{display:inline-block;border:1px solid #b22;padding:.3em 1em;text-decoration:none}.codes{columns:2;font-family:monospace}.demo{background:#ffe9a8;padding:.3em .8em;margin:0}`

// demoLine stands at the top of the pages of a demonstration.
const demoLine = `<p class="demo">演示数据：本站的地区、人员和分数均为虚构 <small>Demonstration data: everything here is invented</small></p>`

var signinTemplate = template.Must(template.New("signin").Parse(`<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录 · 擂台</title><link rel="icon" href="data:,"><style>` + pageStyle + `</style></head><body><main>
{{if .Demo}}` + demoLine + `{{end}}
<h1>登录</h1>
{{if .Wrong}}<p class="wrong" role="alert">{{.Wrong}}<br><small>{{.WrongEnglish}}</small></p>{{end}}
<form method="post" action="/signin">
<input type="hidden" name="next" value="{{.Next}}">
<label>账号 <small>Login</small><br><input name="login" autocomplete="username" required value="{{.Login}}"></label>
<label>密码 <small>Password</small><br><input name="password" type="password" autocomplete="current-password" required></label>
<button>登录 Sign in</button>
</form>
{{range .Issuers}}<p><a class="other" href="/auth/oidc/{{.Key}}/start?next={{$.Next}}">{{.Chinese}} <small>{{.English}}</small></a></p>
{{end}}</main></body></html>
`))

type signinView struct {
	Login, Next, Wrong, WrongEnglish string
	Demo                             bool
	Issuers                          []identity.Issuer
}

// signinPage shows the form.
func (s *Server) signinPage(w http.ResponseWriter, r *http.Request) {
	s.showSignin(w, http.StatusOK, signinView{Next: local(r.URL.Query().Get("next"))})
}

func (s *Server) showSignin(w http.ResponseWriter, status int, view signinView) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", pagePolicy)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	view.Demo, view.Issuers = s.options.Demo, s.issuers()
	_ = signinTemplate.Execute(w, view) // writes to the client only; a failure means it has gone
}

// signinForm signs in from the form and goes on to where the person came from.
func (s *Server) signinForm(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.refuse(w, r, bodyFault(err))
		return
	}
	view := signinView{Login: r.PostForm.Get("login"), Next: local(r.PostForm.Get("next"))}
	in, err := s.deps.Identity.Login(r.Context(), identity.LoginInput{Login: view.Login, Password: r.PostForm.Get("password"),
		Address: addressOf(r), Previous: s.sessionOf(r), Agent: agentOf(r)})
	if faults := fault.All(err); len(faults) > 0 {
		s.deps.Metrics.Login("refused")
		view.Wrong, view.WrongEnglish = faults[0].Message(fault.Chinese), faults[0].Message(fault.English)
		s.showSignin(w, status(faults[0].Code), view)
		return
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	s.goOn(w, r, in, view.Next)
}

// goOn sends a person on after a proof: to the next step, or to where they
// wanted to go.
func (s *Server) goOn(w http.ResponseWriter, r *http.Request, in *identity.LoggedIn, next string) {
	s.entered(w, in)
	if in.Step != "" {
		next = "/signin/step?next=" + url.QueryEscape(next)
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// issuers are the identity providers of the page; an edge without identity, as
// in tests of the edge alone, has none.
func (s *Server) issuers() []identity.Issuer {
	if s.deps.Identity == nil {
		return nil
	}
	return s.deps.Identity.Issuers()
}

// signedIn sends a person who opens a page without a credential to the form and
// back; programs, which send a token or ask for no HTML, get the plain refusal.
func (s *Server) signedIn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, err := s.credential(r)
		if err != nil && readsPage(r) {
			toSignin(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// readsPage reports whether a person opens a page, and no program asks.
func readsPage(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("Authorization") == "" && strings.Contains(r.Header.Get("Accept"), "text/html")
}

func toSignin(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/signin?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
}

// afterSignin is where a person goes who came from nowhere in particular.
const afterSignin = "/explorer/"

// local keeps a redirect on this server.
func local(next string) string {
	if next == "" {
		return afterSignin
	}
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n") {
		return "/"
	}
	return next
}
