package contest_test

import (
	"bytes"
	"os"
	"testing"

	"leitai/internal/contest"
)

// What version 1 of the rules published verifies for ever, to the byte: these
// files were made by the release that knew no other version.
func TestBundlesOfRulesOneVerifyForEver(t *testing.T) {
	t.Parallel()
	const signer = "fd31407f1201527ca536bbad5bc31041d75161f984997000836869e3d4ae7004"
	hashes := map[contest.Form]string{
		contest.Sealed: "ab957ae5c2469316f3e96325668ecd3b2fda9effc761856781314107288ba990",
		contest.Public: "0ed666652f87c07310c133ec32d3d8e380e707aa699e81816101d7c957be6ef0",
	}
	for form, hash := range hashes {
		file, err := os.ReadFile("testdata/rules-1." + string(form) + ".json")
		if err != nil {
			t.Fatal(err)
		}
		report, err := contest.Verify(file, contest.Trust{Fingerprints: []string{signer}})
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		if report.Hash != hash || report.Rules != 1 || !report.Pinned {
			t.Errorf("%s: hash %s, rules %d, pinned %v", form, report.Hash, report.Rules, report.Pinned)
		}
		sameUnderNewRules(t, report)
	}
}

// sameUnderNewRules: what version 1 knew comes out alike under version 2, but
// for the number of the version.
func sameUnderNewRules(t *testing.T, report *contest.Report) {
	t.Helper()
	in := report.Input
	in.Rules = contest.RulesVersion
	again := compute(t, in)
	again.Rules = 1
	if got, want := canonical(t, *again), canonical(t, report.Result); !bytes.Equal(got, want) {
		t.Errorf("version %d gives\n%s\nversion 1 gave\n%s", contest.RulesVersion, got, want)
	}
}

func canonical(t *testing.T, v any) []byte {
	t.Helper()
	data, err := contest.Canonical(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
