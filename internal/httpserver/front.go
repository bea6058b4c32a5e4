package httpserver

import (
	"html/template"
	"net/http"
)

var frontPage = template.Must(template.New("front").Parse(`<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>擂台</title><style>` + pageStyle + `</style></head><body>
{{if .Demo}}` + demoLine + `{{end}}
<h1>擂台</h1>
<p>乡镇“擂台比武”评比服务:每个分数说得清来历,每次通报人人可以复算。</p>
<ul>
<li><a href="/explorer/">接口浏览器</a>:登录或粘贴令牌后,可查成绩榜、名次说明、台账</li>
<li><a href="/signin">登录</a></li>
<li>接口地址:<code>POST /graphql</code></li>
</ul>
<p><small>leitai runs village competitions for townships and counties. The <a href="/explorer/">explorer</a> speaks GraphQL; results can be recomputed with <code>leitai verify</code>.</small></p>
</body></html>
`))

// front is what a person sees who opens the bare address.
func (s *Server) front(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", pagePolicy)
	_ = frontPage.Execute(w, s.options) // writes to the client only; a failure means it has gone
}
