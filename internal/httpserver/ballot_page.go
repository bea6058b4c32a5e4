package httpserver

import (
	"crypto/sha256"
	_ "embed" // ballot.gohtml
	"encoding/base64"
	"html/template"
	"net/http"

	"leitai/internal/ballot"
	"leitai/internal/fault"
	"leitai/internal/voting"
)

//go:embed ballot.gohtml
var ballotSource string

var ballotTemplate = template.Must(template.New("ballot").Parse(ballotSource))

// ballotScript takes the code from behind the # of the address, which a QR code
// holds, and opens the form with it. Without a script the code is typed.
const ballotScript = `var c=location.hash.slice(1);if(c){var f=document.forms[0];f.code.value=c;history.replaceState(null,"",location.pathname);f.submit()}`

// ballotPolicy lets that one script run and nothing else.
var ballotPolicy = func() string {
	sum := sha256.Sum256([]byte(ballotScript))
	return pagePolicy + "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// message is a sentence in both languages.
type message struct{ Zh, En string }

func messages(faults fault.List) []message {
	all := make([]message, len(faults))
	for i, f := range faults {
		all[i] = message{f.Message(fault.Chinese), f.Message(fault.English)}
	}
	return all
}

// ballotView is what the page shows: the question for the code, the form, or the
// thanks.
type ballotView struct {
	Asking, Done bool
	Code         string
	Wrong        []message
	Host, Title  string
	Group        string
	Recusal      *ballot.Recusal
	Subjects     []ballotSubject
	Script       template.JS
	Style        template.CSS
	Demo         bool
}

// ballotSubject is one question of the form.
type ballotSubject struct {
	Field, Name string
	Missing     bool
	Choices     []ballotChoice
}

type ballotChoice struct {
	Key, Zh, En string
	Chosen      bool
}

// formView lays the form out; choices are what was filled in before, faults what
// was wrong with it.
func formView(form *voting.Form, code string, choices map[string]string, faults fault.List) ballotView {
	v := ballotView{Code: code, Host: form.Host, Title: form.Title, Group: form.Group.Name.ZH, Wrong: messages(faults)}
	if v.Group == "" {
		v.Group = form.Group.Key
	}
	if form.Recusal.Most > 0 {
		v.Recusal = &form.Recusal
	}
	missing := map[string]bool{}
	for _, f := range faults {
		for _, subject := range f.Subjects {
			missing[subject] = true
		}
	}
	for _, s := range form.Subjects {
		id := s.ID.String()
		v.Subjects = append(v.Subjects, ballotSubject{Field: choicePrefix + id, Name: s.Name, Missing: missing[id], Choices: choicesOf(form, choices[id])})
	}
	return v
}

func choicesOf(form *voting.Form, chosen string) []ballotChoice {
	var all []ballotChoice
	for _, o := range form.Rule.Options {
		zh, en := o.Name.ZH, o.Name.EN
		if zh == "" {
			zh = o.Key
		}
		all = append(all, ballotChoice{Key: o.Key, Zh: zh, En: en})
	}
	all = append(all, ballotChoice{Key: ballot.Abstained, Zh: "弃权", En: "Abstain"})
	if form.Recusal.Most > 0 {
		all = append(all, ballotChoice{Key: ballot.Recused, Zh: "回避（本村）", En: "Recused, own village"})
	}
	for i := range all {
		all[i].Chosen = all[i].Key == chosen
	}
	return all
}

func (s *Server) showBallot(w http.ResponseWriter, status int, v ballotView) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", ballotPolicy)
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	v.Script, v.Style, v.Demo = ballotScript, pageStyle, s.options.Demo
	w.WriteHeader(status)
	_ = ballotTemplate.Execute(w, v) // writes to the client only; a failure means it has gone
}
