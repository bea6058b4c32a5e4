package supply

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/CycloneDX/cyclonedx-go"
)

const isc = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`

func TestLicencesAreRecognised(t *testing.T) {
	t.Parallel()
	if got := Recognise([]byte("ISC License\n\nCopyright (c) 2020 Somebody\n\n" + isc)); len(got) != 1 || got[0] != "ISC" {
		t.Errorf("ISC: %v", got)
	}
	if got := Recognise([]byte("All rights reserved. Ask us first.")); got != nil {
		t.Errorf("a text of one's own: %v", got)
	}
}

func TestOtherLicencesAreRefused(t *testing.T) {
	t.Parallel()
	good := Component{Kind: "golang", Name: "example.org/a", Version: "v1.0.0", Licences: []string{"MIT"}}
	if err := Check([]Component{good}); err != nil {
		t.Error(err)
	}
	for want, licences := range map[string][]string{"no licence": nil, "AGPL-3.0": {"AGPL-3.0"}, "GPL-2.0": {"MIT", "GPL-2.0"}} {
		bad := good
		bad.Licences = licences
		if err := Check([]Component{good, bad}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", licences, err)
		}
	}
}

func TestPackagesOfTheBuildAreLeftOut(t *testing.T) {
	t.Parallel()
	lock := filepath.Join(t.TempDir(), "package-lock.json")
	text := `{"packages":{"":{"version":"1"},"node_modules/@a/b":{"version":"1.2.3","license":"MIT","integrity":"sha512-AAAA"},
		"node_modules/tool":{"version":"9","license":"MIT","dev":true},"node_modules/x/node_modules/y":{"version":"2"}}}`
	if err := os.WriteFile(lock, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := packages(lock)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v %v", all, err)
	}
	if err := Check(all); err == nil || !strings.Contains(err.Error(), "y 2") {
		t.Errorf("a package without a licence: %v", err)
	}
}

func TestTheBillIsReadBackAndRepeatable(t *testing.T) {
	t.Parallel()
	all := []Component{
		{Kind: "golang", Name: "example.org/a", Version: "v1.0.0", Hash: "h1:x=", Licences: []string{"MIT"}},
		{Kind: "npm", Name: "@a/b", Version: "1.2.3", Hash: "sha512-AAAA", Licences: []string{"ISC"}},
	}
	var first, second, table bytes.Buffer
	if err := Bill(&first, "0.3.0", all); err != nil {
		t.Fatal(err)
	}
	if err := Bill(&second, "0.3.0", all); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Errorf("the same components give other bytes: %v", err)
	}
	var bom cyclonedx.BOM
	if err := json.Unmarshal(first.Bytes(), &bom); err != nil || len(*bom.Components) != 2 || bom.Metadata.Component.Version != "0.3.0" {
		t.Fatalf("%v: %s", err, first.Bytes())
	}
	b := (*bom.Components)[1]
	if b.PackageURL != "pkg:npm/%40a/b@1.2.3" || (*b.Hashes)[0].Value != "000000" || (*b.Licenses)[0].License.ID != "ISC" {
		t.Errorf("%+v", b)
	}
	if err := Table(&table, all); err != nil || !strings.Contains(table.String(), "| @a/b | 1.2.3 | ISC |") {
		t.Errorf("%v: %s", err, table.String())
	}
}
