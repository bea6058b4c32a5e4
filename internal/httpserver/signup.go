package httpserver

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"leitai/internal/fault"
	"leitai/internal/hosting"
	"leitai/internal/sheet"
)

// Hosting takes applications in and makes statements.
type Hosting interface {
	Submit(ctx context.Context, in hosting.Application) (receipt string, err error)
	State(ctx context.Context, receipt string) (*hosting.Receipt, error)
	Units(ctx context.Context, under, after string) (units []hosting.PublicUnit, next string, err error)
	Statement(ctx context.Context, month string, scope hosting.Scope) ([]hosting.Line, error)
}

// Meter refuses requests by token when those of the tenant's plan are spent.
type Meter interface {
	Admit(ctx context.Context, writes bool) error
}

// unmetered admits everything.
type unmetered struct{}

// Admit implements Meter.
func (unmetered) Admit(context.Context, bool) error { return nil }

// metered asks the meter before a handler that is no GraphQL.
func (s *Server) metered(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := s.deps.Meter.Admit(r.Context(), r.Method != http.MethodGet); err != nil {
			s.refuse(w, r, err)
			return
		}
		next(w, r)
	})
}

// signup serves POST /signup, for everybody: 202 with a receipt code, which is
// shown once. The answer does not tell whether the login or the unit is taken.
func (s *Server) signup(w http.ResponseWriter, r *http.Request) {
	var body struct {
		UnitCode  string `json:"unitCode"`
		Applicant string `json:"applicant"`
		Office    string `json:"office"`
		Phone     string `json:"phone"`
		Login     string `json:"login"`
		Password  string `json:"password"`
		Preset    string `json:"preset"`
		Note      string `json:"note"`
	}
	err := readJSON(r, &body)
	if err == nil {
		var receipt string
		receipt, err = s.deps.Hosting.Submit(r.Context(), hosting.Application{UnitCode: body.UnitCode, Applicant: body.Applicant, Office: body.Office,
			Phone: body.Phone, Login: body.Login, Password: body.Password, Preset: body.Preset, Note: body.Note, Address: addressOf(r)})
		if err == nil {
			writeJSON(w, http.StatusAccepted, map[string]string{"receipt": receipt})
			return
		}
	}
	s.refuse(w, r, err)
}

// signupAnswer is how far an application is.
type signupAnswer struct {
	State       hosting.SignupState `json:"state"` // waiting | approved | refused
	UnitName    string              `json:"unitName"`
	Login       string              `json:"login"` // to sign in with, once approved
	Reason      string              `json:"reason,omitempty"`
	SubmittedAt time.Time           `json:"submittedAt"`
	DecidedAt   *time.Time          `json:"decidedAt,omitempty"`
}

// signupState serves POST /signup/state: the receipt comes in the body, so that
// no log holds it.
func (s *Server) signupState(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Receipt string `json:"receipt"`
	}
	err := readJSON(r, &body)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	found, err := s.deps.Hosting.State(r.Context(), body.Receipt)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, signupAnswer{State: found.State, UnitName: found.UnitName, Login: found.Login, Reason: found.Reason,
		SubmittedAt: found.SubmittedAt, DecidedAt: found.DecidedAt})
}

type signupUnit struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Level string `json:"level"`
	Below bool   `json:"below"` // there are units below it to pick from
}

// signupUnits serves GET /signup/units?under=CODE&after=CODE: the division table
// down to townships, 200 lines at a time.
func (s *Server) signupUnits(w http.ResponseWriter, r *http.Request) {
	units, next, err := s.deps.Hosting.Units(r.Context(), r.URL.Query().Get("under"), r.URL.Query().Get("after"))
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	answer := struct {
		Units []signupUnit `json:"units"`
		Next  string       `json:"next,omitempty"` // send it as after
	}{Units: make([]signupUnit, len(units)), Next: next}
	for i, u := range units {
		answer.Units[i] = signupUnit(u)
	}
	writeJSON(w, http.StatusOK, answer)
}

// statement serves GET /statement.csv?month=2023-04&scope=own|below|all.
func (s *Server) statement(w http.ResponseWriter, r *http.Request) {
	scope := hosting.Scope(r.URL.Query().Get("scope"))
	switch scope {
	case "":
		scope = hosting.Own
	case hosting.Own, hosting.Below, hosting.All:
	default:
		s.refuse(w, r, fault.New(fault.Invalid, "value", "scope", "want", "own, below, all").At("scope"))
		return
	}
	month := r.URL.Query().Get("month")
	lines, err := s.deps.Hosting.Statement(r.Context(), month, scope)
	var file []byte
	if err == nil {
		file, err = sheet.CSV(statementPage(lines))
	}
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="statement-`+month+`.csv"`)
	h.Set("Cache-Control", "private, no-store")
	_, _ = w.Write(file) // the client may have gone; there is nobody to tell
}

// statementPage is a statement as a table.
func statementPage(lines []hosting.Line) sheet.Page {
	p := sheet.Page{Head: []string{"区划代码 unit", "单位 tenant", "类别 kind", "套餐 plan", "登录请求 session requests", "令牌请求 token requests",
		"存储字节 bytes", "参评村 villages", "发布轮次 rounds"}}
	number := func(n int64) sheet.Value { return sheet.Number(strconv.FormatInt(n, 10)) }
	for _, l := range lines {
		p.Rows = append(p.Rows, []sheet.Value{sheet.Text(l.UnitCode), sheet.Text(l.Name), sheet.Text(l.Kind), sheet.Text(l.Plan),
			number(l.Sessions), number(l.Tokens), number(l.Bytes), number(l.Villages), number(l.Rounds)})
	}
	return p
}
