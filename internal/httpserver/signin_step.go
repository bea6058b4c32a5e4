package httpserver

import (
	"html/template"
	"net/http"

	"rsc.io/qr"

	"leitai/internal/fault"
	"leitai/internal/identity"
)

var stepTemplate = template.Must(template.New("step").Parse(`<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录 · 擂台</title><link rel="icon" href="data:,"><style>` + pageStyle + `</style></head><body><main>
{{if .Demo}}` + demoLine + `{{end}}
{{if .Codes}}<h1>恢复码</h1>
<p>请抄下或打印以下恢复码，妥善保管；每个只能用一次，以后不再显示。<br><small>Keep these recovery codes; each works once, and they are not shown again.</small></p>
<ul class="codes">{{range .Codes}}<li>{{.}}</li>{{end}}</ul>
<p><a href="{{.Next}}">继续 Go on</a></p>
{{else}}<h1>登录</h1>
{{if .Wrong}}<p class="wrong" role="alert">{{.Wrong}}<br><small>{{.WrongEnglish}}</small></p>{{end}}
{{if eq .Kind "code"}}<form method="post" action="/signin/step">
<input type="hidden" name="next" value="{{.Next}}"><input type="hidden" name="kind" value="code">
<label>验证码或恢复码 <small>Code of your authenticator, or a recovery code</small><br><input name="code" autocomplete="one-time-code" required autofocus></label>
<button>登录 Sign in</button></form>
{{else if eq .Kind "renew"}}<form method="post" action="/signin/step">
<input type="hidden" name="next" value="{{.Next}}"><input type="hidden" name="kind" value="renew">
<p>密码已到期，请设置新密码。<br><small>Your password is too old; set a new one.</small></p>
<label>新密码 <small>New password</small><br><input name="new" type="password" autocomplete="new-password" required></label>
<button>保存 Save</button></form>
{{else if eq .Kind "enrol"}}{{if .Secret}}<p>用手机验证器扫描二维码，或输入密钥 <code>{{.Secret}}</code>，再填写显示的六位数字。<br><small>Scan this with an authenticator, or type the key; then enter the six digits it shows.</small></p>
<p>{{.Picture}}</p>{{end}}
{{if .Begun}}<form method="post" action="/signin/step">
<input type="hidden" name="next" value="{{.Next}}"><input type="hidden" name="kind" value="confirm">
<label>验证码 <small>Code</small><br><input name="code" autocomplete="one-time-code" required></label>
<button>启用 Confirm</button></form>{{else}}
<p>所在单位要求第二验证，请先在手机上准备验证器应用。<br><small>A tenant of yours asks for a second factor. Have an authenticator app ready.</small></p>
<form method="post" action="/signin/step"><input type="hidden" name="next" value="{{.Next}}"><input type="hidden" name="kind" value="enrol">
<button>开始设置 Set up</button></form>{{end}}
{{end}}<p><a href="/signin">重新登录 Begin again</a></p>{{end}}
</main></body></html>
`))

// stepView is what the page of a step shows.
type stepView struct {
	Kind, Next, Wrong, WrongEnglish string
	Secret                          string
	Picture                         template.HTML // a QR code drawn by us
	Begun                           bool          // a secret was shown
	Codes                           []string
	Demo                            bool
}

func (s *Server) showStep(w http.ResponseWriter, status int, view stepView) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", pagePolicy)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	view.Demo = s.options.Demo
	_ = stepTemplate.Execute(w, view) // writes to the client only; a failure means it has gone
}

// stepPage shows what a sign-in still needs.
func (s *Server) stepPage(w http.ResponseWriter, r *http.Request) {
	next := local(r.URL.Query().Get("next"))
	kind, err := s.deps.Identity.StepOf(r.Context(), s.cookieOf(r, stepCookie))
	if err != nil {
		s.signinRefused(w, r, next, err)
		return
	}
	s.showStep(w, http.StatusOK, stepView{Kind: kind, Next: next})
}

// stepForm answers a step from the page.
func (s *Server) stepForm(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.refuse(w, r, bodyFault(err))
		return
	}
	secret, session := s.cookieOf(r, stepCookie), s.sessionOf(r)
	view := stepView{Kind: r.PostForm.Get("kind"), Next: local(r.PostForm.Get("next"))}
	var in *identity.LoggedIn
	var err error
	switch view.Kind {
	case identity.StepCode:
		in, err = s.deps.Identity.Code(r.Context(), secret, r.PostForm.Get("code"), session)
	case identity.StepRenew:
		in, err = s.deps.Identity.Renew(r.Context(), secret, r.PostForm.Get("new"), session)
	case identity.StepEnrol:
		s.stepEnrol(w, r, secret, view)
		return
	case "confirm":
		view.Kind, view.Begun = identity.StepEnrol, true
		view.Codes, in, err = s.deps.Identity.ConfirmByStep(r.Context(), secret, r.PostForm.Get("code"), session)
	default:
		err = fault.New(fault.SignInStepOver)
	}
	switch {
	case err != nil:
		s.stepRefused(w, r, view, err)
	case view.Codes != nil:
		s.entered(w, in)
		s.showStep(w, http.StatusOK, view)
	default:
		s.goOn(w, r, in, view.Next)
	}
}

// stepEnrol shows a fresh secret to scan.
func (s *Server) stepEnrol(w http.ResponseWriter, r *http.Request, secret string, view stepView) {
	made, err := s.deps.Identity.EnrolByStep(r.Context(), secret)
	if err != nil {
		s.stepRefused(w, r, view, err)
		return
	}
	code, err := qr.Encode(made.URL, qr.M)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	view.Secret, view.Begun = made.Secret, true
	view.Picture = template.HTML(svgOf(code)) //nolint:gosec // numbers and letters of our own
	s.showStep(w, http.StatusOK, view)
}

// stepRefused shows the same step again, or the sign-in page when it is over.
func (s *Server) stepRefused(w http.ResponseWriter, r *http.Request, view stepView, err error) {
	faults := fault.All(err)
	if len(faults) == 0 {
		s.refuse(w, r, err)
		return
	}
	s.deps.Metrics.Login("refused")
	zh, en := faults[0].Message(fault.Chinese), faults[0].Message(fault.English)
	if faults[0].Code == fault.SignInStepOver {
		s.showSignin(w, status(faults[0].Code), signinView{Next: view.Next, Wrong: zh, WrongEnglish: en})
		return
	}
	view.Wrong, view.WrongEnglish, view.Codes = zh, en, nil
	s.showStep(w, status(faults[0].Code), view)
}
