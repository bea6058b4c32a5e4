package graphtest_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leitai/internal/graphtest"
	"leitai/internal/sample"
)

const (
	addPiece = `mutation($c: ID!, $r: ID, $u: String!, $k: EvidenceKind!, $f: ID, $day: Date!, $role: String, $answer: KnowledgeAnswer) {
		evidenceAdd(input: {competition: $c, round: $r, unitCode: $u, kind: $k, file: $f, takenOn: $day, askedRole: $role, answer: $answer, note: "台账柜"}) {
			evidence { id kind answer unit { code } file { id url link thumbnailUrl mediaType width } } userErrors { code field } } }`
	pieces = `query($u: String, $w: Boolean) { evidence(unitCode: $u, withdrawn: $w) { nodes { id withdrawn reuses } } }`
	askFor = `mutation($c: ID!, $r: ID, $u: [String!]!, $k: EvidenceKind!, $due: Date!) { evidenceAsk(input: {competition: $c, round: $r, unitCodes: $u, kind: $k, due: $due}) {
		requests { already answered unit { code } given { id } } userErrors { code field } } }`
	asked    = `query($from: Date!, $to: Date!) { evidenceRequests(from: $from, to: $to) { unit { code } answered already kind } }`
	withdraw = `mutation($e: ID!, $why: String!) { evidenceWithdraw(input: {evidence: $e, reason: $why}) { evidence { withdrawn withdrawnReason } userErrors { code field } } }`
)

// photo is a JPEG whose pixels depend on a number.
func photo(t *testing.T, n uint8) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range p.Pix {
		p.Pix[i] = n
	}
	p.Set(int(n)%64, 3, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scene is a kit with the words every test of evidence uses.
type scene struct {
	*graphtest.Kit
	today string
}

func newScene(t *testing.T) scene {
	t.Helper()
	k := graphtest.New(t)
	return scene{k, k.Clock.Today().String()}
}

func (s scene) vars(unit int, kind string, more graphtest.Vars) graphtest.Vars {
	v := graphtest.Vars{"c": s.CompetitionID(), "u": graphtest.VillageCode(unit), "k": kind, "day": s.today}
	for key, value := range more {
		v[key] = value
	}
	return v
}

// Every kind of evidence is entered: a picture with its file, a ledger seen on
// paper without one, what was observed, and what somebody knew when asked. An
// inspector does it for any village; a village may, and only for itself.
// covers B04, B06, B23, G3
func TestEvidenceIsEntered(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	file := s.Taken(t, "J1", "../x/现场.jpg", photo(t, 1))
	s.Run(t, []graphtest.Scenario{
		{Name: "a picture by an inspector", As: "J1", Query: addPiece, Vars: s.vars(1, "PHOTO", graphtest.Vars{"f": file}), Writes: true, Has: []string{`"image/jpeg"`, `"width":64`}},
		{Name: "a ledger on paper", As: "J1", Query: addPiece, Vars: s.vars(2, "DOCUMENT", nil), Writes: true, Has: []string{`"file":null`}},
		{Name: "observed", As: "C1", Query: addPiece, Vars: s.vars(2, "OBSERVED", nil), Writes: true},
		{Name: "a fact the secretary knows", As: "J1", Query: addPiece, Vars: s.vars(2, "INTERVIEW", graphtest.Vars{"role": "village-secretary", "answer": "PARTLY"}), Writes: true, Has: []string{`"answer":"PARTLY"`}},
		{Name: "a village for itself", As: "S2", Query: addPiece, Vars: s.vars(2, "DOCUMENT", nil), Writes: true},
		{Name: "a village for another", As: "S2", Query: addPiece, Vars: s.vars(1, "DOCUMENT", nil), Codes: []string{"NOT_FOUND"}, Has: []string{`"field":"unitCode"`}},
		{Name: "a picture without a file", As: "J1", Query: addPiece, Vars: s.vars(1, "PHOTO", nil), Codes: []string{"EVIDENCE_NO_FILE"}},
		{Name: "asking without an answer", As: "J1", Query: addPiece, Vars: s.vars(1, "INTERVIEW", nil), Codes: []string{"EVIDENCE_ANSWER"}},
		{Name: "an answer that nobody asked for", As: "J1", Query: addPiece, Vars: s.vars(1, "OBSERVED", graphtest.Vars{"answer": "KNOWN", "role": "x"}), Codes: []string{"EVIDENCE_ANSWER"}},
		{Name: "tomorrow", As: "J1", Query: addPiece, Vars: s.vars(1, "OBSERVED", graphtest.Vars{"day": "2999-01-01"}), Codes: []string{"EVIDENCE_FUTURE"}},
		{Name: "somebody else's file", As: "S2", Query: addPiece, Vars: s.vars(2, "PHOTO", graphtest.Vars{"f": file}), Codes: []string{"NOT_FOUND"}, Has: []string{`"field":"file"`}},
	})
	if own := s.Must(t, "S2", pieces, nil).List(t, "evidence", "nodes"); len(own) != 4 {
		t.Errorf("the village sees %d pieces of its own four", len(own))
	}
	if other := s.Must(t, "S3", pieces, graphtest.Vars{"u": graphtest.VillageCode(1)}).List(t, "evidence", "nodes"); len(other) != 0 {
		t.Errorf("a village sees %v of another", other)
	}
}

// A village that gave a piece is not asked for it again: the request points to
// it, and the round has it. One that gave none is asked, and its piece answers.
// The county sees what was asked for, a village its own. covers G4, G9
func TestNobodyGivesAPieceTwice(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	given := s.Must(t, "S1", addPiece, s.vars(1, "DOCUMENT", nil)).Text(t, "evidenceAdd", "evidence", "id")
	ask := graphtest.Vars{"c": s.CompetitionID(), "r": s.RoundID("2023-05"), "u": []string{graphtest.VillageCode(1), graphtest.VillageCode(2)}, "k": "DOCUMENT", "due": "2023-12-31"}
	r := s.Must(t, "C1", askFor, ask)
	if r.At(t, "evidenceAsk", "requests", 0, "already") != true || r.Text(t, "evidenceAsk", "requests", 0, "given", "id") != given ||
		r.At(t, "evidenceAsk", "requests", 1, "already") != false || r.At(t, "evidenceAsk", "requests", 1, "answered") != false {
		t.Errorf("requests: %s", r.Body)
	}
	own := s.Must(t, "S1", pieces, nil).List(t, "evidence", "nodes")
	if len(own) != 2 || !strings.Contains(s.Must(t, "S1", pieces, nil).Body, given) {
		t.Errorf("the round did not take the piece over: %v", own)
	}
	s.Must(t, "S2", addPiece, s.vars(2, "DOCUMENT", graphtest.Vars{"r": s.RoundID("2023-05")}))
	span := graphtest.Vars{"from": s.today, "to": s.today}
	for who, want := range map[string]int{"C1": 2, "CN1": 2, "S1": 1, "XC1": 0} {
		seen := s.Must(t, who, asked, span)
		if got := len(seen.List(t, "evidenceRequests")); got != want {
			t.Errorf("%s sees %d requests, want %d", who, got, want)
		}
		if strings.Contains(seen.Body, `"answered":false`) {
			t.Errorf("%s: a request is open though it was answered: %s", who, seen.Body)
		}
	}
	ask["u"], ask["due"] = []string{}, "2000-01-01"
	if codes := s.As(t, "C1", askFor, ask).Codes(); len(codes) != 2 {
		t.Errorf("asking nobody for yesterday: %v", codes)
	}
}

// A piece is withdrawn with its reason by whoever entered it, or by the office;
// it stays on record, counts no more and is not withdrawn twice.
func TestEvidenceIsWithdrawn(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	office := s.Must(t, "J1", addPiece, s.vars(1, "OBSERVED", nil)).Text(t, "evidenceAdd", "evidence", "id")
	village := s.Must(t, "S1", addPiece, s.vars(1, "DOCUMENT", nil)).Text(t, "evidenceAdd", "evidence", "id")
	why := func(id, reason string) graphtest.Vars { return graphtest.Vars{"e": id, "why": reason} }
	s.Run(t, []graphtest.Scenario{
		{Name: "the village takes back the inspector's", As: "S1", Query: withdraw, Vars: why(office, "不对"), Codes: []string{"FORBIDDEN"}},
		{Name: "without a reason", As: "S1", Query: withdraw, Vars: why(village, " "), Codes: []string{"REASON_MISSING"}},
		{Name: "its own", As: "S1", Query: withdraw, Vars: why(village, "传错"), Writes: true, Has: []string{`"withdrawn":true`, "传错"}},
		{Name: "twice", As: "C1", Query: withdraw, Vars: why(village, "传错"), Codes: []string{"EVIDENCE_WITHDRAWN"}},
		{Name: "the neighbour", As: "XC1", Query: withdraw, Vars: why(office, "x"), Codes: []string{"NOT_FOUND"}},
	})
	if n := len(s.Must(t, "S1", pieces, nil).List(t, "evidence", "nodes")); n != 1 {
		t.Errorf("%d pieces stand", n)
	}
	if n := len(s.Must(t, "S1", pieces, graphtest.Vars{"w": true}).List(t, "evidence", "nodes")); n != 2 {
		t.Errorf("%d pieces are on record", n)
	}
}

// A file is read by those who may read its piece, by session or for a minute by
// a link that is bound to reader, tenant and file; for others it is not there,
// and a link that was altered is refused. covers T18, T21
func TestFilesAreReadByTheirReadersOnly(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	file := s.Taken(t, "S1", "院落.jpg", photo(t, 7))
	r := s.Must(t, "S1", addPiece, s.vars(1, "PHOTO", graphtest.Vars{"f": file}))
	address, link := r.Text(t, "evidenceAdd", "evidence", "file", "url"), r.Text(t, "evidenceAdd", "evidence", "file", "link")
	small := r.Text(t, "evidenceAdd", "evidence", "file", "thumbnailUrl")
	other := s.Taken(t, "S1", "另一张.jpg", photo(t, 9))
	pass := func(change func(url.Values)) string {
		u, err := url.Parse(link)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		change(q)
		return u.Path + "?" + q.Encode()
	}
	altered := pass(func(q url.Values) { p := []byte(q.Get("pass")); p[len(p)/2] ^= 1; q.Set("pass", string(p)) })
	for name, c := range map[string]struct {
		who, address string
		want         int
	}{
		"its village":                       {"S1", address, http.StatusOK},
		"its small picture":                 {"S1", small, http.StatusOK},
		"the office":                        {"C1", address, http.StatusOK},
		"another village":                   {"S2", address, http.StatusNotFound},
		"another township":                  {"XA1", address, http.StatusNotFound},
		"nobody":                            {"", address, http.StatusUnauthorized},
		"a link without a session":          {"", link, http.StatusOK},
		"a link with its reader's session":  {"S1", link, http.StatusOK},
		"a link with another's session":     {"XA1", link, http.StatusNotFound},
		"a link with a neighbour's session": {"S2", link, http.StatusNotFound},
		"an altered link":                   {"", altered, http.StatusForbidden},
		"a link for the small picture":      {"", strings.Replace(link, "?", "/small?", 1), http.StatusForbidden},
		"a link for another file":           {"", strings.Replace(link, file, other, 1), http.StatusForbidden},
		"a path upwards":                    {"S1", "/evidence/..%2f..%2fetc%2fpasswd", http.StatusNotFound},
		"an id of another kind":             {"S1", "/evidence/" + s.CompetitionID(), http.StatusNotFound},
	} {
		token := ""
		if c.who != "" {
			token = s.Token(c.who)
		}
		if got := s.Get(t, token, c.address); got.Code != c.want {
			t.Errorf("%s: %d, want %d\n%s", name, got.Code, c.want, got.Body)
		}
	}
}

// What is sent back cannot run in a browser: types by content, pictures drawn
// anew, documents as downloads, nothing sniffed, everything sandboxed; and no
// other site can send a file in. covers T19, T25
func TestFilesRunNothing(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	for name, c := range map[string]struct {
		file []byte
		name string
		want int
	}{
		"svg":       {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "a.svg", http.StatusUnsupportedMediaType},
		"html .jpg": {[]byte("<script>alert(1)</script>"), "a.jpg", http.StatusUnsupportedMediaType},
		"too large": {append(photo(t, 3), make([]byte, 33<<20)...), "a.jpg", http.StatusRequestEntityTooLarge},
	} {
		if got := s.Upload(t, s.Token("C1"), c.name, c.file, true); got.Code != c.want {
			t.Errorf("%s: %d, want %d\n%s", name, got.Code, c.want, got.Body)
		}
	}
	if got := s.Upload(t, s.Token("C1"), "a.jpg", photo(t, 3), false); got.Code != http.StatusForbidden {
		t.Errorf("without the header: %d", got.Code)
	}
	if got := s.Upload(t, s.Token(sample.Confirmers[0]), "a.jpg", photo(t, 3), true); got.Code != http.StatusForbidden {
		t.Errorf("by somebody who enters no evidence: %d", got.Code)
	}
	picture := s.Taken(t, "C1", `"><script>.jpg`, append(photo(t, 3), "<script>alert(1)</script>"...))
	pdf := s.Taken(t, "C1", "台账.pdf", []byte("%PDF-1.4\n<script>alert(1)</script>\n%%EOF"))
	for id, want := range map[string][2]string{picture: {"image/jpeg", "inline"}, pdf: {"application/pdf", "attachment"}} {
		got := s.Get(t, s.Token("C1"), "/evidence/"+id)
		h := got.Header()
		if h.Get("Content-Type") != want[0] || !strings.HasPrefix(h.Get("Content-Disposition"), want[1]+";") || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Content-Security-Policy") != "default-src 'none'; sandbox" || strings.ContainsAny(h.Get("Content-Disposition"), "<>\"") {
			t.Errorf("%d %v", got.Code, h)
		}
		if want[0] == "image/jpeg" && bytes.Contains(got.Body.Bytes(), []byte("script")) {
			t.Error("the picture kept what stood behind it")
		}
	}
	if again := s.Taken(t, "J1", "别名.jpg", photo(t, 3)); again != picture {
		t.Error("the same picture was stored twice")
	}
}

// What was sent and never used is swept after a week, files and rows; what a
// piece names stays, however old it is.
func TestUnusedFilesAreSwept(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	unused, used, fresh := s.Taken(t, "C1", "a.jpg", photo(t, 1)), s.Taken(t, "C1", "b.jpg", photo(t, 2)), s.Taken(t, "C1", "c.jpg", photo(t, 3))
	s.Must(t, "C1", addPiece, s.vars(1, "PHOTO", graphtest.Vars{"f": used}))
	s.Put(t, `UPDATE evidence_file SET uploaded_at = now() - interval '8 days' WHERE name <> 'c.jpg'`)
	if removed, err := s.App.SweepFiles(t.Context()); err != nil || removed != 1 {
		t.Errorf("%d files removed, %v", removed, err)
	}
	for id, want := range map[string]int{unused: http.StatusNotFound, used: http.StatusOK, fresh: http.StatusOK} {
		if got := s.Get(t, s.Token("C1"), "/evidence/"+id); got.Code != want {
			t.Errorf("%s: %d, want %d", id, got.Code, want)
		}
	}
	if again := s.Taken(t, "C1", "a.jpg", photo(t, 1)); again == unused {
		t.Error("a file that was swept has its old id")
	}
}

// A trial takes its evidence, visits, highlights, requests and supervision with
// it, and a piece of it was never of use outside.
func TestATrialTakesItsEvidenceAlong(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.Put(t, `UPDATE competition SET trial = true`)
	s.Put(t, `UPDATE round SET trial = true`)
	observe(t, s.Kit)
	piece := s.Must(t, "C1", addPiece, s.vars(1, "DOCUMENT", nil)).Text(t, "evidenceAdd", "evidence", "id")
	const save = `mutation($u: String!, $e: [ID!]) { highlightSave(input: {unitCode: $u, dimension: "habitat", title: "x", evidence: $e}) { userErrors { code field } } }`
	s.Run(t, []graphtest.Scenario{
		{Name: "outside of the trial", As: "C1", Query: save, Vars: graphtest.Vars{"u": graphtest.VillageCode(1), "e": []string{piece}}, Codes: []string{"EVIDENCE_OF_TRIAL"}},
		{Name: "the county sees nothing of it", As: "CN1", Query: asked, Vars: graphtest.Vars{"from": s.today, "to": s.today}, Has: []string{`"evidenceRequests":[]`}},
	})
	s.Must(t, "C1", `mutation($c: ID!) { trialWipe(input: {competition: $c}) { userErrors { code } } }`, graphtest.Vars{"c": s.CompetitionID()})
	for _, table := range []string{"evidence_item", "evidence_request", "highlight_evidence", "visit", "supervision"} {
		if left := s.Strings(t, `SELECT id FROM `+table); len(left) != 0 {
			t.Errorf("%d rows of %s are left", len(left), table)
		}
	}
}
