package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"mime"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"leitai/internal/fault"
)

// Step is a part with what the database knows of its table.
type Step struct {
	Part  Part
	Types map[string]string // of the columns
	Whole bool              // its rows refer to each other and go in together
}

// Target is one transaction of the database that takes an archive in.
type Target interface {
	// AdmitArchive refuses a tenant that is there, that was, or whose unit is
	// another's, and a schema newer than the database's. unit is the tenant's
	// unit as this database knows it.
	AdmitArchive(ctx context.Context, m *Manifest) error
	// ArchiveSteps orders parts so that what is referred to comes first.
	ArchiveSteps(ctx context.Context, parts []Part) ([]Step, error)
	// TakeUnits finds or makes the units, and maps those that have another id
	// here.
	TakeUnits(ctx context.Context, lines [][]byte) (map[string]string, error)
	// AdmitUsers refuses accounts whose id or login is somebody's, row by row.
	AdmitUsers(ctx context.Context, users []User) error
	TakeRows(ctx context.Context, step Step, lines [][]byte) error
	// SettleArchive does what is left when all rows are in: it refuses rows that
	// name another tenant and an audit that is no chain, ends evaluations that
	// were open where voidOpen says so, and lets every replica read the rights anew.
	SettleArchive(ctx context.Context, m *Manifest, voidOpen bool) error
	// NoteArchive notes the import; in the audit of the tenant, too, where units
	// have other ids here, by which its marks are held against earlier entries.
	NoteArchive(ctx context.Context, m *Manifest, units map[string]string, by string) error
	// FirstPassword lets an account of the archive sign in; NOT_FOUND.
	FirstPassword(ctx context.Context, login, hash string) error
}

// User is an account of an archive.
type User struct {
	Row   int
	ID    uuid.UUID
	Login string
}

// Taking is how an archive is taken in.
type Taking struct {
	VoidOpen bool   // evaluations that were open begin anew, without codes and ballots
	By       string // who works at the console
	Login    string // of an account that is given a password, for an archive without any
	Hash     string // of that password
}

// Take puts an archive into a database, in the one transaction of the target;
// after an error nothing of it is there. Files that were written before the
// error are removed.
func Take(ctx context.Context, a *Archive, into Target, files Files, how Taking) (err error) {
	t := &taker{a: a, into: into, home: a.Manifest.Tenant.ID.String(), region: a.Manifest.Tenant.Region}
	if err := into.AdmitArchive(ctx, a.Manifest); err != nil {
		return err
	}
	if err := t.takeUnits(ctx); err != nil {
		return err
	}
	if err := t.readUsers(ctx); err != nil {
		return err
	}
	steps, err := into.ArchiveSteps(ctx, slices.DeleteFunc(slices.Clone(a.Manifest.Parts), func(p Part) bool { return p.Kind == KindFile || p.Kind == KindUnits }))
	if err != nil {
		return err
	}
	for _, s := range steps {
		if err := t.takeStep(ctx, s); err != nil {
			return err
		}
	}
	if err := into.SettleArchive(ctx, a.Manifest, how.VoidOpen); err != nil {
		return err
	}
	if how.Login != "" {
		if err := into.FirstPassword(ctx, how.Login, how.Hash); err != nil {
			return err
		}
	}
	if err := into.NoteArchive(ctx, a.Manifest, t.units, how.By); err != nil {
		return err
	}
	return t.takeFiles(ctx, files)
}

type taker struct {
	a            *Archive
	into         Target
	home, region string
	users        map[string]bool
	units        map[string]string
}

func (t *taker) lines(kind, table string) ([][]byte, error) {
	p, held := t.a.Manifest.part(kind, table)
	if !held {
		return nil, nil
	}
	var all [][]byte
	err := t.a.Lines(p, func(_ int, line []byte) error {
		all = append(all, bytes.Clone(line))
		return nil
	})
	return all, err
}

func (t *taker) takeUnits(ctx context.Context) error {
	for _, p := range t.a.Manifest.Parts {
		if p.Kind == KindUnits && p.Table != "unit" && p.Table != "unit_successor" {
			return fault.New(fault.ArchiveTable, "value", p.Table)
		}
	}
	lines, err := t.lines(KindUnits, "unit")
	if err != nil {
		return err
	}
	if t.units, err = t.into.TakeUnits(ctx, lines); err != nil {
		return err
	}
	successors, held := t.a.Manifest.part(KindUnits, "unit_successor")
	if !held {
		return nil
	}
	lines, err = t.lines(KindUnits, "unit_successor")
	if err != nil {
		return err
	}
	for i, line := range lines {
		lines[i] = t.renamed(line)
	}
	return t.into.TakeRows(ctx, Step{Part: successors, Whole: true}, lines)
}

// readUsers reads who is at home in the tenant.
func (t *taker) readUsers(ctx context.Context) error {
	lines, err := t.lines(KindUsers, "app_user")
	if err != nil {
		return err
	}
	t.users = map[string]bool{}
	users := make([]User, 0, len(lines))
	for i, line := range lines {
		var u struct {
			ID    uuid.UUID `json:"id"`
			Login string    `json:"login"`
			Home  string    `json:"home_tenant"`
		}
		if err := json.Unmarshal(line, &u); err != nil || u.ID == uuid.Nil || u.Login == "" {
			return broken(pathOf(KindUsers, "app_user"))
		}
		if u.Home != "" && u.Home != t.home {
			return fault.New(fault.ArchiveForeign, "table", "app_user").In(i+1, "home_tenant")
		}
		t.users[u.ID.String()] = true
		users = append(users, User{Row: i + 1, ID: u.ID, Login: u.Login})
	}
	return t.into.AdmitUsers(ctx, users)
}

// batch is how many bytes of rows are sent at once.
const batch = 4 << 20

func (t *taker) takeStep(ctx context.Context, s Step) error {
	var waiting [][]byte
	size := 0
	flush := func() error {
		if len(waiting) == 0 {
			return nil
		}
		err := t.into.TakeRows(ctx, s, waiting)
		waiting, size = nil, 0
		return err
	}
	err := t.a.Lines(s.Part, func(n int, line []byte) error {
		checked, err := t.admit(s, n, line)
		if err != nil {
			return err
		}
		waiting = append(waiting, checked)
		if size += len(checked); size < batch || s.Whole {
			return nil
		}
		return flush()
	})
	if err != nil {
		return err
	}
	return flush()
}

// admit checks one row: the columns its part names, the tenant and region of
// the archive and no other, or a user of the archive; and gives it with the ids
// units have here.
func (t *taker) admit(s Step, n int, line []byte) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(line, &fields); err != nil || !slices.Equal(slices.Sorted(maps.Keys(fields)), s.Part.Columns) {
		return nil, broken(s.Part.Path).In(n, "")
	}
	foreign := fault.New(fault.ArchiveForeign, "table", s.Part.Table)
	switch {
	case s.Part.Kind == KindRows:
		if text(fields["tenant_id"]) != t.home {
			return nil, foreign.In(n, "tenant_id")
		}
		if text(fields["region"]) != t.region {
			return nil, foreign.In(n, "region")
		}
	case s.Part.Table == "app_user":
	case !t.users[text(fields["user_id"])]:
		return nil, foreign.In(n, "user_id")
	}
	if len(t.units) == 0 || s.Part.Table == "audit_entry" { // the audit's hashes hold over the ids of before
		return bytes.Clone(line), nil
	}
	for name, value := range fields {
		switch s.Types[name] {
		case "uuid", "uuid[]", "json", "jsonb":
			fields[name] = t.renamed(value)
		}
	}
	return json.Marshal(fields)
}

func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

var ids = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// renamed gives units the ids they have here.
func (t *taker) renamed(value []byte) []byte {
	if len(t.units) == 0 {
		return value
	}
	return ids.ReplaceAllFunc(bytes.Clone(value), func(id []byte) []byte {
		if here := t.units[string(id)]; here != "" {
			return []byte(here)
		}
		return id
	})
}

func (t *taker) takeFiles(ctx context.Context, files Files) (err error) {
	var written []string
	defer func() {
		if err == nil {
			return
		}
		for _, key := range written {
			_ = files.Delete(context.WithoutCancel(ctx), key) // the first error is the one to tell; what stays is swept as unknown
		}
	}()
	for _, p := range t.a.Manifest.Parts {
		if p.Kind != KindFile {
			continue
		}
		key, body, err := t.a.File(p)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(key, t.home+"/") {
			return unsafe(shortName(key))
		}
		written = append(written, key)
		if err := files.Put(ctx, key, mime.TypeByExtension(path.Ext(key)), body); err != nil {
			return err
		}
	}
	return nil
}
