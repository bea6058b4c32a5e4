package postgres

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"

	"leitai/internal/calendar"
	"leitai/internal/dbtest"
	"leitai/internal/fault"
)

// An invented province, so that no real place is meant.
const (
	province = "code,name,parent\n98,东岭省,\n9801,青石市,98\n980101,云溪县,9801\n980102,白沙县,9801\n980101001,河口镇,980101\n"
	hekou    = "980101001201,沈庄村村民委员会,980101001\n980101001202,石桥村民委员会,980101001\n"
	baisha   = "980102001,柳林乡,980102\n"
)

func importInto(t *testing.T, base *dbtest.DB, table string, how Import) (ImportReport, error) {
	t.Helper()
	return ImportDivisions(t.Context(), base.MaintDSN, strings.NewReader(table), how)
}

func mustImport(t *testing.T, base *dbtest.DB, table string, how Import, want ImportReport) {
	t.Helper()
	have, err := importInto(t, base, table, how)
	if err != nil {
		t.Fatal(err)
	}
	if have != want {
		t.Errorf("report %+v, want %+v", have, want)
	}
}

// fingerprint is every unit with all its columns, and the epochs.
func fingerprint(t *testing.T, w *world) string {
	t.Helper()
	var sum string
	if err := w.maint.QueryRowContext(t.Context(), `SELECT md5(coalesce(string_agg(u::text, '|' ORDER BY u.id), '')) || (SELECT e::text FROM authz_epoch e) FROM unit u`).Scan(&sum); err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestDivisionsAreImportedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mustImport(t, w.DB, province+hekou+baisha, Import{}, ImportReport{Rows: 8, Added: 8})
	var shown, legal, region, parent string
	err := w.maint.QueryRowContext(t.Context(), `SELECT u.shown_name, u.legal_name, u.region, p.code FROM unit u JOIN unit p ON p.id = u.parent_id WHERE u.code = '980101001202'`).
		Scan(&shown, &legal, &region, &parent)
	if err != nil || shown != "石桥村" || legal != "石桥村民委员会" || region != "980101" || parent != "980101001" {
		t.Errorf("%s %s %s %s, %v", shown, legal, region, parent, err)
	}
	if n := w.count(t, `SELECT count(*) FROM unit WHERE (code, level, region) IN (('98','province',''),('9801','prefecture','9801'),('980101','county','980101'))`); n != 3 {
		t.Errorf("%d of the upper levels are right", n)
	}
	before := fingerprint(t, w)
	mustImport(t, w.DB, province+hekou+baisha, Import{}, ImportReport{Rows: 8})
	if fingerprint(t, w) != before {
		t.Error("a second run changed something")
	}
}

func TestGzipAndAnyOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lines := strings.Split(strings.TrimSpace(province+hekou), "\n")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = fmt.Fprintln(z, lines[0])
	for i := len(lines) - 1; i > 0; i-- {
		_, _ = fmt.Fprintln(z, lines[i])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	have, err := ImportDivisions(t.Context(), w.MaintDSN, &packed, Import{})
	if err != nil || have.Added != 7 {
		t.Errorf("%+v, %v", have, err)
	}
}

func TestASubsetBringsItsAncestors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mustImport(t, w.DB, province+hekou+baisha, Import{Subset: "980101"}, ImportReport{Rows: 6, Added: 6})
	if n := w.count(t, `SELECT count(*) FROM unit WHERE code LIKE '980102%'`); n != 0 {
		t.Errorf("%d units of the neighbour county", n)
	}
	if _, err := importInto(t, w.DB, province, Import{Subset: "980199"}); fault.CodeOf(err) != fault.ImportSubsetUnknown {
		t.Errorf("an unknown subset: %v", err)
	}
	// The rest comes later, below what is there.
	mustImport(t, w.DB, "code,name,parent\n980102,白沙县,9801\n980102001,柳林乡,980102\n", Import{}, ImportReport{Rows: 2, Added: 2})
}

func TestNewNamesAndParents(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mustImport(t, w.DB, province+hekou, Import{}, ImportReport{Rows: 7, Added: 7})
	w.put(t, `UPDATE unit SET shown_name = '石桥' WHERE code = '980101001202'`)
	before := fingerprint(t, w)
	mustImport(t, w.DB, province+hekou, Import{}, ImportReport{Rows: 7})
	if fingerprint(t, w) != before {
		t.Error("a shown name that people chose was undone")
	}
	renamed := strings.NewReplacer("石桥村民委员会", "石拱桥村民委员会", "980102,白沙县,9801", "980102,白沙县,98").Replace(province + hekou)
	mustImport(t, w.DB, renamed, Import{}, ImportReport{Rows: 7, Renamed: 1, Moved: 1})
	if n := w.count(t, `SELECT count(*) FROM unit u JOIN unit p ON p.id = u.parent_id WHERE (u.shown_name, p.code) IN (('石拱桥村','980101001'),('白沙县','98'))`); n != 2 {
		t.Errorf("%d of two changes arrived", n)
	}
}

func TestAnEditionEndsWhatVanished(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, second := calendar.MustDate("2023-01-01"), calendar.MustDate("2024-01-01")
	mustImport(t, w.DB, province+hekou+baisha, Import{Edition: first}, ImportReport{Rows: 8, Added: 8})
	// The county's own table names one village less and one more, and nothing of the neighbour.
	county := "code,name,parent\n980101,云溪县,9801\n980101001,河口镇,980101\n980101001201,沈庄村村民委员会,980101001\n980101001203,新桥村村民委员会,980101001\n"
	if _, err := importInto(t, w.DB, county, Import{Edition: calendar.MustDate("1949-10-01")}); fault.CodeOf(err) != fault.ImportEditionOld {
		t.Errorf("an edition older than what it ends: %v", err)
	}
	mustImport(t, w.DB, county, Import{Edition: second}, ImportReport{Rows: 4, Added: 1, Closed: 1})
	if n := w.count(t, `SELECT count(*) FROM unit WHERE (code, coalesce(valid_from, '1900-01-01'), coalesce(valid_to, '2999-01-01')) IN
		(('980101001202','1949-10-01','2024-01-01'), ('980101001203','2024-01-01','2999-01-01'), ('980102001','1949-10-01','2999-01-01'))`); n != 3 {
		t.Errorf("%d of three units are dated right", n)
	}
	// The code may be given again.
	mustImport(t, w.DB, county+"980101001202,石桥村民委员会,980101001\n", Import{Edition: calendar.MustDate("2025-01-01")}, ImportReport{Rows: 5, Added: 1})
	// Without an edition nothing ends.
	mustImport(t, w.DB, province, Import{}, ImportReport{Rows: 5})
}

func TestOneBadRowImportsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := fingerprint(t, w)
	_, err := importInto(t, w.DB, province+hekou+"980101001203,,980101001\n980101009201,孤村,980101009\n", Import{})
	if list := fault.All(err); len(list) != 2 || list[0].Place.Row != 9 || list[1].Place.Row != 10 {
		t.Errorf("faults: %v", err)
	}
	if fingerprint(t, w) != before {
		t.Error("something was imported")
	}
	if _, err := ImportDivisions(t.Context(), w.AppDSN, strings.NewReader(province), Import{}); sqlstate(err) != "42501" {
		t.Errorf("the application's role imported divisions: %v", err)
	}
}
