package overhttp_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"leitai/internal/archive"
	"leitai/internal/contest"
	"leitai/internal/graphtest"
	"leitai/internal/postgres"
	"leitai/internal/sample"
)

// aside is what differs between any two answers: request ids, cursors, signed
// links, and when a token was last used.
var aside = regexp.MustCompile(`"requestId":"[^"]*"|"(endCursor|startCursor|cursor)":"[^"]*"|pass=[^"&]*|"usedAt":("[^"]*"|null)`)

// plainly takes that out, and puts errors in order: fields that are refused run
// side by side.
func plainly(body string) string {
	body = aside.ReplaceAllString(body, `"":""`)
	var answer struct {
		Errors []json.RawMessage `json:"errors"`
		Data   json.RawMessage   `json:"data"`
	}
	if json.Unmarshal([]byte(body), &answer) != nil || len(answer.Errors) == 0 {
		return body
	}
	errors := make([]string, len(answer.Errors))
	for i, e := range answer.Errors {
		errors[i] = string(e)
	}
	slices.Sort(errors)
	return strings.Join(errors, "\n") + `"errors"` + string(answer.Data)
}

// tableOf is where objects of a kind are kept, where it is not their own name.
var tableOf = map[string]string{"Grant": "role_grant", "User": "app_user", "Evidence": "evidence_item", "StoredFile": "evidence_file"}

var capital = regexp.MustCompile(`(.)([A-Z])`)

// nth gives the nth object of a tenant of every kind that has one.
func nth(t *testing.T, k *graphtest.Kit, tenant uuid.UUID, n int) graphtest.IDs {
	t.Helper()
	tables := k.Strings(t, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`)
	known := map[string]string{}
	return func(kind, _ string) string {
		if id := known[kind]; id != "" {
			return id
		}
		table := tableOf[kind]
		if table == "" {
			table = strings.ToLower(capital.ReplaceAllString(kind, "${1}_${2}"))
		}
		id := "00000000-0000-7000-8000-000000000000"
		if slices.Contains(tables, table) {
			where := map[string]string{"unit": `id IN (SELECT unit_id FROM entry WHERE tenant_id = $1)`, "app_user": `home_tenant = $1`}[table]
			if where == "" {
				where = `tenant_id = $1`
			}
			if all := k.Strings(t, `SELECT id FROM `+table+` WHERE `+where+` ORDER BY id LIMIT 10`, tenant); len(all) > 0 {
				id = all[n%len(all)]
			}
		}
		if kind == "" {
			return id
		}
		known[kind] = graphtest.ID(kind, uuid.MustParse(id))
		return known[kind]
	}
}

// compare asks every query of the contract of both, and tells how many answers
// had something in them.
func compare(t *testing.T, k *graphtest.Kit, w *twin, tenant uuid.UUID, people []string, objects int, skip map[string]string) (full int) {
	t.Helper()
	old := home(k)
	for n := range objects {
		ids := nth(t, k, tenant, n)
		for _, who := range people {
			for _, root := range graphtest.Roots() {
				if root.Mutation || skip[root.Name] != "" {
					continue
				}
				query := root.Call(2, ids)
				here := plainly(old.ask(t, k.Token(who), query))
				if strings.Contains(here, "QUERY_TOO_") {
					query = root.Call(1, ids)
					here = plainly(old.ask(t, k.Token(who), query))
				}
				there := plainly(w.ask(t, k.Token(who), query))
				if here != there {
					t.Errorf("%s by %s:\n%s", root.Name, who, apart(here, there))
				}
				if !strings.Contains(here, `"errors"`) && !strings.Contains(here, `"`+root.Name+`":null`) {
					full++
				}
			}
		}
	}
	return full
}

// apart shows where two answers part.
func apart(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-200):min(len(s), i+200)] }
	return cut(a) + "\n" + cut(b)
}

// photo is a small picture.
func photo(t *testing.T) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for x := range 40 {
		picture.Set(x, x%30, color.RGBA{R: uint8(6 * x), A: 255})
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// papers compares documents, bundles and stored files of both.
func papers(t *testing.T, k *graphtest.Kit, w *twin, tenant uuid.UUID, who, file string) {
	t.Helper()
	var addresses []string
	for _, id := range k.Strings(t, `SELECT id FROM publication WHERE tenant_id = $1 ORDER BY id LIMIT 3`, tenant) {
		for _, kind := range []string{"bulletin", "grades", "registration", "evaluation"} {
			for _, format := range []string{"html", "docx", "xlsx", "csv", "zip"} {
				addresses = append(addresses, "/documents/"+kind+"/"+id+"?format="+format)
			}
		}
	}
	for _, id := range k.Strings(t, `SELECT id FROM round WHERE tenant_id = $1 ORDER BY id LIMIT 2`, tenant) {
		for _, kind := range []string{"notice", "items", "contacts"} {
			addresses = append(addresses, "/documents/"+kind+"/"+id, "/documents/"+kind+"/"+id+"?format=docx")
		}
	}
	for _, id := range k.Strings(t, `SELECT id FROM competition WHERE tenant_id = $1 ORDER BY id LIMIT 1`, tenant) {
		addresses = append(addresses, "/documents/leading-group/"+id, "/archives/"+id+"/"+graphtest.VillageCode(1))
	}
	addresses = append(addresses, "/evidence/"+file, "/evidence/"+file+"/small")
	old, drawn := home(k), 0
	for _, address := range addresses {
		here, there := old.send(t, http.MethodGet, address, k.Token(who), nil), w.send(t, http.MethodGet, address, k.Token(who), nil)
		if here.Code != there.Code || plainly(here.Body.String()) != plainly(there.Body.String()) {
			t.Errorf("%s: %d and %d\n%s", address, here.Code, there.Code, apart(here.Body.String(), there.Body.String()))
		}
		if here.Code == http.StatusOK {
			drawn++
		}
	}
	if drawn < 15 {
		t.Errorf("only %d of %d papers were drawn", drawn, len(addresses))
	}
}

// What concerns whole tenants shares one county that has played its months; the
// end of the township comes last.
func TestWholeTenants(t *testing.T) { //nolint:tparallel // the checks share rows
	t.Parallel()
	k := graphtest.Played(t)
	for _, check := range []struct {
		name string
		do   func(*testing.T, *graphtest.Kit)
	}{
		{"an archive answers every read", archiveAnswersEveryRead},
		{"a person is erased", personIsErased},
		{"a tenant takes its own archive", tenantTakesItsOwn},
		{"a tenant leaves", tenantLeaves},
	} {
		t.Run(check.name, func(t *testing.T) { check.do(t, k) })
	}
}

// A county and its townships, exported one by one and taken into an empty
// database, answer every read as before, byte for byte: signed links, cursors
// and request ids aside. What was published verifies there.
func archiveAnswersEveryRead(t *testing.T, k *graphtest.Kit) {
	t.Helper()
	file := k.Taken(t, sample.Clerk, "现场.jpg", photo(t))
	w := newTwin(t, k)
	for _, id := range k.Strings(t, `SELECT id FROM tenant ORDER BY kind, id`) {
		if err := w.take(t, exported(t, k.DB, k.App.Files, k.App.Signer, uuid.MustParse(id)), k.App.Signer, archive.Taking{}); err != nil {
			t.Fatal(err)
		}
	}
	tenant := k.TenantOf(t, sample.TownshipCode)
	full := compare(t, k, w, tenant, []string{"A1", "C1"}, 2, nil) + compare(t, k, w, tenant, []string{"S1", "J1", "XA1", "CA1", "CN1", "dashboard"}, 1, nil)
	if full < 200 {
		t.Errorf("only %d answers had something in them", full)
	}
	papers(t, k, w, tenant, "A1", file)
	verifies(t, k, w)
	aloneAnswersEveryRead(t, k, tenant, file)
	if err := postgres.VerifyAudit(t.Context(), w.db.MaintDSN, nil, func(c postgres.AuditChecked) error {
		if c.Broken != nil || c.Head.Seq == 0 {
			t.Errorf("the audit of %s: %+v", c.Name, c)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// besides are fields that tell of other tenants of the deployment, which an
// archive of one tenant does not hold.
var besides = map[string]string{
	"setup":     "offers an adoption with a tenant above, if there is one",
	"adoptions": "the county's own consent is the county's row",
}

// aloneAnswersEveryRead: a township that has left its county, taken alone into a
// database without anything, answers every read as before, too.
func aloneAnswersEveryRead(t *testing.T, k *graphtest.Kit, tenant uuid.UUID, file string) {
	t.Helper()
	k.Must(t, "A1", `mutation { adoptionEnd(input: {otherUnitCode: "`+sample.TownshipCode[:6]+`"}) { userErrors { code } } }`, nil)
	w := newTwin(t, k)
	if err := w.take(t, exported(t, k.DB, k.App.Files, k.App.Signer, tenant), k.App.Signer, archive.Taking{}); err != nil {
		t.Fatal(err)
	}
	if full := compare(t, k, w, tenant, []string{"A1", "C1", "S1", "J1"}, 1, besides); full < 100 {
		t.Errorf("only %d answers had something in them", full)
	}
	papers(t, k, w, tenant, "A1", file)
}

// verifies recomputes every public bundle of the twin.
func verifies(t *testing.T, k *graphtest.Kit, w *twin) {
	t.Helper()
	rows, err := w.db.Maint(t).QueryContext(t.Context(), `SELECT public_bundle FROM publication`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for rows.Next() {
		var bundle string
		if err := rows.Scan(&bundle); err != nil {
			t.Fatal(err)
		}
		if report, err := contest.Verify([]byte(bundle), contest.Trust{Fingerprints: []string{contest.Fingerprint(k.App.Signer.PublicKey())}}); err != nil || !report.Pinned {
			t.Errorf("a bundle: %v", err)
		}
		n++
	}
	if err := rows.Err(); err != nil || n < 6 {
		t.Errorf("%d bundles, %v", n, err)
	}
}
