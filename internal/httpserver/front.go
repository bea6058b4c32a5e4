package httpserver

import (
	"html/template"
	"net/http"
)

var frontPage = template.Must(template.New("front").Parse(`<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>擂台</title><link rel="icon" href="data:,"><style>` + pageStyle + `</style></head><body>
{{if .Demo}}` + demoLine + `{{end}}
<h1>擂台</h1>
<p>乡镇“擂台比武”评比服务：每个分数说得清来历，每次通报人人可以复算。</p>
<ol>
<li><a href="/signin">登录</a>：用账号和密码；有令牌的不必登录</li>
<li><a href="/explorer/">接口浏览器</a>：查成绩榜、名次说明、台账，办理一个月的评比</li>
</ol>
<p>程序使用的接口地址：<code>POST /graphql</code></p>
<p><small>leitai runs village competitions for townships and counties. <a href="/signin">Sign in</a>, then open the <a href="/explorer/">explorer</a>, which speaks GraphQL; results can be recomputed with <code>leitai verify</code>.</small></p>
</body></html>
`))

// front is what a person sees who opens the bare address.
func (s *Server) front(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", pagePolicy)
	_ = frontPage.Execute(w, s.options) // writes to the client only; a failure means it has gone
}
