package postgres

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"leitai/internal/archive"
	"leitai/internal/contest"
	"leitai/internal/fault"
)

// replay is an archive of the own service whose rows were changed before it was
// signed: what an attacker with the operator's key, or a mistake in an export,
// would send. change is given the table and a row.
type replay struct {
	m      archive.Manifest
	rows   map[string][]string
	change func(table, line string) string
}

func (r *replay) ArchiveSubject(context.Context) (archive.Subject, error) { return r.m.Tenant, nil }

func (r *replay) ArchiveSchema(context.Context) (string, error) { return r.m.Schema, nil }

func (r *replay) ArchiveParts(context.Context, archive.Form) ([]archive.Part, []archive.Omission, error) {
	var parts []archive.Part
	for _, p := range r.m.Parts {
		if p.Kind != archive.KindFile {
			parts = append(parts, archive.Part{Kind: p.Kind, Table: p.Table, Columns: p.Columns})
		}
	}
	return parts, r.m.Left, nil
}

func (r *replay) ArchiveLines(_ context.Context, _ archive.Form, p archive.Part, each func(line []byte) error) error {
	for _, line := range r.rows[p.Path] {
		if line == "" {
			continue
		}
		if err := each([]byte(r.change(p.Table, line))); err != nil {
			return err
		}
	}
	return nil
}

func forge(t *testing.T, body []byte, change func(table, line string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var m archive.Manifest
	rows := map[string][]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		held, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "manifest.json" {
			if err := json.Unmarshal(held, &m); err != nil {
				t.Fatal(err)
			}
			continue
		}
		rows[f.Name] = strings.Split(strings.TrimSuffix(string(held), "\n"), "\n")
	}
	var out bytes.Buffer
	w := archive.NewWriter(&out, m.Form)
	if err := w.Rows(t.Context(), &replay{m: m, rows: rows, change: change}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Close(archiver, time.Unix(0, 0)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// An archive that names another tenant's ids, in any column of any row, is
// refused with the row named, and changes nothing of the other tenant.
//
// covers T35
func TestAnArchiveThatNamesAnotherTenantIsRefused(t *testing.T) {
	t.Parallel()
	from, to := newWorld(t), newWorld(t)
	h := from.settle(t, "township", "990101201")
	from.fill(t, h)
	from.chained(t, h)
	body := from.export(t, h, cellar{})
	other := to.settle(t, "township", "990101202")
	to.fill(t, other)
	tables := to.filledTables(t, other)
	before := to.picture(t, tables, other)
	replace := func(in, old, fresh string) func(string, string) string {
		return func(table, line string) string {
			if table == in {
				return strings.ReplaceAll(line, old, fresh)
			}
			return line
		}
	}
	for name, c := range map[string]struct {
		change func(table, line string) string
		want   fault.Code
	}{
		"a row of the other":             {replace("mark", h.tenant.String(), other.tenant.String()), fault.ArchiveForeign},
		"another region":                 {replace("issue", `"region":"990101"`, `"region":"990102"`), fault.ArchiveForeign},
		"an id of a row of the other":    {replace("mark", h.id("mark").String(), other.id("mark").String()), fault.ArchiveRow},
		"a round of the other":           {replace("entry", h.id("round").String(), other.id("round").String()), fault.ArchiveRow},
		"the other's id where none is":   {replace("template_version", h.user.String(), other.tenant.String()), fault.ArchiveForeign},
		"an account at home elsewhere":   {replace("app_user", h.tenant.String(), other.tenant.String()), fault.ArchiveForeign},
		"an account of the other":        {replace("app_user", h.user.String(), other.user.String()), fault.ArchiveUserTaken},
		"a login of the other":           {replace("app_user", "clerk-990101201", "clerk-990101202"), fault.ArchiveLoginTaken},
		"a changed audit":                {replace("audit_entry", "round:open", "round:close"), fault.ArchiveAudit},
		"a column of its own":            {replace("mark", `"channel"`, `"canal"`), fault.ArchiveBroken},
		"what cannot be kept at all":     {replace("mark", `"on-site"`, `null`), fault.ArchiveRow},
		"a unit known here, as another":  {replace("unit", `"code":"990101201"`, `"code":"990101202"`), fault.ArchiveRow},
		"a unit of the other as its own": {replace("tenant", h.unit.String(), other.unit.String()), fault.ArchiveRow},
	} {
		taken := cellar{}
		err := to.take(t, forge(t, body, c.change), taken, archive.Taking{VoidOpen: true})
		if fault.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if n := to.count(t, `SELECT count(*) FROM tenant`); n != 1 || len(taken) > 0 {
			t.Errorf("%s: %d tenants, files %v", name, n, taken)
		}
		after := to.picture(t, tables, other)
		for _, table := range tables {
			if before[table] != after[table] {
				t.Errorf("%s: %s of the other tenant changed", name, table)
			}
		}
	}
	if err := to.take(t, forge(t, body, func(_, line string) string { return line }), cellar{}, archive.Taking{VoidOpen: true}); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

// Beside another tenant that knows the units by other ids, rows get those ids;
// the audit keeps its own, and is a chain as before.
func TestUnitsAreTheOnesThatAreThere(t *testing.T) {
	t.Parallel()
	from, to := newWorld(t), newWorld(t)
	h := from.settle(t, "township", "990101201")
	from.fill(t, h)
	from.chained(t, h)
	from.entered(t, h)
	township, village := uuid.New(), uuid.New()
	to.put(t, `INSERT INTO unit (id, code, level, legal_name, shown_name, region) VALUES ($1, '990101201', 'township', '甲乡', '甲乡', '990101')`, township)
	to.put(t, `INSERT INTO unit (id, code, level, legal_name, shown_name, parent_id, region) VALUES ($1, '990101201201', 'village', '甲村', '甲村', $2, '990101')`, village, township)
	if code := from.count(t, `SELECT count(*) FROM unit WHERE id = $1 AND code = '990101201201'`, h.village); code != 1 {
		from.put(t, `UPDATE unit SET code = '990101201201' WHERE id = $1`, h.village)
	}
	if err := to.take(t, from.export(t, h, cellar{}), cellar{}, archive.Taking{VoidOpen: true}); err != nil {
		t.Fatal(err)
	}
	if to.count(t, `SELECT count(*) FROM unit`) != 2 || to.count(t, `SELECT count(*) FROM tenant WHERE unit_id = $1`, township) != 1 ||
		to.count(t, `SELECT count(*) FROM mark WHERE unit_id = $1 AND subject_id = $1`, village) != 1 ||
		to.count(t, `SELECT count(*) FROM panel WHERE units = ARRAY[$1::uuid]`, village) != 1 {
		t.Error("rows name units that are not here")
	}
	if to.count(t, `SELECT count(*) FROM unit WHERE legal_name = '甲乡'`) != 1 {
		t.Error("a unit of this database was changed")
	}
	for want, change := range []string{``, `UPDATE mark SET value = 94 WHERE id = $1`} {
		if change != "" {
			to.put(t, change, h.id("mark"))
		}
		found, err := to.checked(t, nil)
		if c := found[h.tenant]; err != nil || c.Broken != nil || c.Head.Seq != 5 || c.Proved.Batches != 1 || c.Proved.Count != want {
			t.Errorf("the audit, by ids of before, and marks by those of here: %+v, %v", c, err)
		}
	}
}

// What was packed or altered to harm is refused before anything of it is used,
// and so is what somebody else signed.
//
// covers T20, T21
func TestAnArchiveThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	h := w.settle(t, "township", "990101201")
	body := w.export(t, h, cellar{fileKey(h.tenant): []byte("picture")})
	open := func(body []byte, trust []string, limits archive.Limits) fault.Code {
		_, err := archive.Open(t.Context(), bytes.NewReader(body), int64(len(body)), trust, limits)
		return fault.CodeOf(err)
	}
	for name, c := range map[string]struct {
		body   []byte
		limits archive.Limits
		want   fault.Code
	}{
		"whole":                  {body, archive.Limits{}, ""},
		"too many entries":       {body, archive.Limits{Entries: 5}, fault.ArchiveUnsafe},
		"too large when opened":  {body, archive.Limits{Unpacked: 100}, fault.ArchiveUnsafe},
		"one part too large":     {body, archive.Limits{Part: 100}, fault.ArchiveUnsafe},
		"cut off":                {body[:len(body)/2], archive.Limits{}, fault.ArchiveBroken},
		"no archive":             {[]byte("hello"), archive.Limits{}, fault.ArchiveBroken},
		"climbs out":             {repacked(t, body, "../../etc/passwd", "x"), archive.Limits{}, fault.ArchiveUnsafe},
		"absolute":               {repacked(t, body, "/etc/passwd", "x"), archive.Limits{}, fault.ArchiveUnsafe},
		"backwards":              {repacked(t, body, `..\..\x`, "x"), archive.Limits{}, fault.ArchiveUnsafe},
		"a file of another":      {repacked(t, body, "files/"+fileKey(uuid.New()), "x"), archive.Limits{}, fault.ArchiveBroken},
		"a table beside":         {repacked(t, body, "rows/beside.jsonl", "{}\n"), archive.Limits{}, fault.ArchiveBroken},
		"an entry twice":         {repacked(t, body, "rows/tenant.jsonl", "{}\n"), archive.Limits{}, fault.ArchiveUnsafe},
		"packed to burst":        {repacked(t, body, "rows/bomb.jsonl", strings.Repeat("0", 64<<20)), archive.Limits{}, fault.ArchiveUnsafe},
		"another file's content": {altered(t, body, "rows/tenant.jsonl"), archive.Limits{}, fault.ArchiveBroken},
		"another manifest":       {altered(t, body, "manifest.json"), archive.Limits{}, fault.ArchiveBroken},
	} {
		if code := open(c.body, trusted(), c.limits); code != c.want {
			t.Errorf("%s: %q, want %q", name, code, c.want)
		}
	}
	if code := open(body, []string{contest.Fingerprint(make([]byte, 32))}, archive.Limits{}); code != fault.ArchiveUntrusted {
		t.Errorf("another's signature: %q", code)
	}
}

// repacked adds an entry, altered changes a byte of one.
func repacked(t *testing.T, body []byte, name, content string) []byte {
	t.Helper()
	return pack(t, body, func(w *zip.Writer, f *zip.File, held []byte) { plain(t, w, f.Name, held) }, name, content)
}

func altered(t *testing.T, body []byte, name string) []byte {
	t.Helper()
	return pack(t, body, func(w *zip.Writer, f *zip.File, held []byte) {
		if f.Name == name {
			held = bytes.Replace(held, []byte("990101"), []byte("990102"), 1)
		}
		plain(t, w, f.Name, held)
	}, "", "")
}

func pack(t *testing.T, body []byte, each func(w *zip.Writer, f *zip.File, held []byte), name, content string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		held, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		each(w, f, held)
	}
	if name != "" {
		plain(t, w, name, []byte(content))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func plain(t *testing.T, w *zip.Writer, name string, held []byte) {
	t.Helper()
	into, err := w.Create(name)
	if err == nil {
		_, err = into.Write(held)
	}
	if err != nil {
		t.Fatal(err)
	}
}
